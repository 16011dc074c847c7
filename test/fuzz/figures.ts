// What a run counts, in as much memory for a million requests as for a thousand.

const BUCKETS = 4_000
/** The first buckets are as wide as this; a bucket is 2 % wider than the one before. */
const FINEST_MS = 0.1
const GROWTH = 1.02

/** Times by their size: a percentile is right within 2 %. */
export class Times {
  readonly #counts = new Float64Array(BUCKETS)
  #count = 0

  add(ms: number): void {
    const bucket = Math.floor(Math.log(Math.max(1, ms / FINEST_MS)) / Math.log(GROWTH))
    const place = Math.min(BUCKETS - 1, bucket)
    this.#counts[place] = (this.#counts[place] ?? 0) + 1
    this.#count += 1
  }

  percentile(share: number): number {
    let left = this.#count * share
    for (const [bucket, count] of this.#counts.entries()) {
      left -= count
      if (left <= 0) return Math.round(FINEST_MS * GROWTH ** (bucket + 1) * 10) / 10
    }
    return 0
  }
}

const WARM_UP = 0.25
const WINDOW = 0.15

/** How much the memory of the server has grown since it was warm, as a share; 0 where too little was seen. */
export function growthOf(heldMiB: readonly number[]): number {
  const part = (from: number) => {
    const start = Math.floor(heldMiB.length * from)
    return medianOf(heldMiB.slice(start, Math.max(start + 1, Math.floor(heldMiB.length * (from + WINDOW)))))
  }
  const [warm, last] = [part(WARM_UP), part(1 - WINDOW)]
  return warm === 0 ? 0 : Math.round((last / warm - 1) * 1_000) / 1_000
}

function medianOf(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0
}
