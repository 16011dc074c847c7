import { ROLE_NAMES } from '#kernel/authorisation/roles.ts'
import type { Tx } from '#kernel/database/database.ts'
import { type Call, type Route, route } from '#kernel/http/route.ts'
import type { Services } from '#kernel/matter/acting.ts'
import { listeningSessions } from '#kernel/organisation/sessions.ts'
import { problem } from '#kernel/problem/problem.ts'
import { NoticeFlow } from './notice-flow.ts'
import { lastOutboxId, outboxAfter, outboxFloor } from './notices.ts'

// One LISTEN for the whole server, one round of reading for each court that something was sent to, however many of its
// people listen. A session that has ended loses its stream at the next message, and after RECHECK_MS at the latest.

export interface StreamPace {
  heartbeatMs: number
  recheckMs: number
}

const PACE: StreamPace = { heartbeatMs: 20_000, recheckMs: 4_000 }
const STREAMS_MOST_PER_ACCOUNT = 8
const ROUND = 500
/** A message may be committed after one with a higher number: so far back each round looks again. */
const LOOK_BACK = 200n
/** Who comes back is sent so many at most: the others of the court wait while they are read. */
const REPLAY_MOST = 1_000

export interface NoticeStream {
  routes: Route[]
  stop(): Promise<void>
}

/** The stream of messages (GET /api/stream, server-sent events) of one server. */
export async function noticeStream(services: Services, pace: StreamPace = PACE): Promise<NoticeStream> {
  const hub = new Hub(services)
  const stopListening = await services.database.listen('ecc_outbox', (payload) => {
    if (payload === null) hub.wakeAll()
    else for (const courtId of payload.split(',')) hub.wake(Number(courtId))
  })
  const heartbeat = setInterval(() => hub.beat(), pace.heartbeatMs)
  const recheck = setInterval(() => hub.wakeAll(), pace.recheckMs)
  return {
    routes: [
      route({
        method: 'GET',
        path: '/stream',
        summary: '消息推送（服务器发送事件）',
        articles: ['17', '36.5'],
        access: ROLE_NAMES,
        unattended: true,
        handle: (call) => hub.open(call),
      }),
    ],
    async stop() {
      clearInterval(heartbeat)
      clearInterval(recheck)
      hub.closeAll()
      await stopListening()
    },
  }
}

/** Where a stream begins: behind the last event that its reader got, or with what is new. */
async function beginningOf(tx: Tx, courtId: number, lastEventId: string | null) {
  if (lastEventId === null || !/^\d{1,18}$/.test(lastEventId))
    return { after: await lastOutboxId(tx, courtId), isCut: false }
  const [last, floor] = [BigInt(lastEventId), await outboxFloor(tx, courtId, REPLAY_MOST)]
  return last < floor ? { after: floor, isCut: true } : { after: last, isCut: false }
}

class Hub {
  readonly #services: Services
  readonly #flows = new Map<number, Set<NoticeFlow>>()
  /** Courts with a round under way; true where another must follow. */
  readonly #rounds = new Map<number, boolean>()
  #isClosed = false

  constructor(services: Services) {
    this.#services = services
  }

  async open({ tx, actor, token, lastEventId }: Call<unknown, unknown, unknown>) {
    if (this.#isClosed) throw problem('server.stopping')
    const open = [...(this.#flows.get(actor.courtId) ?? [])]
    if (open.filter((flow) => flow.accountId === actor.accountId).length >= STREAMS_MOST_PER_ACCOUNT) {
      throw problem('stream.too-many')
    }
    const beginning = await beginningOf(tx, actor.courtId, lastEventId)
    const flow = new NoticeFlow({
      courtId: actor.courtId,
      accountId: actor.accountId,
      digest: token.digest,
      ...beginning,
      begun: () => {
        if (this.#isClosed) return flow.finish()
        this.#of(actor.courtId).add(flow)
        this.wake(actor.courtId)
      },
      ended: () => {
        this.#of(actor.courtId).delete(flow)
      },
    })
    return { file: flow, name: 'stream', mediaType: 'text/event-stream' }
  }

  wakeAll(): void {
    for (const courtId of this.#flows.keys()) this.wake(courtId)
  }

  wake(courtId: number): void {
    if ((this.#flows.get(courtId)?.size ?? 0) === 0) return
    if (this.#rounds.has(courtId)) this.#rounds.set(courtId, true)
    else void this.#run(courtId)
  }

  beat(): void {
    for (const flows of this.#flows.values()) for (const flow of flows) flow.beat()
  }

  closeAll(): void {
    this.#isClosed = true
    for (const flows of this.#flows.values()) for (const flow of flows) flow.finish()
  }

  #of(courtId: number): Set<NoticeFlow> {
    const flows = this.#flows.get(courtId) ?? new Set()
    this.#flows.set(courtId, flows)
    return flows
  }

  async #run(courtId: number): Promise<void> {
    do {
      this.#rounds.set(courtId, false)
      // Where the database can't be asked, nothing may flow on: the reader comes back with its last number.
      const isFull = await this.#round(courtId).catch(() => {
        for (const flow of this.#of(courtId)) flow.finish()
        return false
      })
      if (isFull) this.#rounds.set(courtId, true)
    } while (this.#rounds.get(courtId))
    this.#rounds.delete(courtId)
  }

  /** Reads once for all streams of a court; true where more may be waiting. */
  async #round(courtId: number): Promise<boolean> {
    const flows = [...this.#of(courtId)]
    if (flows.length === 0) return false
    const at = this.#services.time.now()
    const from = flows.map(({ floor }) => floor).sort((one, other) => (one < other ? -1 : 1))[0] ?? 0n
    const { messages, listening } = await this.#services.database.read({ courtIds: [courtId] }, async (tx) => ({
      listening: await listeningSessions(
        tx,
        flows.map((flow) => flow.digest),
        at,
      ),
      messages: await outboxAfter(tx, courtId, from, ROUND),
    }))
    const isFull = messages.length === ROUND
    const last = messages.at(-1)?.id ?? from
    for (const flow of flows) {
      const reader = listening.get(flow.digest.toString('hex'))
      if (!reader) flow.finish()
      else flow.deliver(messages, reader, isFull ? last : last - LOOK_BACK)
    }
    return isFull
  }
}
