import { randomUUID } from 'node:crypto'
import pg from 'pg'
import { plainName } from '#cases/case/name-grams.ts'
import type { Tx } from '#kernel/database/database.ts'
import { asOwner } from '#kernel/database/owner.ts'
import { sql } from '#kernel/database/sql.ts'
import { openSession } from '#kernel/organisation/sessions.ts'
import { addDays, dateOf, type On, type Time } from '#kernel/time/time.ts'
import { creditCode, identityNumber } from './invented-people.ts'
import { ask, getRequest, postRequest } from './keep-alive-client.ts'
import { makeAct, makeCreation, openSchema, type Pattern } from './limit-writes.ts'
import { Random } from './random.ts'

// What the questions are asked about: courts, people with sessions, cases, names, and matters to act on.

export interface Person {
  courtId: number
  personId: string
  accountId: string
  cookie: string
}

export interface Order {
  courtId: number
  id: string
  version: number
  holderId: string
  clerk: Person
}

export interface Prepared {
  on: On
  /** The court in which everything for one court happens: the one with the most cases. */
  courtId: number
  clerk: Person
  /** Of the court that sees the most courts below it. */
  overseer: Person
  caseIds: string[]
  names: string[]
  filers: Person[]
  ordersOfOne: Order[]
  ordersSpread: Order[]
  /** The name of the date that the act asks for. */
  dateField: string
}

const CREDIT_CODE = creditCode(new Random(1))
const IDENTITY = identityNumber(new Random(1))
const SAMPLES = 400
const SPREAD = 90
/** A multiple of it are the matters: each connection has some of its own. */
export const CONNECTIONS_MOST = 50
const ORDERS = 10 * CONNECTIONS_MOST

/** Opens sessions and matters through the product, and makes the limit's functions from what it wrote for them. */
export async function prepare(url: string, port: number, time: Time): Promise<Prepared> {
  const on = dateOf(time.now())
  const found = await asOwner(url, 'write', (tx) => findThings(tx, time))
  const clerk = found.clerks[0] as Person
  const made: Order[] = []
  for (let count = 0; count < ORDERS; count += 1) made.push(await makeOrder(port, clerk, found.judges, on))
  const spread: Order[] = []
  for (let count = 0; count < ORDERS; count += 1) {
    spread.push(await makeOrder(port, found.clerks[count % found.clerks.length] as Person, found.judges, on))
  }
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  await openSchema(client)
  const dateField = await makePatterns(client, { port, on, filer: found.filers[0] as Person, order: made[0] as Order })
  await client.query('analyze matter_supervision_order')
  await client.end()
  return { ...found, on, clerk, ordersOfOne: made, ordersSpread: spread, dateField }
}

/** The first generated holder of a role in each of these courts. */
function onePerCourt(tx: Tx, role: string, courts: readonly number[]): Promise<Omit<Person, 'cookie'>[]> {
  return tx.query<Omit<Person, 'cookie'>>(sql`
    select distinct on (p.court_id) p.court_id as "courtId", p.person_id as "personId", a.id as "accountId"
    from post p join account a on a.court_id = p.court_id and a.person_id = p.person_id
    where p.role = ${role} and p.court_id = any(${courts}) and a.username like 'm%.%'
    order by p.court_id, a.username`)
}

async function signedIn(tx: Tx, one: Omit<Person, 'cookie'>, time: Time): Promise<Person> {
  return { ...one, cookie: await openSession(tx, one.courtId, one.accountId, time.now()) }
}

