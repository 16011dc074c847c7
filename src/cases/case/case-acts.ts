import { refreshClocks } from '#cases/node-watch/case-clock-store.ts'
import { remindEntries } from '#cases/special-party/ledger-follow.ts'
import { identifier, sql } from '#kernel/database/sql.ts'
import type { Acting } from '#kernel/matter/acting.ts'
import { columnOf } from '#kernel/matter/field.ts'
import { fieldProblem, problem } from '#kernel/problem/problem.ts'
import type { On } from '#kernel/time/time.ts'
import { appendFact, currentFacts, type FactRow } from './case-facts.ts'
import { EARLIEST_ON } from './earliest.ts'
import { factLabelled } from './fact-choices.ts'
import { FACTS, type FactName } from './fact-names.ts'
import { toCorrectAfterChange } from './to-correct.ts'

// What each act on a case writes beyond its state: a dated fact first, then the clocks that follow from it.

/** 登记节点（第十七条）: a fact that has no date yet; for 案款到账 with its amount in fen. Refuses a date out of order. */
export async function recordNode(acting: Acting): Promise<void> {
  const name = factLabelled(String(acting.answers.node))
  const on = pastDate(acting, 'on')
  const facts = await currentFacts(acting.tx, acting.thing)
  if (facts.get(name)?.on) throw problem('case.fact-exists')
  checkOrder(facts, name, on)
  const amountFen = name === 'funds-arrived' ? ((acting.answers.arrivedFen as bigint | null) ?? null) : null
  if (name === 'funds-arrived' && amountFen === null)
    throw fieldProblem([{ path: 'arrivedFen', message: '请填写到账金额' }])
  await appendFact(acting, { name, on, amountFen, source: 'hand', reason: null })
  if (amountFen !== null) await setColumn(acting, 'arrived_fen', amountFen)
  await refreshClocks(acting, [acting.thing])
}

/** 更正日期: another date, or none, for any fact; the reason stays with it and the earlier entry on record. */
export async function correctDate(acting: Acting): Promise<void> {
  const name = factLabelled(String(acting.answers.fact))
  const on = acting.answers.on === null ? null : pastDate(acting, 'on')
  const facts = await currentFacts(acting.tx, acting.thing)
  const known = facts.get(name)
  if ((known?.on ?? null) === on) throw problem('case.fact-same')
  if (name === 'filed' && on === null) throw fieldProblem([{ path: 'on', message: '立案日期不能为空' }])
  if (on !== null) checkOrder(facts, name, on)
  await appendFact(acting, {
    name,
    on,
    amountFen: known?.amountFen ?? null,
    source: 'correction',
    reason: String(acting.answers.reason),
  })
  if (name === 'filed' && on !== null) await setColumn(acting, 'filed_on', on)
  if (name === 'closed') await setColumn(acting, 'closed_on', on)
  if (name === 'suspended') await moveSuspension(acting, known?.on ?? null, on)
  await reviewFlags(acting)
  await refreshClocks(acting, [acting.thing])
}

/** 中止 from a day on: the case's clocks are held until it is resumed (审限规定第九条). */
export async function suspend(acting: Acting): Promise<void> {
  const on = pastDate(acting, 'on')
  checkOrder(await currentFacts(acting.tx, acting.thing), 'suspended', on)
  await appendFact(acting, {
    name: 'suspended',
    on,
    amountFen: null,
    source: 'hand',
    reason: String(acting.answers.ground),
  })
  await acting.tx.run(sql`
    insert into clock_ledger (court_id, thing_id, seq, entry, from_on, ground, approved_by, recorded_at)
    values (${acting.thing.courtId}, ${acting.thing.id}, ${await nextLedgerSeq(acting)}, 'suspension', ${on},
      ${String(acting.answers.ground)}, ${acting.actor.name}, ${acting.at})`)
  await refreshClocks(acting, [acting.thing])
}

/** 恢复计算: ends the open suspension; the day of resumption counts again. */
export async function resume(acting: Acting): Promise<void> {
  const on = pastDate(acting, 'on')
  const open = await acting.tx.maybe<{ seq: number; from_on: On }>(sql`
    select seq, from_on from clock_ledger where court_id = ${acting.thing.courtId} and thing_id = ${acting.thing.id}
      and entry = 'suspension' and clock_name is null and to_on is null order by seq desc limit 1`)
  if (open && on < open.from_on) throw problem('case.date-order', { later: '恢复日期', earlier: '中止日期' })
  await appendFact(acting, { name: 'resumed', on, amountFen: null, source: 'hand', reason: null })
  if (open) {
    await acting.tx.run(sql`
      update clock_ledger set to_on = ${on}
      where court_id = ${acting.thing.courtId} and thing_id = ${acting.thing.id} and seq = ${open.seq}`)
  }
  await refreshClocks(acting, [acting.thing])
}

