import fc from 'fast-check'
import type { TestServer } from '#test/harness.ts'
import { type Asker, FRONT_DOOR } from './asker.ts'
import type { Ask } from './checkers.ts'
import { growthOf, Times } from './figures.ts'
import { Gardener } from './gardener.ts'
import { type Ground, prepareGround } from './ground.ts'
import { type Fault, type FaultKind, judge, parsed } from './judge.ts'
import { type Answer, Line } from './line.ts'
import { type Plan, plansOver } from './plan.ts'
import { checkLeaks } from './quiet.ts'
import { bytesOf, curlOf, type Request, requestOf, shelfOf } from './writing.ts'

// The run: batches of plans from one seed, several lines that ask them, one gardener, and between two batches a quiet
// moment. With one line the same seed asks the same again; with several it makes the same plans, in a changing order.

export interface FuzzOptions {
  requests: number
  seed: number
  lines: number
  said: (sentence: string) => void
  /** Ends the run with what it has by then. */
  signal?: AbortSignal
}

export interface FuzzReport {
  seed: number
  requests: number
  seconds: number
  ratePerSecond: number
  serverErrors: number
  schemaFaults: number
  checkerHits: number
  /** 503 with Retry-After because the machine gave the database no time: more than one in a thousand is a fault. */
  busy: number
  heldMiB: number
  heldGrowth: number
  p99Ms: number
  byStatus: Record<string, number>
  /** How often each checker came to its question. */
  checked: Record<string, number>
  coverage: { reached: number; all: number; missing: string[] }
  faults: string[]
}

const BATCH = 500
/** How much of a round over all operations goes with a batch: until each has been come to a few times, and later. */
const ROUND = { first: 0.12, later: 0.02, until: 60 }
/** Batches from one quiet moment to the next. Each looks at every row there is, and a long run has many. */
const QUIET = { first: 20, later: 200, until: 200 }
/** Batches from one look at the server's memory to the next, before which it must collect. */
const HELD_EACH = 4
/** Different faults after which a run has shown enough. */
const FAULTS_MOST = 40
const SHRINK_LIMIT_MS = 6_000

/** Asks so many requests of a server of its own on the database of a test's server. */
export async function runFuzz(server: TestServer, options: FuzzOptions): Promise<FuzzReport> {
  const ground = await prepareGround(server)
  try {
    return await new Campaign(ground, options).run()
  } finally {
    await ground.stop()
  }
}

/** Whether a quiet moment comes after so many batches. */
function isQuiet(batches: number): boolean {
  return batches % (batches <= QUIET.until ? QUIET.first : QUIET.later) === 0
}

class Campaign {
  readonly #ground: Ground
  readonly #options: FuzzOptions
  readonly #plans: fc.Arbitrary<Plan>
  readonly #times = new Times()
  readonly #statuses = new Map<number, number>()
  readonly #reached = new Set<string>()
  readonly #faults = new Map<string, FaultKind>()
  readonly #found: Record<FaultKind, number> = { server: 0, schema: 0, checker: 0, busy: 0 }
  readonly #heldMiB: number[] = []
  /** Who was told that he is not signed in, though he sent his cookie. */
  readonly #lost = new Set<Asker>()
  #requests = 0

  constructor(ground: Ground, options: FuzzOptions) {
    this.#ground = ground
    this.#options = options
    this.#plans = plansOver(ground.operations)
  }

