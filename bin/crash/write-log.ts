// Every write ends in one of two ways for good: it was acknowledged, or it was refused and had no effect. What is
// neither, because a line broke off or a commit's answer was lost, is unknown until its key has been sent again.

export interface Write {
  /** Idempotency key, as it was sent each time. */
  key: string
  /** Stands in the content, so that the effect can be found again; null where the act has no words. */
  mark: string | null
  action: string
  /** The matter acted on; null where one is opened. */
  thingId: string | null
}

export type Outcome =
  | { result: 'acknowledged'; status: number; text: string }
  | { result: 'refused'; status: number; code: string }

export interface Logged extends Write {
  outcome: Outcome
  tries: number
  wasUnknown: boolean
}

export class WriteLog {
  readonly entries: Logged[] = []
  readonly violations: string[] = []

  add(entry: Logged): void {
    this.entries.push(entry)
  }

  /** Something that must never be. */
  violation(sentence: string): void {
    if (!this.violations.includes(sentence)) this.violations.push(sentence)
  }

  get acknowledged(): Logged[] {
    return this.entries.filter(({ outcome }) => outcome.result === 'acknowledged')
  }

  get refused(): Logged[] {
    return this.entries.filter(({ outcome }) => outcome.result === 'refused')
  }

  /** How often each code was the last word. */
  #refusals(): Record<string, number> {
    const times: Record<string, number> = {}
    for (const { outcome } of this.refused) {
      if (outcome.result === 'refused') times[outcome.code] = (times[outcome.code] ?? 0) + 1
    }
    return times
  }

  counts() {
    return {
      acknowledged: this.acknowledged.length,
      refused: this.refused.length,
      refusals: this.#refusals(),
      unknown: this.entries.filter(({ wasUnknown }) => wasUnknown).length,
      tries: this.entries.reduce((sum, { tries }) => sum + tries, 0),
    }
  }
}
