import { once } from 'node:events'
import { Worker } from 'node:worker_threads'
import pg from 'pg'
import { digestOfRules } from '#cases/special-party/search.ts'
import { writeAudit } from '#kernel/audit/audit.ts'
import { asOwner } from '#kernel/database/owner.ts'
import { sql } from '#kernel/database/sql.ts'
import { DEMONSTRATION_PASSWORD, loadPeople } from '#kernel/organisation/demonstration.ts'
import { hashPassword } from '#kernel/organisation/passwords.ts'
import { type Reference, validate, withoutIndexes } from './bulk-load.ts'
import { columnsOf, NOW, TABLE_NAMES, type Table } from './case-rows.ts'
import { copyIn } from './copy-in.ts'
import type { Chunk, GenerationPlan } from './generation-worker.ts'
import { courtsOf, type StaffedCourt, sharesOf, staffOf } from './synthetic-courts.ts'

// Fills a database that has no case yet. The same seed gives the same rows; only the demonstration's own people and the
// hash of the password, which the product itself makes, differ from run to run.

export interface GenerationOptions {
  courts: number
  cases: number
  seed: number
}

export type GenerationCounts = Record<'courts' | 'people' | 'teams' | 'cases' | Table, number> & { seconds: number }

/** The database holds cases already, or a court's own people. */
export class NotEmpty extends Error {}

const IN_OFFICE_FROM = '2019-01-01'

/** Generates courts, people and cases into a prepared database, then ANALYZE. Throws NotEmpty, RangeError. */
export async function generate(
  url: string,
  { courts, cases, seed }: GenerationOptions,
  onProgress: (cases: number) => void = () => {},
): Promise<GenerationCounts> {
  const started = performance.now()
  const staffed = courtsOf(courts, seed).map((court) => staffOf(court, seed))
  await refuseUnlessEmpty(url)
  // The demonstration's people come first: with them comes the date on which all of this stands.
  await loadPeople(url)
  const shares = sharesOf(
    staffed.map(({ court }) => court),
    cases,
  )
  const plan = { seed, courts: staffed.map((one, index) => ({ staffed: one, cases: shares[index] ?? 0 })) }
  const { rows, references } = await loadCases(url, plan, onProgress)
  await openChains(url, plan)
  await settle(url, references)
  return {
    courts: staffed.length,
    people: staffed.reduce((sum, { people }) => sum + people.length, 0),
    teams: staffed.reduce((sum, { teams }) => sum + teams.length, 0),
    cases: rows.enforcement_case,
    ...rows,
    seconds: Math.round((performance.now() - started) / 100) / 10,
  }
}

async function refuseUnlessEmpty(url: string): Promise<void> {
  await asOwner(url, 'read', async (tx) => {
    const found = await tx.one<{ cases: boolean; people: boolean }>(sql`
      select exists (select from enforcement_case) as cases,
        exists (select from person) and not exists (select from demonstration) as people`)
    if (found.cases) throw new NotEmpty('库中已有案件：请换一个空的 DATA_DIR 或 DATABASE_URL')
    if (found.people) throw new NotEmpty('库中已有法院自己的人员：合成数据只能放进空库')
  })
}

/** Every court, for the transaction or for as long as the connection lasts. */
const scope = (only: 'transaction' | 'connection') =>
  `select set_config('ecc.court_ids', (select array_agg(id)::text from court), ${only === 'transaction'})`

async function insertOrganisation(client: pg.Client, staffed: readonly StaffedCourt[]): Promise<void> {
  const passwordHash = await hashPassword(DEMONSTRATION_PASSWORD)
  const all = staffed.flatMap(({ court, people }) => people.map((one) => ({ ...one, courtId: court.id })))
  const rows: [table: string, list: object[]][] = [
    [
      'court',
      staffed
        .filter(({ court }) => court.isNew)
        .map(({ court: { id, code, name, level, line } }) => {
          return { id, code, name, level, line, parent_id: line.at(-2), code_checked: false }
        }),
    ],
    ['person', all.map(({ courtId, id, naturalId, name }) => ({ court_id: courtId, id, natural_id: naturalId, name }))],
    ['team', staffed.flatMap(({ court, teams }) => teams.map((team) => ({ ...team, court_id: court.id })))],
    [
      'account',
      all.map(({ courtId, id, accountId, username }) => {
        const account = { court_id: courtId, id: accountId, person_id: id, username, password_hash: passwordHash }
        return { ...account, state: 'active', failures: 0 }
      }),
    ],
    [
      'post',
      all.map(({ courtId, id, postId, role, team }) => {
        const post = { court_id: courtId, id: postId, person_id: id, role, team_id: team?.id ?? null }
        return { ...post, from_on: IN_OFFICE_FROM }
      }),
    ],
  ]
  for (const [table, list] of rows) {
    if (list.length === 0) continue
    const columns = Object.keys(list[0] as object).join(', ')
    await client.query(scope('transaction'))
    await client.query(
      `insert into ${table} (${columns}) select ${columns} from jsonb_populate_recordset(null::${table}, $1::jsonb)`,
      [JSON.stringify(list)],
    )
  }
}

