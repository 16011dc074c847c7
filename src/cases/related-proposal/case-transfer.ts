import { randomUUID } from 'node:crypto'
import { conflictsOf } from '#cases/assignment/eligibility.ts'
import { claimOf, judgesFor } from '#cases/assignment/judges.ts'
import { enforcementCase } from '#cases/case/case.ts'
import { currentFacts } from '#cases/case/case-facts.ts'
import { nextCaseNumber } from '#cases/case/case-opening.ts'
import { partiesOf } from '#cases/case/case-parties.ts'
import { refreshClocks } from '#cases/node-watch/case-clock-store.ts'
import { proposeSpecialParties } from '#cases/special-party/proposals.ts'
import { type Sql, sql } from '#kernel/database/sql.ts'
import { perform, record } from '#kernel/matter/act.ts'
import type { Acting } from '#kernel/matter/acting.ts'
import type { Thing } from '#kernel/matter/matter.ts'
import { loadThing } from '#kernel/matter/store.ts'
import { tell } from '#kernel/notifications/tell.ts'
import { courtOf } from '#kernel/organisation/courts.ts'
import { problem } from '#kernel/problem/problem.ts'

// One case by 指定执行 into another court: closed where it was, gone on with there under a number of that court. Its facts
// go with it, the day of its filing, its suspensions and extensions too: each limit ends there on the day on which it
// would have ended here. Its money stays where it came in: there, what is still owed is asked.

/** Facts of money that stay with the case where it came in. */
const OF_MONEY = ['funds-arrived', 'funds-disbursed']

export interface Transfer {
  toCourtId: number
  ruling: string
  ruledOn: string
  /** The judge of the cases that are there already. */
  judgeId: string | null
}

/** Moves a case that the caller has locked; gives it as it stands there. */
export async function transferCase(acting: Acting, old: Thing, to: Transfer): Promise<Thing> {
  await refuseHeldMoney(acting, old)
  const [from, there] = [await courtOf(acting.tx, old.courtId), await courtOf(acting.tx, to.toCourtId)]
  const moved = await copyCase(acting, old, to, `由${from.name}${old.number}依${to.ruling}指定执行移入`)
  const named = { on: acting.on, way: '终结执行' }
  const basis = { 依据: to.ruling, 移送至: `${there.name}${moved.number}` }
  await perform(acting, enforcementCase, old, 'close', named, basis)
  await acting.tx.run(sql`
    update enforcement_case set notes = notes || ${`依${to.ruling}指定执行，移送至${there.name}${moved.number}`}::text
    where court_id = ${old.courtId} and id = ${old.id}`)
  const told = { kind: enforcementCase, thing: moved, before: null }
  const origin = { 原法院: from.name, 原案号: old.number, 指定执行裁定: to.ruling, 裁定日期: to.ruledOn }
  await record({ ...acting, ...told }, 'open', '指定执行移入', origin, null)
  await refreshClocks(acting, [moved])
  const parties = await partiesOf(acting.tx, moved)
  await proposeSpecialParties(acting, moved.courtId, [{ id: moved.id, number: moved.number, parties }])
  await giveToJudge(acting, moved, to.judgeId)
  await tellBoth(acting, old, moved, { from: from.name, there: there.name })
  return moved
}

/** Money that came in and was not paid out is paid out by the court that holds it, before the case leaves. */
async function refuseHeldMoney({ tx }: Acting, old: Thing): Promise<void> {
  const facts = await currentFacts(tx, old)
  if (facts.get('funds-arrived')?.on && !facts.get('funds-disbursed')?.on)
    throw problem('related.money-held', { number: old.number })
}

async function copyCase(acting: Acting, old: Thing, to: Transfer, note: string): Promise<Thing> {
  const { tx, at, on, actor, thing } = acting
  const id = randomUUID()
  const number = await nextCaseNumber(tx, to.toCourtId, String(old.values.caseKind), on)
  await tx.run(sql`
    insert into enforcement_case (court_id, id, number, state, opened_at, opener_name, filed_year, type_code, serial,
      case_kind, cause, filed_on, basis_number, amount_fen, remark, to_correct, notes, creditor_names, debtor_names,
      basis_kind, basis_maker, basis_effective_on, perform_by, duty, jurisdiction, track, track_reason, track_on)
    select ${to.toCourtId}, ${id}, ${number.canonical}, state, ${at}, ${actor.name}, ${number.year},
      ${number.typeCode}, ${number.serial}, case_kind, cause, filed_on, basis_number,
      greatest(amount_fen - coalesce(arrived_fen, 0), 0), remark, to_correct, array[${note}], creditor_names,
      debtor_names, basis_kind, basis_maker, basis_effective_on, perform_by, duty,
      case when jurisdiction is not null then '上级指定' end, track, track_reason, track_on
    from enforcement_case where court_id = ${old.courtId} and id = ${old.id}`)
  for (const statement of copiesOf(old, to.toCourtId, id)) await tx.run(statement)
  await tx.run(sql`
    insert into case_transfer (court_id, id, case_id, counterpart_court_id, new_case_id, thing_id, ruling, ruled_on,
      by_name, at)
    values (${old.courtId}, ${randomUUID()}, ${old.id}, ${to.toCourtId}, ${id}, ${thing.id}, ${to.ruling},
      ${to.ruledOn}, ${actor.name}, ${at})`)
  return (await loadThing(tx, enforcementCase, id)) as Thing
}

