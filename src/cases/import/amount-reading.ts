import { halfWidth } from '#cases/case/plain-text.ts'
import type { Cell } from './sheet-rows.ts'

// Amounts of an export, kept as fen. Excel writes 46915.45 as 46915.449999999997: a number is read as the 15 digits
// Excel shows, then by its decimal digits, never multiplied as a double.

const FEN_MAX = 10n ** 18n
const TEXT_MAX = 100
const WRITTEN = /^(?:人民币|RMB|CNY)?[¥￥]?([+-]?)((?:\d+|\d{1,3}(?:,\d{3})+)(?:\.\d*)?|\.\d+)(?:元整?)?$/i

export interface Amount {
  /** Null where the cell is empty, negative or no number. */
  fen: bigint | null
  empty: boolean
  /** Digits below one fen were rounded half up. */
  rounded: boolean
}

/** Reads yuan (万元 where `tenThousands`): a number, 1,234.56, 1234.56, ¥1234.56, 1234.56元, digits of either width. */
export function readAmount(cell: Cell | undefined, tenThousands: boolean): Amount {
  const none = { fen: null, empty: false, rounded: false }
  if (cell === undefined) return { ...none, empty: true }
  if (cell.type === 'number') return amountOf(numberDigits(cell.raw), tenThousands) ?? none
  if (cell.type !== 'text') return none
  const plain = halfWidth(cell.raw)
  if (plain === '') return { ...none, empty: true }
  const match = plain.length > TEXT_MAX ? null : WRITTEN.exec(plain)
  if (match === null) return none
  return amountOf(`${match[1] ?? ''}${(match[2] ?? '').replaceAll(',', '')}`, tenThousands) ?? none
}

/**
 * The decimal digits of a number cell, without exponent: as they stand where they are exact, else what Excel would
 * show.
 */
export function numberDigits(raw: string): string {
  if (/^-?\d{1,21}(\.\d{1,2})?$/.test(raw)) return raw
  const text = String(Number(Number(raw).toPrecision(15)))
  const small = /^(-?)(\d)(?:\.(\d+))?e-(\d+)$/.exec(text)
  if (small === null) return text
  const [, sign = '', first = '', rest = '', zeros = '0'] = small
  return `${sign}0.${'0'.repeat(Number(zeros) - 1)}${first}${rest}`
}

function amountOf(digits: string, tenThousands: boolean): Amount | null {
  const match = /^([+-]?)(\d*)(?:\.(\d*))?$/.exec(digits)
  if (match === null) return null
  const [, sign, whole = '', fraction = ''] = match
  const places = tenThousands ? 6 : 2
  const kept = BigInt(`${whole}${fraction.slice(0, places).padEnd(places, '0')}`)
  const rest = fraction.slice(places)
  if (sign === '-' && (kept > 0n || /[1-9]/.test(rest))) return null
  const fen = /^[5-9]/.test(rest) ? kept + 1n : kept
  return fen >= FEN_MAX ? null : { fen, empty: false, rounded: /[1-9]/.test(rest) }
}
