import pg from 'pg'

// The limit of writing: one function in the database for each act, which writes the rows that the product wrote for
// the same act (they are taken as its pattern) in one round trip. Everything lives in a schema of its own.

/** What stands in a copied row instead of the pattern's value, by column: SQL in the words of the function. */
type Replacements = Readonly<Record<string, string>>

const COMMON: Replacements = {
  court_id: 'court',
  actor_court_id: 'court',
  thing_court_id: 'court',
  opener_id: 'person',
  actor_id: 'person',
  recorder_id: 'person',
  account_id: 'account',
  key: 'idem',
}

/** Makes the schema anew, empty. */
export async function openSchema(client: pg.Client): Promise<void> {
  await client.query('drop schema if exists bench cascade; create schema bench')
  // The courts' own chains stay whole: the limit writes into tables of the same shape.
  await client.query(`
    create table bench.audit (like public.audit including all, foreign key (court_id) references court);
    create table bench.audit_head (like public.audit_head including all, foreign key (court_id) references court)`)
}

export async function closeSchema(url: string): Promise<void> {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  await client.query('drop schema if exists bench cascade')
  await client.end()
}

export interface Pattern {
  courtId: number
  /** The case or order of the product's own act. */
  thingId: string
  idempotencyKey: string
  /** The chain's last entry before the act. */
  auditBefore: number
  outboxBefore: number
}

/** bench.create_case(court, person, account, idem): what POST /api/cases writes, the case's filing check included. */
export async function makeCreation(client: pg.Client, pattern: Pattern): Promise<void> {
  const copy = copier(client, 'create')
  const checkCopies = await copiesOfCheck(client, pattern)
  const here = `court_id = ${pattern.courtId} and `
  const own = { ...COMMON, case_id: 'one', thing_id: 'one' }
  const copies = [
    await copy('enforcement_case', `${here} id = '${pattern.thingId}'`, {
      ...own,
      id: 'one',
      serial: 'number_serial',
      number: `'（2021）' || court_code || '执' || number_serial || '号'`,
    }),
    await copy('case_party', `${here} case_id = '${pattern.thingId}'`, own),
    await copy('case_certificate', `${here} case_id = '${pattern.thingId}'`, own),
    await copy('case_fact', `${here} case_id = '${pattern.thingId}'`, own),
    await copy('clock', `${here} thing_id = '${pattern.thingId}'`, { ...own, id: 'gen_random_uuid()' }),
    await copy('case_warning', `${here} case_id = '${pattern.thingId}'`, { ...own, id: 'gen_random_uuid()' }),
    await copy('act_log', `${here} thing_id = '${pattern.thingId}'`, own),
    await auditCopy(copy, pattern, own),
    await copy('outbox', `id > ${pattern.outboxBefore} and ${here} true`, own),
    await copy('idempotency', `${here} key = '${pattern.idempotencyKey}'`, own),
  ]
  await client.query(`
    create function bench.create_case(court int, person uuid, account uuid, idem text) returns text
    language plpgsql as $$
    #variable_conflict use_variable
    declare
      one uuid := gen_random_uuid();
      number_serial int;
      check_id uuid := gen_random_uuid();
      check_serial int;
      court_code text;
      head record;
    begin
      select code into court_code from court where id = court;
      insert into number_series (court_id, series, year, last) values (court, 'case:执', 2021, 1)
        on conflict (court_id, series, year) do update set last = number_series.last + 1
        returning last into number_serial;
      insert into number_series (court_id, series, year, last) values (court, 'filing-check', 2021, 1)
        on conflict (court_id, series, year) do update set last = number_series.last + 1
        returning last into check_serial;
      ${HEAD}
      ${[...copies, ...checkCopies].join(';\n')};
      ${NEXT_HEAD}
      return (select answer from bench.create_idempotency);
    end $$`)
}

/** The check that a new case comes with: the matter, its clock, its first entry. */
async function copiesOfCheck(client: pg.Client, { courtId, thingId }: Pattern): Promise<string[]> {
  const copy = copier(client, 'check')
  const ofCase = `court_id = ${courtId} and case_id = '${thingId}'`
  const ofCheck = `court_id = ${courtId} and thing_id = (select id from matter_filing_check where ${ofCase})`
  const caseNumber = `'（2021）' || court_code || '执' || number_serial || '号'`
  const own = { ...COMMON, case_id: 'one', thing_id: 'check_id' }
  return [
    await copy('matter_filing_check', ofCase, {
      ...own,
      id: 'check_id',
      number: `court_code || '立核〔2021〕' || check_serial || '号'`,
      case_number: caseNumber,
    }),
    await copy('clock', ofCheck, { ...own, id: 'gen_random_uuid()' }),
    await copy('act_log', ofCheck, own),
  ]
}

