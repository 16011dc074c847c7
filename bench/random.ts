// Chance that repeats: the same seed and the same place give the same numbers, in whatever order places are asked for.

const MIX = 0x9e3779b9
const HEX = Array.from({ length: 65_536 }, (_, word) => word.toString(16).padStart(4, '0'))

const hex16 = (word: number) => HEX[word] as string

/** sfc32, keyed by a seed and a place (a court's number, a case's number …). */
export class Random {
  #a: number
  #b: number
  #c: number
  #counter = 1

  constructor(seed: number, ...place: readonly number[]) {
    let key = seed >>> 0
    for (const part of place) key = Math.imul(key ^ (key >>> 15) ^ part, 0x85ebca6b) + MIX
    this.#a = key ^ MIX
    this.#b = Math.imul(key, 0xc2b2ae35) ^ seed
    this.#c = key >>> 7
    for (let turn = 0; turn < 12; turn += 1) this.word()
  }

  /** An unsigned word of 32 bits. */
  word(): number {
    const sum = (((this.#a + this.#b) | 0) + this.#counter) | 0
    this.#counter = (this.#counter + 1) | 0
    this.#a = this.#b ^ (this.#b >>> 9)
    this.#b = (this.#c + (this.#c << 3)) | 0
    this.#c = (((this.#c << 21) | (this.#c >>> 11)) + sum) | 0
    return sum >>> 0
  }

  /** From 0 up to, not including, 1. */
  share(): number {
    return this.word() / 4_294_967_296
  }

  /** A whole number from `least` to `most`, both included. */
  whole(least: number, most: number): number {
    return least + Math.floor(this.share() * (most - least + 1))
  }

  chance(probability: number): boolean {
    return this.share() < probability
  }

  pick<T>(from: readonly T[]): T {
    return from[Math.floor(this.share() * from.length)] as T
  }

  /** One of the names, each as often as its weight says. */
  weighted<T extends string>(weights: Readonly<Record<T, number>>): T {
    const entries = Object.entries(weights) as [T, number][]
    let left = this.share() * entries.reduce((sum, [, weight]) => sum + weight, 0)
    for (const [name, weight] of entries) {
      left -= weight
      if (left < 0) return name
    }
    return (entries.at(-1) as [T, number])[0]
  }

  /** Has the form of a random UUID (version 4). */
  uuid(): string {
    const [a, b, c, d] = [this.word(), this.word(), this.word(), this.word()]
    const middle = `${hex16(b >>> 16)}-${hex16((b & 0xfff) | 0x4000)}-${hex16(((c >>> 16) & 0x3fff) | 0x8000)}`
    return `${hex16(a >>> 16)}${hex16(a & 0xffff)}-${middle}-${hex16(c & 0xffff)}${hex16(d >>> 16)}${hex16(d & 0xffff)}`
  }
}
