import { randomInt } from 'node:crypto'
import { hash, verify } from '@node-rs/argon2'

// Passwords are kept as argon2id (the library's default) with 19 MiB and two passes.

const COST = { memoryCost: 19_456, timeCost: 2, parallelism: 1 }
const SHORTEST = 12
export const PASSWORD_MAX = 256

/** The stored form of a password; takes some 19 MiB and a thread while it runs. */
export async function hashPassword(password: string): Promise<string> {
  return hash(password, COST)
}

/** The hash of a password that nobody has: an unknown account takes as long to refuse as a known one. */
let nobodys: Promise<string> | undefined

/** True where the password is the account's; null stands for an account that does not exist. */
export async function checkPassword(stored: string | null, password: string): Promise<boolean> {
  nobodys ??= hash(temporaryPassword(), COST)
  const holds = await verify(stored ?? (await nobodys), password)
  return holds && stored !== null
}

/** At least twelve characters, letters and digits, without the account's name. */
export function isStrongPassword(password: string, username: string): boolean {
  const text = password.toLowerCase()
  return [...password].length >= SHORTEST && /[a-z]/.test(text) && /\d/.test(text) && !text.includes(username)
}

// Without letters and digits that look alike on paper.
const LETTERS = 'abcdefghjkmnpqrstuvwxyz'
const DIGITS = '23456789'

/** A first password that can be read out: four groups of three letters and a digit, about 66 bits. */
export function temporaryPassword(): string {
  const pick = (from: string) => from.charAt(randomInt(from.length))
  const group = () => pick(LETTERS) + pick(LETTERS) + pick(LETTERS) + pick(DIGITS)
  return [group(), group(), group(), group()].join('-')
}