/** What belongs to the case and is the same wherever it is. */
function copiesOf(old: Thing, courtId: number, id: string): Sql[] {
  const own = sql`court_id = ${old.courtId} and case_id = ${old.id}`
  return [
    sql`insert into case_party (court_id, case_id, seq, side, name, plain_name, grams, initials)
      select ${courtId}, ${id}, seq, side, name, plain_name, grams, initials from case_party where ${own}`,
    sql`insert into case_certificate (court_id, case_id, party_seq, seq, type, number, valid)
      select ${courtId}, ${id}, party_seq, seq, type, number, valid from case_certificate where ${own}`,
    sql`insert into case_legal_representative (court_id, case_id, plain_name, party, name, type, number, valid,
        recorded_name, recorded_at)
      select ${courtId}, ${id}, plain_name, party, name, type, number, valid, recorded_name, recorded_at
      from case_legal_representative where ${own}`,
    sql`insert into case_representative (court_id, case_id, seq, party, name, firm, recorded_name, recorded_at)
      select ${courtId}, ${id}, seq, party, name, firm, recorded_name, recorded_at
      from case_representative where ${own}`,
    sql`insert into case_asset (court_id, case_id, key, source_id)
      select ${courtId}, ${id}, key, source_id from case_asset where ${own}`,
    sql`insert into case_fact (court_id, case_id, seq, name, fact_on, source, reason, recorder_name, recorded_at)
      select ${courtId}, ${id}, seq, name, fact_on, source, reason, recorder_name, recorded_at
      from case_fact where ${own} and name <> all(${OF_MONEY})`,
    sql`insert into clock_ledger (court_id, thing_id, seq, entry, clock_name, from_on, to_on, n, unit, ground,
        approved_by, recorded_at)
      select ${courtId}, ${id}, seq, entry, clock_name, from_on, to_on, n, unit, ground, approved_by, recorded_at
      from clock_ledger where court_id = ${old.courtId} and thing_id = ${old.id}`,
  ]
}

/** To the judge of the other cases, unless he must recuse himself: then it waits to be assigned. */
async function giveToJudge(acting: Acting, moved: Thing, judgeId: string | null): Promise<void> {
  if (judgeId === null) return
  const claim = await claimOf(acting.tx, moved)
  const [judge] = await judgesFor(acting, moved.courtId, claim, judgeId)
  if (!judge || conflictsOf(judge, claim).length > 0) return
  const named = { handler: judgeId, reason: `关联案件集中办理（${acting.thing.number}）` }
  await perform(acting, enforcementCase, moved, 'changeHandler', named, { 依据: acting.thing.number })
}

async function tellBoth({ tx, at }: Acting, old: Thing, moved: Thing, names: { from: string; there: string }) {
  const roles = ['centre.clerk', 'director'] as const
  const away = {
    courtId: old.courtId,
    title: `指定执行移送：${old.number}`,
    body: `该案移送至${names.there}，新案号${moved.number}，本院案件以终结执行报结；请移交卷宗和查封财产清单`,
    about: { kind: enforcementCase.id, courtId: old.courtId, id: old.id },
  }
  const here = {
    courtId: moved.courtId,
    title: `指定执行移入：${moved.number}`,
    body: `由${names.from}${old.number}移入，期限自原立案之日连续计算；请接收卷宗和查封财产清单`,
    about: { kind: enforcementCase.id, courtId: moved.courtId, id: moved.id },
  }
  await tell(tx, at, [
    ...[away, here].flatMap((words) => roles.map((role) => ({ to: { role }, ...words }))),
    ...(old.holderId ? [{ to: { personId: old.holderId }, ...away }] : []),
  ])
}
