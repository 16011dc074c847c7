import assert from 'node:assert/strict'
import { randomBytes, randomUUID } from 'node:crypto'
import { type TestContext, test } from 'node:test'
import pg from 'pg'
import { startTestServer, type TestServer } from '#test/harness.ts'
import { childOf, foreignKeys, type Row } from './foreign-keys.ts'
import { AT } from './marks.ts'
import { type Planted, plant } from './plant.ts'
import { courtIdOf, put, putPerson } from './put.ts'

// The second net, tried without the first: SQL as the application's role, with the scope unset, with another court's
// scope, and with another court's ids in every foreign key.

/** Read by every court: nothing in them is one court's. */
const SHARED: Readonly<Record<string, string>> = {
  court: 'the table of courts',
  calendar_year: 'law',
  calendar_day: 'law',
  calendar_change: 'law, with who changed it',
  calendar_recount: 'law and numbers',
  special_party_search: 'rules and a place to go on from',
  clock_rule: 'law and settings',
  demonstration: 'one row',
  restoration: 'the owner’s, one row for each restore',
  schema_migration: 'the owner’s alone, no grant',
  application_login: 'the owner’s alone, no grant',
}
/** Guarded, but not for the owner, whose definer functions must see past the guard. */
const UNFORCED: Readonly<Record<string, string>> = {
  account: 'court_of_username',
  person: 'guard_three_administrators',
  post: 'guard_three_administrators',
  enforcement_case: 'search_numbers, filed_elsewhere',
  case_party: 'search_parties, search_initials, related_cases',
  case_certificate: 'related_cases',
  case_legal_representative: 'related_cases',
  case_asset: 'related_cases',
  state_count: 'the triggers that keep it',
  open_load: 'the triggers that keep it',
}
const APPEND_ONLY = [
  'act_log',
  'audit',
  'case_fact',
  'outbox',
  'outbox_receipt',
  'attachment',
  'clock_rung',
  'document_setting',
  'party_address',
  'document_file',
  'dated_setting',
  'case_representative',
  'case_assignment',
  'case_transfer',
  'approval_step',
  'special_party_ground',
  'special_report_month',
]
/** Ids of no foreign key, and why none can hold them. */
const FREE_IDS: Readonly<Record<string, string>> = {
  thing_id: 'of the kind’s own table',
  source_id: 'of the kind’s own table',
  after_case: 'a place to go on from',
  report_id: 'of the kind’s own table',
  entry_id: 'of the kind’s own table',
  case_id: 'a case of a court below may be meant',
  parent_id: 'an order of the court above',
  order_id: 'an order of the court above',
  recorder_id: 'provenance',
  issued_by: 'provenance',
  uploaded_natural: 'a human being',
  decided_natural: 'a human being',
  by_id: 'provenance, also from the counterpart',
  natural_id: 'a human being, in several courts',
  proposer_natural_id: 'a human being',
  decider_natural_id: 'a human being',
  'open_load.team_id': 'zeros stand for nobody',
  'open_load.person_id': 'zeros stand for nobody',
  'audit.actor_id': 'the chain stands by itself',
}

