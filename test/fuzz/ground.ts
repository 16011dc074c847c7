import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { RunningServer } from '#bin/crash/running-server.ts'
import { DEMONSTRATION_PASSWORD } from '#kernel/organisation/demonstration.ts'
import { eightAtATime } from '#test/access/asking.ts'
import { plant } from '#test/access/plant.ts'
import type { TestServer } from '#test/harness.ts'
import type { Write } from '#test/http/send-write.ts'
import { type Asker, castOf, signIn } from './asker.ts'
import { type Operation, operationsOf } from './document.ts'
import { Pool } from './pool.ts'
import type { Schema } from './schema-check.ts'
import type { Known } from './writing.ts'

// What the fuzzer stands on: the server under test as a process of its own, four courts with things of which only the
// right ones may hear, everybody signed in. What must be prepared for a request that succeeds is prepared through the
// test's own server on the same database.

export interface Ground extends Known {
  server: TestServer
  port: number
  /** The memory that the server holds on to, in MiB. */
  heldMiB(): Promise<number>
  operations: readonly Operation[]
  askers: Asker[]
  bases: Map<string, Write>
  /** How often each checker came to its question. */
  checked: Record<string, number>
  /** Who got further than a refusal of his post, by operation. */
  fit: Map<string, Set<Asker>>
  /** The asker of this name, signed in; undefined where he can't. */
  asker(username: string): Promise<Asker | undefined>
  /** Signs somebody in, and gives him the session to go on with. */
  enter(asker: Asker): Promise<void>
  /** Faults in the log of the server under test. */
  logged(): Promise<string[]>
  stop(): Promise<void>
}

export const COURT = '吉0193'
/** The sister court: nothing is shared with it. */
export const FOREIGN_COURT = '吉0104'
const COURTS = [COURT, FOREIGN_COURT, '吉01']

/** Of the other courts the posts that are let in somewhere are enough. */
const NEEDED = ['centre.clerk', 'centre.head', 'team.judge', 'filing', 'finance']
const isNeeded = ({ court, roles }: Asker) =>
  court === COURT || roles.some((role) => NEEDED.includes(role) || role.startsWith('administrator.'))

export async function prepareGround(server: TestServer): Promise<Ground> {
  for (const place of ['own', 'above', 'foreign', 'below'] as const) await plant(server, place)
  await server.sql('update demonstration set started_at = now()')
  const folder = await mkdtemp(join(tmpdir(), 'ecc-fuzz-'))
  const log = join(folder, 'log')
  const died: string[] = []
  const running = new RunningServer('被测服务', { dataDir: server.dataDir, log, databaseUrl: server.url }, (sentence) =>
    died.push(sentence),
  )
  await running.start()
  const port = Number(new URL(running.address).port)
  const askers = (await castOf(server, COURTS)).filter(isNeeded)
  const pool = new Pool(new Set(askers.map(({ personId }) => personId)))
  await tellOfEveryCourt(server, pool)
  const enter = async (asker: Asker): Promise<void> => {
    asker.cookie = (await signIn(port, asker.username, DEMONSTRATION_PASSWORD)) ?? asker.cookie
    // Proved once and for long: what asks for 重新验证身份 is reached also when the run takes longer than a proof holds.
    await server.sql(
      `update session set proved_at = proved_at + interval '1 day' where account_id =
         (select id from account where username = $1) and proved_at < opened_at + interval '12 hours'`,
      [asker.username],
    )
  }
  await eightAtATime(askers, enter)
  const document = (server.app.server as unknown as { swagger(): Schema }).swagger()
  const fit = new Map<string, Set<Asker>>()
  const signedIn = async (one: Asker | undefined): Promise<Asker | undefined> => {
    const cookie = one && (await signIn(port, one.username, DEMONSTRATION_PASSWORD))
    return one && cookie !== undefined ? { ...one, cookie } : undefined
  }
  const own = askers.filter(({ court }) => court === COURT)
  return {
    server,
    port,
    heldMiB: () => running.heldMiB(),
    operations: operationsOf(document),
    askers,
    pool,
    bases: new Map(),
    enter,
    checked: {},
    fit,
    lastKey: '',
    asks: (username) => askers.some((one) => one.username === username),
    askerFor({ operation, way, who }, base) {
      const known = base && askers.find(({ username }) => username === base.by)
      if (known) return known
      const able = [...(fit.get(operation.name) ?? [])]
      const among = way === 'hostile' ? askers : able.length > 0 && who % 4 !== 0 ? able : own
      return among[who % among.length] as Asker
    },
    async asker(username) {
      const known = askers.find((one) => one.username === username)
      return known ?? signedIn((await castOf(server, COURTS)).find((one) => one.username === username))
    },
    async logged() {
      const text = await readFile(log, 'utf8')
      return [
        ...died,
        ...text.split('\n').filter((line) => / (server\.fault|write\.busy) |unhandled|Uncaught/i.test(line)),
      ]
    },
    async stop() {
      await running.stop()
      await rm(folder, { recursive: true, force: true })
    },
  }
}

/** Ids of things that lie in other courts, and some that lie nowhere. */
async function tellOfEveryCourt(server: TestServer, pool: Pool): Promise<void> {
  const shelves = {
    cases: 'enforcement_case',
    'supervision-orders': 'matter_supervision_order',
    imports: 'import_run',
    approvals: 'approval',
    attachments: 'attachment',
    backlog: 'clock',
    people: 'person',
    teams: 'team',
    posts: 'post',
    'saved-views': 'saved_view',
  }
  for (const [shelf, table] of Object.entries(shelves)) {
    const parent = table === 'attachment' ? 'thing_id::text' : `''`
    const rows = await server.sql<{ id: string; code: string; parent: string }>(
      `select t.id::text as id, c.code, ${parent} as parent from ${table} t join court c on c.id = t.court_id`,
    )
    for (const { id, code, parent: of } of rows) pool.add(code, shelf, id, of)
  }
}
