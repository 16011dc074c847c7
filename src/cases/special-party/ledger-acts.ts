import { explainDue } from '#kernel/clock-rule/due.ts'
import { ruleOn } from '#kernel/clock-rule/rule.ts'
import { sql } from '#kernel/database/sql.ts'
import type { Acting } from '#kernel/matter/acting.ts'
import { saveThing } from '#kernel/matter/store.ts'
import { fieldProblem, problem } from '#kernel/problem/problem.ts'
import type { On } from '#kernel/time/time.ts'
import { ensureMonth, monthEndOf } from './report-month.ts'

// What each act on the ledger writes beyond its state.

interface CaseRow {
  id: string
  number: string
  state: string
  filed_on: On
  amount_fen: bigint | null
  holder_id: string | null
  holder_name: string | null
  holder_team_id: string | null
  has_party: boolean
}

/** A case of the own court, still to be enforced, with such a party, and not in this ledger already. */
export async function enter(acting: Acting): Promise<void> {
  const { tx, kind, thing, actor } = acting
  const one = await tx.maybe<CaseRow>(sql`
    select id, number, state, filed_on, amount_fen, holder_id, holder_name, holder_team_id, exists (
      select from case_party p where p.court_id = c.court_id and p.case_id = c.id and p.name = ${thing.values.party}
    ) as has_party
    from enforcement_case c where court_id = ${thing.courtId} and id = ${thing.caseId} for no key update`)
  if (!one) throw problem('case.unknown', {}, { fields: [{ path: 'caseNumber', message: '本院没有该案号的案件' }] })
  if (one.state === 'closed')
    throw problem('special-party.case-closed', {}, { fields: [{ path: 'caseNumber', message: '该案已结' }] })
  if (actor.kind === 'person' && !one.has_party)
    throw fieldProblem([{ path: 'party', message: '该案当事人中没有这个名称' }])
  const { category } = thing.values
  const taken = await tx.run(sql`
    insert into special_party_open (court_id, case_id, category) values (${thing.courtId}, ${one.id}, ${category})
    on conflict do nothing`)
  if (taken === 0) throw problem('special-party.listed-already', { category: String(category) })
  await saveThing(tx, kind, thing, {
    amount_fen: thing.values.amountFen ?? one.amount_fen,
    holder_id: one.holder_id,
    holder_name: one.holder_name,
    holder_team_id: one.holder_team_id,
  })
}

/** 确认列入: from this day on it counts; the month's report waits for its end. */
export async function confirmEntry(acting: Acting): Promise<void> {
  const { tx, kind, thing, on } = acting
  await saveThing(tx, kind, thing, { listed_on: on, paid_fen: 0n })
  await ensureMonth(acting, thing.courtId, monthEndOf(on))
}

/** 登记措施 */
export async function noteMeasure(acting: Acting): Promise<void> {
  await checkDays(acting)
}

/** 登记进展: what was paid is added to what had been paid. */
export async function noteProgress(acting: Acting): Promise<void> {
  await checkDays(acting)
  const paid = acting.answers.nowPaidFen
  if (typeof paid !== 'bigint') return
  const before = acting.thing.values.paidFen
  await saveThing(acting.tx, acting.kind, acting.thing, { paid_fen: paid + (typeof before === 'bigint' ? before : 0n) })
}

/** 报请清理: with the day on which it was cleared, which has come. */
export async function reportClearance(acting: Acting): Promise<void> {
  await checkPast(acting, 'clearedOn')
}

/** 退回: it is followed up again, and what was reported no longer stands. */
export async function takeUpAgain(acting: Acting): Promise<void> {
  checkNext(acting)
  await saveThing(acting.tx, acting.kind, acting.thing, { cleared_on: null, cleared_way: null, cleared_fen: null })
}

/** It leaves: the case may be proposed for this ledger again on another ground, or entered by hand. */
export async function leave({ tx, kind, thing, on }: Acting): Promise<void> {
  if (thing.values.listedOn !== null) await saveThing(tx, kind, thing, { left_on: on })
  await tx.run(sql`
    delete from special_party_open
    where court_id = ${thing.courtId} and case_id = ${thing.caseId} and category = ${thing.values.category}`)
}

async function checkDays(acting: Acting): Promise<void> {
  await checkPast(acting, 'on')
  checkNext(acting)
}

/** A day that has come and is not before the case was filed. */
async function checkPast({ tx, thing, answers, on }: Acting, path: string): Promise<void> {
  const day = String(answers[path])
  if (day > on) throw problem('case.fact-future', {}, { fields: [{ path, message: '不能晚于今天' }] })
  const one = await tx.maybe<{ filed_on: On }>(sql`
    select filed_on from enforcement_case where court_id = ${thing.courtId} and id = ${thing.caseId}`)
  if (one && day < one.filed_on) throw fieldProblem([{ path, message: `不能早于立案日期${one.filed_on}` }])
}

/** The next look at it comes, and comes within the limit that a case without any note would have. */
function checkNext({ answers, on, services }: Acting): void {
  const next = String(answers.nextOn)
  if (next <= on) throw fieldProblem([{ path: 'nextOn', message: '应晚于今天' }])
  const { rules, calendar } = services.law.now()
  const none = { startFact: '', startOn: on, suspensions: [], extensions: [], calendar }
  const { dueOn } = explainDue({ rule: ruleOn(rules, 'special-party.follow-up', on), ...none })
  if (dueOn !== null && next > dueOn)
    throw problem('special-party.next-late', { dueOn }, { fields: [{ path: 'nextOn', message: `最迟${dueOn}` }] })
}
