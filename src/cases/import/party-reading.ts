import { type Certificate, readCertificate } from '#cases/case/certificate.ts'
import { isBlank, trimmed } from '#cases/case/plain-text.ts'
import type { Cell } from './sheet-rows.ts'

export interface ImportedParty {
  name: string
  certificate: Certificate | null
}

/** One side of a case as its two cells tell it. */
export interface ImportedSide {
  parties: ImportedParty[]
  /** Numbers that cannot be given to a party, because there are more or fewer of them than parties. */
  looseCertificates: Certificate[]
  certificateWrong: boolean
  countDiffers: boolean
  /** A number lost its last digits because it was typed as a number. */
  damaged: boolean
}

/**
 * Reads the parties of one side and their numbers, given in the same order. Where the counts differ, no number is
 * given to anybody: a number with the wrong person is worse than none.
 */
export function readSide(names: string, certificates: Cell | undefined): ImportedSide {
  const parties = splitNames(names)
  const { numbers, damaged } = readNumbers(certificates)
  const given = numbers.filter((number) => number !== null)
  const countDiffers = parties.length !== given.length
  const placed = numbers.length === parties.length ? numbers : given
  return {
    parties: parties.map((name, index) => ({ name, certificate: countDiffers ? null : (placed[index] ?? null) })),
    looseCertificates: countDiffers ? given : [],
    certificateWrong: given.some((certificate) => !certificate.valid),
    countDiffers,
    damaged,
  }
}

/**
 * Parties of one cell, separated by 、 ， ； ; a line break or a half-width comma. No separator: `·`; anything inside
 * brackets （曾用名：甲、乙）; a half-width comma between Latin words (Jilin Trading Co., Ltd.). Blank parties are dropped.
 */
export function splitNames(text: string): string[] {
  const names: string[] = []
  const bracketsHold = depths(text)
  let start = 0
  for (let at = 0; at < text.length; at += 1) {
    if ((bracketsHold[at] ?? 0) === 0 && isSeparator(text, at)) {
      names.push(text.slice(start, at))
      start = at + 1
    }
  }
  names.push(text.slice(start))
  return names.map(trimmed).filter((name) => name !== '')
}

function isSeparator(text: string, at: number): boolean {
  const sign = text.charAt(at)
  if ('、，;；\r\n'.includes(sign)) return true
  return (
    sign === ',' &&
    !(
      latinAt(text.slice(0, at).trimEnd().at(-1)) &&
      latinAt(
        text
          .slice(at + 1)
          .trimStart()
          .at(0),
      )
    )
  )
}

function latinAt(sign: string | undefined): boolean {
  return sign !== undefined && /[\p{Script=Latin}0-9.)]/u.test(sign)
}

const OPENING = '（(〔[【《'
const CLOSING = '）)〕]】》'

/** How deep in brackets each character stands; all 0 where the brackets do not pair. */
function depths(text: string): number[] {
  const result: number[] = []
  let depth = 0
  for (const sign of text.split('')) {
    if (CLOSING.includes(sign)) depth -= 1
    if (depth < 0) return []
    result.push(depth)
    if (OPENING.includes(sign)) depth += 1
  }
  return depth === 0 ? result : []
}

function readNumbers(cell: Cell | undefined): { numbers: (Certificate | null)[]; damaged: boolean } {
  if (cell === undefined || cell.type === 'error' || isBlank(cell.raw)) return { numbers: [], damaged: false }
  if (cell.type === 'number') {
    const { digits, damaged } = typedNumber(cell.raw)
    const certificate = readCertificate(digits)
    return { numbers: [damaged ? { ...certificate, valid: false } : certificate], damaged }
  }
  const numbers = cell.raw.split(/[、，,；;\r\n]/).map((part) => (isBlank(part) ? null : readCertificate(part)))
  return { numbers, damaged: false }
}

/** A double carries at most 17 digits, so an 18-digit number typed as a number ends in a 0 that may not be its own. */
function typedNumber(raw: string): { digits: string; damaged: boolean } {
  const value = Number(raw)
  const whole = Number.isFinite(value) ? BigInt(Math.trunc(value)).toString() : raw
  const digits = /^\d+$/.test(raw) ? raw : whole
  const exact = /^\d+$/.test(raw) && !(digits.length > 15 && digits.endsWith('0'))
  return { digits, damaged: digits.length > 15 && !exact }
}
