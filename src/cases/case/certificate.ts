import { isRealDate } from '#kernel/time/time.ts'
import { halfWidth } from './plain-text.ts'

// Numbers of certificates: 居民身份证 by GB 11643-1999 (ISO 7064 MOD 11-2), 统一社会信用代码 by GB 32100-2015 (MOD 31).

export type CertificateType = '居民身份证' | '统一社会信用代码' | '其他证件'

export interface Certificate {
  type: CertificateType
  /** Without spaces, half width, capital letters. */
  number: string
  /** True where the check character agrees; never for a number that is not 18 characters long. */
  valid: boolean
}

const IDENTITY_WEIGHTS = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2]
const IDENTITY_CHECKS = '10X98765432'
const CREDIT_CHARACTERS = '0123456789ABCDEFGHJKLMNPQRTUWXY'
const CREDIT_WEIGHTS = [1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28]

/**
 * Reads one certificate number. 18 characters, the first 17 digits, characters 7–14 a real date: an identity
 * number, checked by GB 11643 only; any other 18 characters: a credit code, checked by GB 32100 only; not 18 long:
 * 其他证件, not valid.
 */
export function readCertificate(text: string): Certificate {
  const number = halfWidth(text).toUpperCase()
  if (number.length !== 18) return { type: '其他证件', number, valid: false }
  if (looksLikeIdentity(number)) return { type: '居民身份证', number, valid: identityHolds(number) }
  return { type: '统一社会信用代码', number, valid: creditCodeHolds(number) }
}

/** First 6 and last 4 characters, the rest as `*`; a number too short for that shows its first character only. */
export function maskCertificate(number: string): string {
  if (number.length < 12) return number.slice(0, 1) + '*'.repeat(Math.max(0, number.length - 1))
  return number.slice(0, 6) + '*'.repeat(number.length - 10) + number.slice(-4)
}

function looksLikeIdentity(number: string): boolean {
  const match = /^\d{6}(\d{4})(\d{2})(\d{2})\d{3}.$/u.exec(number)
  return match !== null && Number(match[1]) > 0 && isRealDate(Number(match[1]), Number(match[2]), Number(match[3]))
}

function identityHolds(number: string): boolean {
  const sum = IDENTITY_WEIGHTS.reduce((total, weight, index) => total + weight * Number(number[index]), 0)
  return number[17] === IDENTITY_CHECKS[sum % 11]
}

function creditCodeHolds(number: string): boolean {
  let sum = 0
  for (const [index, weight] of CREDIT_WEIGHTS.entries()) {
    const value = CREDIT_CHARACTERS.indexOf(number.charAt(index))
    if (value === -1) return false
    sum += value * weight
  }
  // The outer modulus matters: a sum divisible by 31 has the check character 0.
  return number[17] === CREDIT_CHARACTERS[(31 - (sum % 31)) % 31]
}