test('row security', async (t) => {
  const server = await startTestServer(t)
  const [own, foreign] = [await plant(server, 'own'), await plant(server, 'foreign')]
  for (const one of [own, foreign]) await plantTheRest(server, one)
  const app = await asApplication(t, server)
  const courtTables = (
    await server.sql<{ name: string }>(`select table_name as name from information_schema.columns
      where table_schema = 'public' and column_name = 'court_id' order by 1`)
  ).map(({ name }) => name)

  await t.test('each table is guarded or stands on the list with its reason', async () => {
    const tables = await server.sql<{ name: string; guarded: boolean; forced: boolean }>(`
      select relname as name, relrowsecurity as guarded, relforcerowsecurity as forced from pg_class
      where relnamespace = 'public'::regnamespace and relkind in ('r', 'p') order by 1`)
    const named = (wanted: (table: (typeof tables)[0]) => boolean) => tables.filter(wanted).map(({ name }) => name)
    assert.deepEqual(
      named(({ guarded }) => !guarded),
      Object.keys(SHARED).sort(),
    )
    assert.deepEqual(
      named(({ guarded, forced }) => guarded && !forced),
      Object.keys(UNFORCED).sort(),
    )
    const views = await server.sql(`select relname from pg_class
      where relnamespace = 'public'::regnamespace and relkind in ('v', 'm')`)
    assert.deepEqual(views, [], 'a view must be security_invoker: decide here')
  })

  await t.test('the application’s role owns nothing, passes no guard, empties and changes no record', async () => {
    const [role] =
      await server.sql(`select rolsuper, rolbypassrls, rolcreaterole, rolcreatedb, rolcanlogin, rolreplication
      from pg_roles where rolname = 'ecc_app'`)
    assert.deepEqual(new Set(Object.values(role ?? {})), new Set([false]))
    const owned = await server.sql(`select relname from pg_class where pg_get_userbyid(relowner) = 'ecc_app'`)
    assert.deepEqual(owned, [])
    const grants = await server.sql<{ name: string; may: string }>(`
      select table_name as name, privilege_type as may from information_schema.table_privileges
      where table_schema = 'public' and grantee in ('ecc_app', 'PUBLIC')`)
    const has = (may: string) => new Set(grants.filter((one) => one.may === may).map(({ name }) => name))
    for (const may of ['TRUNCATE', 'REFERENCES', 'TRIGGER']) assert.deepEqual(has(may), new Set(), may)
    for (const name of APPEND_ONLY) assert.ok(!has('UPDATE').has(name) && !has('DELETE').has(name), name)
    assert.deepEqual([...has('DELETE')].filter((name) => courtTables.includes(name)).sort(), [
      // an asset that is named no longer
      'case_asset',
      'case_certificate',
      'case_party',
      'chosen_columns',
      // lines that wait for a count and turn out to stand
      'due_change',
      'idempotency',
      'import_change',
      'recovery_code',
      'saved_view',
      'second_factor',
      'special_party_open',
      // the lines of a report until it is confirmed
      'special_report_line',
    ])
  })

  await t.test('functions that run as the owner fix their search path and ask for the scope', async () => {
    const functions = await server.sql<{ name: string; path: boolean }>(`
      select proname as name, array_to_string(proconfig, ',') like 'search_path=pg_catalog%' as path from pg_proc
      where pronamespace = 'public'::regnamespace and prosecdef order by 1`)
    const known = [
      'add_to_open_load',
      'add_to_state_count',
      'cases_of_basis',
      'count_court_change',
      'count_demonstration_change',
      'count_people_change',
      'count_state_moved',
      'count_states_added',
      'count_states_removed',
      'court_of_username',
      'filed_elsewhere',
      'guard_natural_person',
      'guard_three_administrators',
      'open_load_added',
      'open_load_moved',
      'open_load_removed',
      'related_cases',
      'search_initials',
      'search_numbers',
      'search_parties',
      'sort_party_grams',
    ]
    assert.deepEqual(
      functions,
      known.map((name) => ({ name, path: true })),
    )
    const mark = `%${own.caseNumber.slice(6, 12)}%`
    const search = `select count(*)::int as n from search_numbers(array[${own.courtId}], $1, 10)`
    const parties = `select count(*)::int as n from search_parties(array[${own.courtId}], array[]::text[], $1, 10)`
    const initials = `select count(*)::int as n from search_initials(array[${own.courtId}], $1, 10)`
    for (const text of [search, parties, initials]) {
      for (const [scope, n] of [
        [null, 0],
        [foreign.courtId, 0],
        [own.courtId, 1],
      ] as const) {
        assert.deepEqual(await app(scope, text, [mark]), [{ n }], `${text} in scope ${scope}`)
        const basis = `select count(*)::int as n from cases_of_basis(${own.courtId}, $1)`
        assert.deepEqual(await app(scope, basis, [own.caseNumber]), [{ n }], `${basis} in scope ${scope}`)
      }
    }
  })

  await t.test('scope unset: no row of any court; another court’s scope: no row of this one', async () => {
    for (const name of courtTables) {
      const count = `select count(*)::int as n from ${name} where court_id = $1`
      const there = await server.sql<{ n: number }>(count, [own.courtId])
      assert.ok((there[0]?.n ?? 0) > 0, `${name} has no row to hide`)
      assert.deepEqual(await app(null, `select count(*)::int as n from ${name}`), [{ n: 0 }], name)
      assert.deepEqual(await app(foreign.courtId, count, [own.courtId]), [{ n: 0 }], name)
      assert.deepEqual(await app(own.courtId, count, [own.courtId]), there, name)
    }
  })

  await t.test('another court’s rows can’t be changed, taken over or put in', async () => {
    for (const name of courtTables.filter((one) => one !== 'outbox')) {
      const [row] = await server.sql<{ row: Row }>(
        `select to_jsonb(t) as row from ${name} t where court_id = $1 limit 1`,
        [own.courtId],
      )
      const put = `insert into ${name} overriding system value select * from jsonb_populate_record(null::${name}, $1)`
      assert.equal(await refusal(app(foreign.courtId, put, [row?.row])), '42501', `insert into ${name}`)
      const move = await refusal(app(foreign.courtId, `update ${name} set court_id = $1`, [own.courtId]))
      assert.equal(move, '42501', `update of ${name}`)
    }
  })

  await t.test(
    'each foreign key between tables of courts holds the court, and refuses another court’s parent',
    async () => {
      const keys = await foreignKeys(server, courtTables)
      assert.ok(keys.length >= 20, `only ${keys.length} foreign keys`)
      for (const key of keys) {
        assert.ok(key.courtColumn !== null, `${key.name} on ${key.child} leaves the court out`)
        const child = await childOf(server, key, own.courtId, foreign.courtId)
        const put = `insert into ${key.child} overriding system value
          select * from jsonb_populate_record(null::${key.child}, $1)`
        const error = await app(own.courtId, put, [child]).catch((thrown: pg.DatabaseError) => thrown)
        assert.ok(error instanceof Error, `${key.name}: the row went in`)
        assert.deepEqual([error.code, error.constraint], ['23503', key.name], `${key.name}: ${error.message}`)
      }
    },
  )

  await t.test('each id stands in a foreign key or on the list with its reason', async () => {
    const ids = await server.sql<{ child: string; name: string }>(`
      select c.table_name as child, c.column_name as name from information_schema.columns c
      where table_schema = 'public' and data_type = 'uuid' and column_name <> 'id' and not exists (
        select from pg_constraint f, unnest(f.conkey) k(attnum)
        join pg_attribute a on a.attnum = k.attnum
        where f.contype = 'f' and f.conrelid = c.table_name::regclass and a.attrelid = f.conrelid
          and a.attname = c.column_name)`)
    const open = ids.filter(({ child, name }) => !(name in FREE_IDS) && !(`${child}.${name}` in FREE_IDS))
    assert.deepEqual(open, [])
  })
})

