// Failed sign-ins that no row of the database can hold: by network address, and by names that are no account.

interface Failures {
  count: number
  since: number
  lockedUntil: number
}

export interface FailureLimits {
  most: number
  windowMs: number
  lockMs: number
  /** How many keys are remembered; beyond that the oldest is forgotten. */
  keys: number
}

/** Counts failures by key and locks a key that has too many within a time; all in memory, forgotten at a restart. */
export class FailureMemory {
  readonly #limits: FailureLimits
  readonly #known = new Map<string, Failures>()

  constructor(limits: FailureLimits) {
    this.#limits = limits
  }

  fail(key: string, at: Date): void {
    const { most, windowMs, lockMs, keys } = this.#limits
    const now = at.getTime()
    const before = this.#known.get(key)
    const failures = before && now - before.since < windowMs ? before : { count: 0, since: now, lockedUntil: 0 }
    failures.count += 1
    if (failures.count >= most) Object.assign(failures, { count: 0, since: now, lockedUntil: now + lockMs })
    // Set anew, so that the map's order is the order of the last failure.
    this.#known.delete(key)
    this.#known.set(key, failures)
    const oldest = this.#known.keys().next()
    if (this.#known.size > keys && !oldest.done) this.#known.delete(oldest.value)
  }

  /** When the key's lock ends; null where it has none. */
  lockedUntil(key: string, at: Date): Date | null {
    const until = this.#known.get(key)?.lockedUntil ?? 0
    return until > at.getTime() ? new Date(until) : null
  }
}
