import pg from 'pg'
import { rounded } from './figures.ts'

// The sweep among very many clocks: a table of the same shape, keys and row security as the product's, in the bench's
// own schema, asked as the product's role with the worker's own statement.

export interface SweepFigure {
  rows: number
  /** Milliseconds until the worker knows what is due, by how much is due. */
  dueMs: Record<string, number>
}

const DUE = [40, 400, 4_000] as const
const TURNS = 15
const SPREAD_DAYS = 400

/** Fills the table with `rows` clocks, of which few are due, and measures the worker's question. */
export async function measureSweep(url: string, rows: number): Promise<SweepFigure> {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  try {
    await fill(client, rows)
    const dueMs: Record<string, number> = {}
    for (const due of DUE) dueMs[due] = await medianOf(client, due)
    return { rows, dueMs }
  } finally {
    await client.end()
  }
}

/** One clock in a hundred still speaks; the rungs of those stand a second apart, from the first of 2021 on. */
async function fill(client: pg.Client, rows: number): Promise<void> {
  await client.query(`
    create schema if not exists bench;
    drop table if exists bench.clock;
    create table bench.clock (like clock including defaults);
    set work_mem = '256MB'; set maintenance_work_mem = '512MB'`)
  await client.query(
    `insert into bench.clock (court_id, id, kind, thing_id, name, label, rule_id, rule_version, start_on, done_on,
       due_on, next_rung, next_rung_at, explanation)
     select (select min(id) from court), gen_random_uuid(), 'case', gen_random_uuid(), '执行期限', '执行期限', 'node.term', 1,
       date '2020-06-01' + n % $2, case when n % 100 > 0 then date '2021-01-01' end, date '2020-12-01' + n % $2,
       case when n % 100 = 0 then 'due' end,
       case when n % 100 = 0 then timestamptz '2021-01-01' + make_interval(secs => n / 100) end, '{}'
     from generate_series(0, $1 - 1) n`,
    [rows, SPREAD_DAYS],
  )
  await client.query(`
    alter table bench.clock add primary key (court_id, id);
    create index clock_next on bench.clock (next_rung_at) where next_rung_at is not null;
    alter table bench.clock enable row level security;
    create policy own_courts on bench.clock
      using (court_id = any((select nullif(current_setting('ecc.court_ids', true), ''))::int[]));
    grant usage on schema bench to ecc_app;
    grant select on bench.clock to ecc_app`)
  await client.query('vacuum (analyze) bench.clock')
}

async function medianOf(client: pg.Client, due: number): Promise<number> {
  const times: number[] = []
  for (let turn = 0; turn < TURNS; turn += 1) {
    const started = performance.now()
    await client.query('begin read only; set local role ecc_app')
    await client.query("select set_config('ecc.court_ids', (select array_agg(id)::text from court), true)")
    const { rowCount } = await client.query(
      `select court_id, id from bench.clock
       where next_rung_at <= timestamptz '2021-01-01' + make_interval(secs => $1 - 1)
       order by next_rung_at limit 200`,
      [due],
    )
    await client.query('commit')
    times.push(performance.now() - started)
    if (rowCount !== Math.min(due, 200)) throw new Error(`${rowCount} found of ${due} due`)
  }
  return rounded(times.sort((a, b) => a - b)[Math.floor(TURNS / 2)] ?? 0)
}