async function loadCases(
  url: string,
  plan: GenerationPlan,
  onProgress: (cases: number) => void,
): Promise<{ rows: Record<Table, number>; references: readonly Reference[] }> {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  const workers = Array.from({ length: WORKERS }, (_, number) => {
    const courts = plan.courts.filter((_, index) => index % WORKERS === number)
    return new Worker(new URL('./generation-worker.ts', import.meta.url), {
      workerData: { ...plan, courts },
      resourceLimits: YOUNG,
    })
  })
  const rows = Object.fromEntries(TABLE_NAMES.map((table) => [table, 0])) as Record<Table, number>
  try {
    await client.query('begin')
    await insertOrganisation(
      client,
      plan.courts.map(({ staffed }) => staffed),
    )
    const references = await withoutIndexes(client, TABLE_NAMES, async (own) => {
      const series: Chunk['series'] = []
      for await (const chunk of chunksOf(workers)) {
        for (const table of TABLE_NAMES) {
          const made = chunk.tables[table]
          if (!made) continue
          await copyIn(client, { table, columns: columnsOf(table), frozen: own.has(table) }, made.bytes)
          rows[table] += made.rows
        }
        series.push(...chunk.series)
        onProgress(rows.enforcement_case)
      }
      await insertSeries(client, series)
    })
    await client.query('commit')
    return { rows, references }
  } finally {
    await Promise.all(workers.map((worker) => worker.terminate()))
    await client.end()
  }
}

/** Rows live until their chunk is sent: where the young generation holds them all, none is moved to the old one. */
const YOUNG = { maxYoungGenerationSizeMb: 96 }

/** One makes rows nearly as fast as the database takes them; the second fills what a machine of two has left. */
const WORKERS = 2

/** Each worker is always one chunk ahead, so that making and loading go on at the same time. */
async function* chunksOf(workers: readonly Worker[]): AsyncGenerator<Chunk> {
  const ask = (worker: Worker) => {
    worker.postMessage('more')
    return { worker, answer: once(worker, 'message') as Promise<[Chunk]> }
  }
  const asked = workers.map(ask)
  for (let next = asked.shift(); next; next = asked.shift()) {
    const [chunk] = await next.answer
    if (!chunk.isLast) asked.push(ask(next.worker))
    yield chunk
  }
}

/** What the courts' own numbering goes on from. */
async function insertSeries(client: pg.Client, all: Chunk['series']): Promise<void> {
  const rows = all.flatMap(({ courtId, serials }) =>
    serials.map(([name, last]) => {
      const [typeCode, year] = name.split(' ')
      const series = name === 'order' ? 'supervision-order' : `case:${typeCode}`
      return { court_id: courtId, series, year: Number(year ?? 2021), last }
    }),
  )
  await client.query(
    'insert into number_series select * from jsonb_populate_recordset(null::number_series, $1::jsonb)',
    [JSON.stringify(rows)],
  )
}

/** The first entry of each court's record: what it was given; and that nothing of it must be searched. */
async function openChains(url: string, { courts }: GenerationPlan): Promise<void> {
  await asOwner(url, 'write', async (tx) => {
    for (const { staffed, cases } of courts) {
      const courtId = staffed.court.id
      const actor = { kind: 'system', name: '合成数据', courtId, courtIds: [courtId] } as const
      await writeAudit(tx, actor, NOW, [{ verb: 'import.batch', summary: { 文件: '合成数据', 新增: cases } }])
    }
    // An import asks the rules for special parties as it writes; no made-up name is one.
    await tx.run(sql`
      insert into special_party_search (rules, looked_at, begun_at, done_at)
      values (${digestOfRules()}, ${courts.reduce((sum, one) => sum + one.cases, 0)}, ${NOW}, ${NOW})
      on conflict do nothing`)
  })
}

/** What the planner must know, then what the loaded rows refer to: checked as one who may see every court's rows. */
async function settle(url: string, references: readonly Reference[]): Promise<void> {
  const clients = Array.from({ length: WORKERS }, () => new pg.Client({ connectionString: url }))
  await Promise.all(clients.map((client) => client.connect()))
  try {
    const tables = [...TABLE_NAMES, 'court', 'person', 'post', 'account', 'team']
    await clients[0]?.query(`vacuum (analyze) ${tables.join(', ')}`)
    for (const client of clients) {
      await client.query("set maintenance_work_mem = '512MB'")
      await client.query(scope('connection'))
    }
    await validate(clients, references)
  } finally {
    await Promise.all(clients.map((client) => client.end()))
  }
}