/** 延长执行期限 by whole months, approved by the president (期限规定第一条). */
export async function extendLimit(acting: Acting): Promise<void> {
  const months = Number(acting.answers.months)
  await acting.tx.run(sql`
    insert into clock_ledger (court_id, thing_id, seq, entry, clock_name, from_on, n, unit, ground, approved_by,
      recorded_at)
    values (${acting.thing.courtId}, ${acting.thing.id}, ${await nextLedgerSeq(acting)}, 'extension', '执行期限',
      ${acting.on}, ${months}, 'month', ${String(acting.answers.reason)}, ${acting.actor.name}, ${acting.at})`)
  await refreshClocks(acting, [acting.thing])
}

/** 结案 and 终结本次执行程序: its day and way; what was missed by then stays in the record. */
export async function close(acting: Acting): Promise<void> {
  const on = pastDate(acting, 'on')
  checkOrder(await currentFacts(acting.tx, acting.thing), 'closed', on)
  const way = acting.thing.state === 'terminated' ? '终结本次执行程序' : String(acting.answers.way)
  await appendFact(acting, { name: 'closed', on, amountFen: null, source: 'hand', reason: null })
  await acting.tx.run(sql`
    update enforcement_case set closed_on = ${on}, closing_way = ${way}
    where court_id = ${acting.thing.courtId} and id = ${acting.thing.id}`)
  await refreshClocks(acting, [acting.thing])
  await remindEntries(acting)
}

/** Fields that were left empty stay as they are; what the change mends is no longer flagged. */
export async function change(acting: Acting): Promise<void> {
  const kept = Object.entries(acting.answers).filter(([name, value]) => value === null && name !== 'reason')
  const before = acting.previous?.values ?? {}
  for (const [name] of kept) await setColumn(acting, columnOf(name), before[name] ?? null)
  await reviewFlags(acting)
  await refreshClocks(acting, [acting.thing])
}

/** The ledger follows a corrected day of suspension; one that never was ends on the day it began. */
async function moveSuspension(acting: Acting, from: On | null, to: On | null): Promise<void> {
  const { thing } = acting
  // An open suspension stays open: greatest() would take the new day for its end.
  const change =
    to === null ? sql`to_on = from_on` : sql`from_on = ${to}, to_on = case when to_on < ${to} then ${to} else to_on end`
  await acting.tx.run(sql`
    update clock_ledger set ${change} where court_id = ${thing.courtId} and thing_id = ${thing.id}
      and entry = 'suspension' and clock_name is null and from_on = ${from}`)
}

async function reviewFlags(acting: Acting): Promise<void> {
  const flags = await toCorrectAfterChange(acting)
  await setColumn(acting, 'to_correct', flags)
}

async function setColumn(acting: Acting, column: string, value: unknown): Promise<void> {
  await acting.tx.run(sql`
    update enforcement_case set ${identifier(column)} = ${value}
    where court_id = ${acting.thing.courtId} and id = ${acting.thing.id}`)
}

async function nextLedgerSeq(acting: Acting): Promise<number> {
  const row = await acting.tx.one<{ seq: number }>(sql`
    select coalesce(max(seq), 0) + 1 as seq from clock_ledger
    where court_id = ${acting.thing.courtId} and thing_id = ${acting.thing.id}`)
  return row.seq
}

function pastDate(acting: Acting, name: string): On {
  const on = String(acting.answers[name])
  if (on > acting.on) throw problem('case.fact-future', {}, { fields: [{ path: name, message: '不能晚于今天' }] })
  if (on < EARLIEST_ON) throw fieldProblem([{ path: name, message: `不能早于${EARLIEST_ON}` }])
  return on
}

/** A fact can't lie before the filing, nor a payment before the arrival, nor the filing before the application. */
function checkOrder(facts: ReadonlyMap<FactName, FactRow>, name: FactName, on: On): void {
  const filedOn = facts.get('filed')?.on
  if (name === 'application-received' && filedOn && on > filedOn) refuseOrder('filed', 'application-received')
  const earlier = BEFORE[name] === undefined ? 'filed' : BEFORE[name]
  const bound = earlier && facts.get(earlier)?.on
  if (bound && on < bound) refuseOrder(name, earlier)
}

/** What comes before a fact where that is not the filing. */
const BEFORE: Partial<Record<FactName, FactName | null>> = {
  'application-received': null,
  filed: 'application-received',
  'funds-disbursed': 'funds-arrived',
}

function refuseOrder(later: FactName, earlier: FactName): never {
  throw problem('case.date-order', { later: FACTS[later].label, earlier: FACTS[earlier].label })
}