  async run(): Promise<FuzzReport> {
    const { requests, lines, seed, said, signal } = this.#options
    const began = performance.now()
    const open = Array.from({ length: lines }, () => new Line(this.#ground.port))
    const own = new Line(this.#ground.port, FRONT_DOOR)
    const ask = this.#askOn(own)
    const gardener = new Gardener(this.#ground, ask, (request, what) =>
      this.#note(request, { kind: 'checker', what: `${request.operation.name}: ${what}` }),
    )
    const goesOn = () => this.#requests < requests && this.#faults.size < FAULTS_MOST && !signal?.aborted
    for (let batch = 0; goesOn(); batch += 1) {
      await this.#askBatch(open, batch, gardener)
      if (isQuiet(batch + 1)) await this.#quietMoment(ask, batch)
      if (batch % HELD_EACH === 0) this.#heldMiB.push(await this.#ground.heldMiB())
      if (batch % 40 === 39) {
        const rate = Math.round(this.#requests / ((performance.now() - began) / 1_000))
        said(`${this.#requests} 次，${rate}/秒，${this.#heldMiB.at(-1)} MiB，种子 ${seed}`)
      }
    }
    for (const operation of this.#ground.operations)
      if (!this.#reached.has(operation.name)) await gardener.visitLast(operation)
    for (const line of [...open, own]) line.close()
    for (const logged of await this.#ground.logged()) {
      this.#found.server += 1
      said(`✖ 日志：${logged}`)
    }
    return this.#report((performance.now() - began) / 1_000)
  }

  async #askBatch(lines: readonly Line[], batch: number, gardener: Gardener): Promise<void> {
    const seed = this.#options.seed + batch
    const plans = fc.sample(this.#plans, { seed, numRuns: BATCH })
    const faulty: number[] = []
    let next = 0
    const crowd = lines.map(async (line) => {
      const ask = this.#askOn(line)
      for (;;) {
        const place = next
        next += 1
        const plan = plans[place]
        if (!plan) return
        const known = this.#faults.size
        await ask(requestOf(plan, this.#ground))
        if (this.#faults.size > known) faulty.push(place)
      }
    })
    const garden = async () => {
      const share = batch < ROUND.until ? ROUND.first : ROUND.later
      const visits = Math.ceil(this.#ground.operations.length * share)
      for (let visit = 0; visit < visits; visit += 1) await gardener.visit()
    }
    await Promise.all([...crowd, garden()])
    for (const asker of this.#lost) {
      await this.#ground.enter(asker)
      this.#options.said(`${asker.username} 重新登录`)
    }
    this.#lost.clear()
    for (const place of faulty.slice(0, 3)) await this.#makeSmaller(seed, place)
  }

  /** Asks on a line, judges, remembers. */
  #askOn(line: Line): Ask {
    return async (request) => {
      const began = performance.now()
      const answer = await line.ask(bytesOf(request)).catch((error: Error) => {
        line.close()
        this.#note(request, { kind: 'server', what: `${request.operation.name}: ${error.message}` })
        return undefined
      })
      this.#requests += 1
      if (!answer) return undefined
      this.#times.add(performance.now() - began)
      this.#statuses.set(answer.status, (this.#statuses.get(answer.status) ?? 0) + 1)
      const fault = judge(request, answer)
      if (fault) this.#note(request, fault)
      this.#learn(request, answer)
      return answer
    }
  }

  #learn({ operation, asker, url, key, head }: Request, { status, type, body }: Answer): void {
    const { fit, pool } = this.#ground
    const isHis = head.some(([name, value]) => name === 'Cookie' && value === asker.cookie)
    if (status === 401 && isHis && this.#ground.askers.includes(asker) && !/session$|password$/.test(url))
      this.#lost.add(asker)
    if (status < 300) {
      this.#reached.add(operation.name)
      this.#ground.lastKey = key === '' ? this.#ground.lastKey : key
      if (type === 'application/json') pool.harvest(asker.court, shelfOf(operation), url, parsed(body))
    }
    if (status < 300 || (operation.isWrite && (status === 409 || status === 422))) {
      const able = fit.get(operation.name) ?? new Set()
      fit.set(operation.name, able)
      if (able.size < 12 && this.#ground.askers.includes(asker)) able.add(asker)
    }
  }

  #note(request: Request, { kind, what }: Fault): void {
    this.#found[kind] += 1
    if (kind === 'busy' || this.#faults.has(what)) return
    this.#faults.set(what, kind)
    this.#options.said(`✖ ${what}（${request.asker.username}）\n  ${curlOf(request, this.#ground.port)}`)
  }

  /** The same plan again, and smaller ones, as long as they show a fault. */
  async #makeSmaller(seed: number, place: number): Promise<void> {
    const line = new Line(this.#ground.port)
    const property = fc.asyncProperty(this.#plans, async (plan) => {
      const request = requestOf(plan, this.#ground)
      const answer = await line.ask(bytesOf(request)).catch(() => undefined)
      if (!answer) line.close()
      return answer !== undefined && judge(request, answer) === null
    })
    const options = { seed, path: String(place), numRuns: 1, interruptAfterTimeLimit: SHRINK_LIMIT_MS }
    const { counterexample } = await fc.check(property, options)
    line.close()
    const plan = counterexample?.[0]
    if (plan) this.#options.said(`  最小：${curlOf(requestOf(plan, this.#ground), this.#ground.port)}`)
  }

  async #quietMoment(ask: Ask, batch: number): Promise<void> {
    const { server, checked } = this.#ground
    const asked = await checkLeaks(this.#plans, this.#options.seed - batch - 1, {
      server,
      known: this.#ground,
      ask,
      tell: (request, what) => this.#note(request, { kind: 'checker', what }),
    })
    checked.leakage = (checked.leakage ?? 0) + asked
  }

  #report(seconds: number): FuzzReport {
    const all = this.#ground.operations.map(({ name }) => name)
    const missing = all.filter((name) => !this.#reached.has(name))
    return {
      seed: this.#options.seed,
      requests: this.#requests,
      seconds: Math.round(seconds),
      ratePerSecond: Math.round(this.#requests / seconds),
      serverErrors: this.#found.server,
      schemaFaults: this.#found.schema,
      checkerHits: this.#found.checker,
      busy: this.#found.busy,
      heldMiB: this.#heldMiB.at(-1) ?? 0,
      heldGrowth: growthOf(this.#heldMiB),
      p99Ms: this.#times.percentile(0.99),
      byStatus: Object.fromEntries([...this.#statuses].sort(([a], [b]) => a - b)),
      checked: this.#ground.checked,
      coverage: { reached: all.length - missing.length, all: all.length, missing },
      faults: [...this.#faults.keys()],
    }
  }
}