/** bench.act(court, thing, person, account, idem, holder): what POST /api/supervision-orders/:id/extend writes. */
export async function makeAct(client: pg.Client, pattern: Pattern): Promise<void> {
  const copy = copier(client, 'act')
  const here = `court_id = ${pattern.courtId} and `
  const own = { ...COMMON, thing_id: 'thing', to_person_id: 'holder' }
  const order = `${here} id = '${pattern.thingId}'`
  await client.query(`create table bench.act_order as select * from matter_supervision_order where ${order}`)
  await client.query(
    `create table bench.act_clock as
       select * from clock where ${here} thing_id = '${pattern.thingId}' and name = 'answer'`,
  )
  const last = `seq = (select max(seq) from act_log where thing_id = '${pattern.thingId}')`
  const next = '(select max(seq) + 1 from act_log where court_id = court and thing_id = thing)'
  const copies = [
    await copy('act_log', `${here} thing_id = '${pattern.thingId}' and ${last}`, { ...own, seq: next }),
    await auditCopy(copy, pattern, own),
    await copy('outbox', `id > ${pattern.outboxBefore} and ${here} true`, own),
    await copy('idempotency', `${here} key = '${pattern.idempotencyKey}'`, own),
  ]
  await client.query(`
    create function bench.act(court int, thing uuid, person uuid, account uuid, idem text, holder uuid) returns text
    language plpgsql as $$
    #variable_conflict use_variable
    declare
      head record;
    begin
      update matter_supervision_order m set version = m.version + 1, answer_on = p.answer_on
        from bench.act_order p where m.court_id = court and m.id = thing;
      update clock k set due_on = p.due_on, explanation = p.explanation, next_rung = p.next_rung,
        next_rung_at = p.next_rung_at from bench.act_clock p
        where k.court_id = court and k.thing_id = thing and k.name = 'answer' and k.done_on is null;
      ${HEAD}
      ${copies.join(';\n')};
      ${NEXT_HEAD}
      perform pg_notify('ecc_outbox', court::text);
      return (select answer from bench.act_idempotency);
    end $$`)
}

const HEAD = `
      insert into bench.audit_head (court_id, seq, hash) values (court, 0, '\\x00') on conflict do nothing;
      select h.seq, h.hash into head from bench.audit_head h where h.court_id = court for update;`

/** The chain's hash is not the product's (SM3), but a hash of the same content: the limit must not be spared it. */
const NEXT_HEAD = `
      update bench.audit_head h set seq = head.seq + 1, hash = sha256(head.hash) where h.court_id = court;`

type Copy = (table: string, where: string, replacements: Replacements) => Promise<string>

function auditCopy(copy: Copy, pattern: Pattern, own: Replacements): Promise<string> {
  return copy('audit', `court_id = ${pattern.courtId} and seq > ${pattern.auditBefore} order by seq desc limit 1`, {
    ...own,
    seq: 'head.seq + 1',
    previous_hash: 'head.hash',
    hash: 'sha256(head.hash || convert_to(summary, $q$UTF8$q$))',
  })
}

/** Keeps the pattern's rows of a table and gives the INSERT that writes them again for another thing. */
function copier(client: pg.Client, act: string): Copy {
  return async (table, where, replacements) => {
    await client.query(`create table bench.${act}_${table} as select * from ${table} where ${where}`)
    const { rows } = await client.query<{ name: string }>(
      `select attname as name from pg_attribute where attrelid = $1::regclass and attnum > 0 and not attisdropped
         and attidentity = '' and attgenerated = ''`,
      [table],
    )
    const names = rows.map(({ name }) => name)
    const values = names.map((name) => replacements[name] ?? `pattern."${name}"`)
    return `insert into ${table === 'audit' ? 'bench.audit' : table} (${names.map((name) => `"${name}"`).join(', ')})
      select ${values.join(', ')} from bench.${act}_${table} pattern`
  }
}