type Ask = (scope: number | null, text: string, values?: unknown[]) => Promise<Row[]>

/** Statements as the application's role, each in a transaction that is undone; scope null leaves the setting unset. */
async function asApplication(t: TestContext, server: TestServer): Promise<Ask> {
  const client = new pg.Client({ connectionString: server.url, options: '-c role=ecc_app' })
  // The harness drops the database first.
  client.on('error', () => {})
  await client.connect()
  t.after(() => client.end().catch(() => {}))
  return async (scope, text, values = []) => {
    await client.query('begin')
    try {
      if (scope !== null) await client.query(`select set_config('ecc.court_ids', '{${scope}}', true)`)
      return (await client.query(text, values)).rows
    } finally {
      await client.query('rollback')
    }
  }
}

async function refusal(asked: Promise<unknown>): Promise<string> {
  return asked.then(
    () => 'nothing was refused',
    (error: { code?: string }) => error.code ?? String(error),
  )
}

/** One row in each table that planting leaves empty. */
async function plantTheRest(server: TestServer, one: Planted): Promise<void> {
  const { courtId: court_id, clockId, caseId } = one
  const { personId } = await putPerson(server, {
    courtId: court_id,
    username: `rest.${court_id}`,
    name: '某',
    role: null,
  })
  const [account] = await server.sql<{ id: string }>('select id from account where person_id = $1', [personId])
  const thing = { court_id, thing_id: caseId }
  const elsewhere = { court_id: await courtIdOf(server, '吉0204'), id: randomUUID() }
  await put(server, 'enforcement_case', {
    ...elsewhere,
    number: `移入${court_id}`,
    state: 'handling',
    opened_at: AT,
    opener_name: '某',
    filed_year: 2021,
    type_code: '执',
    serial: court_id,
    case_kind: '首次执行',
    filed_on: '2021-09-01',
  })
  await put(server, 'case_transfer', {
    court_id,
    id: randomUUID(),
    case_id: caseId,
    counterpart_court_id: elsewhere.court_id,
    new_case_id: elsewhere.id,
    thing_id: randomUUID(),
    ruling: '某',
    ruled_on: '2021-09-01',
    by_name: '某',
    at: AT,
  })
  await put(server, 'case_asset', { court_id, case_id: caseId, key: `吉A1234${court_id}`, source_id: randomUUID() })
  await put(server, 'case_legal_representative', {
    court_id,
    case_id: caseId,
    plain_name: '某',
    party: '某',
    name: '某',
    type: '居民身份证',
    number: '11010519491231002X',
    valid: true,
    recorded_name: '某',
    recorded_at: AT,
  })
  await put(server, 'clock_rung', { court_id, clock_id: clockId, rung: 'overdue', due_on: '2021-02-01', fired_at: AT })
  await put(server, 'clock_ledger', {
    ...thing,
    seq: 1,
    entry: 'suspension',
    from_on: '2021-03-01',
    ground: '和解',
    approved_by: '某',
    recorded_at: AT,
  })
  await put(server, 'idempotency', {
    court_id,
    account_id: account?.id,
    key: randomUUID(),
    fingerprint: Buffer.from('x'),
    at: AT,
  })
  await put(server, 'number_series', { court_id, series: 'x', year: 2021, last: 1 })
  await put(server, 'session', {
    court_id,
    digest: randomBytes(32),
    account_id: account?.id,
    opened_at: AT,
    seen_at: AT,
  })
  const factor = { court_id, account_id: account?.id }
  await put(server, 'second_factor', factor)
  await put(server, 'recovery_code', { ...factor, digest: randomBytes(32) })
  await put(server, 'outbox_receipt', { court_id, outbox_id: one.privateNoticeId, person_id: personId, at: AT })
  const hashes = { previous_hash: Buffer.alloc(32), hash: Buffer.alloc(32) }
  await server.sql('delete from audit where court_id = $1', [court_id])
  await put(server, 'audit', { court_id, seq: 1, at: AT, actor_name: '某', verb: 'x', summary: '{}', ...hashes })
  await server.sql(`insert into audit_head (court_id, seq, hash) values ($1, 1, '') on conflict do nothing`, [court_id])
}
