/**
 * Lets only so many pieces of work run at once and so many wait: checking a password takes memory, a thread and a
 * connection, and whoever asks for a thousand of them must not take them from the others.
 */
export class Turnstile {
  readonly #most: number
  readonly #queue: (() => void)[] = []
  readonly #longest: number
  #inside = 0

  constructor(most: number, longest: number) {
    this.#most = most
    this.#longest = longest
  }

  /** Runs `work` in its turn; `refuse` throws where the queue is full. */
  async pass<T>(work: () => Promise<T>, refuse: () => never): Promise<T> {
    if (this.#inside >= this.#most) {
      if (this.#queue.length >= this.#longest) refuse()
      await new Promise<void>((enter) => this.#queue.push(enter))
    } else {
      this.#inside += 1
    }
    try {
      return await work()
    } finally {
      // The place is handed on, so that nobody slips in between.
      const next = this.#queue.shift()
      if (next) next()
      else this.#inside -= 1
    }
  }
}
