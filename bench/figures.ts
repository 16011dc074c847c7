import { type Load, type Measured, runLoad } from './keep-alive-client.ts'
import type { RunningServer } from './servers.ts'

// A figure is always a pair: the product and, in the same rounds, what nothing on this machine could do better.

export interface Pair {
  name: string
  /** What the product must reach of the limit's requests a second. */
  goal: number
  /** What its p99 may take in milliseconds at most, with few who ask at once. */
  mostMs?: number
  product: Load['request']
  limit: Load['request']
}

export interface Side {
  perSecond: number
  p50: number
  p97_5: number
  p99: number
  requests: number
  failures: number
  /** Microseconds of processor time of the server for one request: steadier than time on a busy machine. */
  cpuUs: number
}

export interface Figure {
  name: string
  connections: number
  goal: number
  mostMs: number | null
  product: Side
  limit: Side
  /** Requests a second of the product over those of the limit. */
  ratio: number
  /** p99 of the product over that of the limit. */
  slowest: number
}

export interface Rounds {
  product: RunningServer
  limit: RunningServer
  connections: number
  rounds: number
  seconds: number
}

/** Measures a pair: product and limit in turn, round after round, the median round of each counts. */
export async function measure(pair: Pair, how: Rounds): Promise<Figure> {
  const product: Round[] = []
  const limit: Round[] = []
  const run = async (server: RunningServer, request: Load['request'], seconds: number): Promise<Round> => {
    const before = await server.cpuMs()
    const measured = await runLoad({ port: server.port, connections: how.connections, seconds, request })
    return { ...measured, cpuMs: (await server.cpuMs()) - before }
  }
  // Both are warm before anything counts: statements prepared, code compiled, pages read.
  await run(how.product, pair.product, how.seconds / 3)
  await run(how.limit, pair.limit, how.seconds / 3)
  for (let round = 0; round < how.rounds; round += 1) {
    product.push(await run(how.product, pair.product, how.seconds))
    limit.push(await run(how.limit, pair.limit, how.seconds))
  }
  const sides = { product: sideOf(product), limit: sideOf(limit) }
  return {
    name: pair.name,
    connections: how.connections,
    goal: pair.goal,
    mostMs: pair.mostMs ?? null,
    ...sides,
    ratio: rounded(sides.product.perSecond / sides.limit.perSecond),
    slowest: rounded(sides.product.p99 / sides.limit.p99),
  }
}

type Round = Measured & { cpuMs: number }

function sideOf(rounds: readonly Round[]): Side {
  const median = rounds.toSorted((a, b) => a.perSecond - b.perSecond)[Math.floor(rounds.length / 2)] as Round
  const at = (share: number) => percentile(median.times, share)
  return {
    perSecond: Math.round(median.perSecond),
    p50: at(0.5),
    p97_5: at(0.975),
    p99: at(0.99),
    requests: rounds.reduce((sum, { requests }) => sum + requests, 0),
    cpuUs: Math.round((median.cpuMs * 1_000) / Math.max(1, median.requests)),
    failures: rounds.reduce((sum, { failures }) => sum + failures, 0),
  }
}

/** The time below which so many of all lie, in milliseconds. */
export function percentile(all: readonly number[], share: number): number {
  const times = all.toSorted((a, b) => a - b)
  return rounded(times[Math.min(times.length - 1, Math.floor(times.length * share))] ?? 0)
}

export function rounded(value: number): number {
  return Math.round(value * 100) / 100
}