async function findThings(tx: Tx, time: Time) {
  const courts = await tx.query<{ court_id: number }>(sql`
    select c.court_id from enforcement_case c join court t on t.id = c.court_id where t.level = 'basic'
    group by c.court_id order by count(*) desc, c.court_id limit ${SPREAD}`)
  const courtId = courts[0]?.court_id ?? 0
  const holders = async (role: string): Promise<Person[]> => {
    const people = await onePerCourt(
      tx,
      role,
      courts.map((court) => court.court_id),
    )
    const rank = new Map(courts.map((court, index) => [court.court_id, index]))
    people.sort((a, b) => (rank.get(a.courtId) ?? 0) - (rank.get(b.courtId) ?? 0))
    const signed: Person[] = []
    for (const one of people) signed.push(await signedIn(tx, one, time))
    return signed
  }
  const above = await tx.query<{ id: number }>(sql`
    select c.id from court c where exists (select from account where court_id = c.id and username like 'm%.%')
    order by (select count(*) from court b where b.line @> array[c.id]) desc, c.id limit 1`)
  const [overseer] = await onePerCourt(
    tx,
    'centre.clerk',
    above.map(({ id }) => id),
  )
  const cases = await tx.query<{ id: string }>(sql`
    select id from enforcement_case where court_id = ${courtId} order by md5(id::text) limit ${SAMPLES}`)
  const names = await tx.query<{ name: string }>(sql`
    select name from case_party where court_id = ${courtId} order by md5(case_id::text) limit ${SAMPLES}`)
  const judges = await holders('team.judge')
  return {
    courtId,
    clerks: await holders('centre.clerk'),
    overseer: await signedIn(tx, overseer as Omit<Person, 'cookie'>, time),
    filers: await holders('filing'),
    judges: new Map(judges.map((one) => [one.courtId, one.personId])),
    caseIds: cases.map(({ id }) => id),
    names: names.map(({ name }) => [...plainName(name)].slice(0, 2).join('')),
  }
}

async function post<T>(port: number, path: string, body: unknown, person: Person, key: string = randomUUID()) {
  const reply = await ask(port, postRequest(`/api${path}`, body, key, person.cookie))
  if (reply.status >= 300) throw new Error(`POST ${path}: ${reply.status} ${reply.body.slice(0, 400)}`)
  return JSON.parse(reply.body) as T
}

interface Made {
  id: string
  version: number
  abilities: { name: string; ask: { name: string; type: string }[] }[]
}

async function makeOrder(port: number, clerk: Person, judges: ReadonlyMap<number, string>, on: On): Promise<Order> {
  const holderId = judges.get(clerk.courtId) ?? ''
  const fields = { source: '本院督办', target: '承办人', handler: holderId, requirement: '请尽快办理并回复' }
  const { id, version } = await post<Made>(port, '/supervision-orders', { ...fields, answerOn: addDays(on, 20) }, clerk)
  return { courtId: clerk.courtId, id, version, holderId, clerk }
}

/** Lets the product create and act once, and takes what it wrote as the limit's pattern. */
async function makePatterns(
  client: pg.Client,
  { port, on, filer, order }: { port: number; on: On; filer: Person; order: Order },
): Promise<string> {
  const before = async (courtId: number) => {
    const { rows } = await client.query<{ audit: number; outbox: number }>(
      `select coalesce((select max(seq) from audit where court_id = $1), 0)::int as audit,
         coalesce((select max(id) from outbox), 0)::int as outbox`,
      [courtId],
    )
    return rows[0] as { audit: number; outbox: number }
  }
  const patternOf = async (courtId: number, act: (key: string) => Promise<Made>): Promise<Pattern> => {
    const { audit, outbox } = await before(courtId)
    const idempotencyKey = randomUUID()
    const { id } = await act(idempotencyKey)
    return { courtId, thingId: id, idempotencyKey, auditBefore: audit, outboxBefore: outbox }
  }
  await makeCreation(client, await patternOf(filer.courtId, (key) => post(port, '/cases', newCase(on, 0), filer, key)))
  const shown = await ask(port, getRequest(`/api/supervision-orders/${order.id}`, order.clerk.cookie))
  const { abilities } = JSON.parse(shown.body) as Made
  const extend = abilities.find(({ name }) => name === 'extend')
  const dateField = extend?.ask.find(({ type }) => type === 'date')?.name ?? 'answerOn'
  await makeAct(
    client,
    await patternOf(order.courtId, (key) =>
      post(
        port,
        `/supervision-orders/${order.id}/extend`,
        extension(order.version, dateField, addDays(on, 21)),
        order.clerk,
        key,
      ),
    ),
  )
  order.version += 1
  return dateField
}

export function extension(version: number, dateField: string, until: On) {
  return { version, [dateField]: until, reason: '案情复杂，需继续核实财产线索' }
}

/** A case as a filing clerk enters it. Its parties bear numbers of nobody. */
export function newCase(on: On, turn: number) {
  return {
    caseNumber: null,
    kind: '首次执行',
    cause: '买卖合同纠纷',
    filedOn: on,
    basisNumber: `（2021）吉0000民初${turn + 1}号`,
    amountFen: '12345600',
    judgeId: null,
    teamId: null,
    remark: null,
    creditors: [{ name: '北屏鑫源商贸有限公司', certificates: [CREDIT_CODE] }],
    debtors: [{ name: '柳河岩', certificates: [IDENTITY] }],
  }
}
