import { checkReceived } from '#cases/assignment/case-assignment.ts'
import { enforcementCase } from '#cases/case/case.ts'
import { sql } from '#kernel/database/sql.ts'
import { perform } from '#kernel/matter/act.ts'
import type { Acting, Session } from '#kernel/matter/acting.ts'
import type { FieldValue } from '#kernel/matter/field.ts'
import type { Thing } from '#kernel/matter/matter.ts'
import { lockThing } from '#kernel/matter/store.ts'
import { type Message, tell } from '#kernel/notifications/tell.ts'
import { courtNames, courtOf } from '#kernel/organisation/courts.ts'
import { problem } from '#kernel/problem/problem.ts'
import { transferCase } from './case-transfer.ts'
import { type ChosenCase, checkStillRelated, chosenCases, releaseCases } from './chosen-cases.ts'
import { refuseClosed } from './related-cases.ts'
import type { Candidate } from './relation-rules.ts'

type Answers = Readonly<Record<string, FieldValue>>

/** 集中至本院同一团队: every case goes to one handler and his team in this transaction, or none does. */
export async function concentrate(acting: Acting): Promise<void> {
  const { tx, thing } = acting
  const rows = await chosenCases(tx, thing)
  const cases: Thing[] = []
  for (const id of rows.map(({ case_id }) => case_id).toSorted()) {
    cases.push((await lockThing(tx, enforcementCase, id)) as Thing)
  }
  refuseClosed(cases.map(({ number, state }) => ({ number, state: state as Candidate['state'] })))
  await checkStillRelated(acting, thing)
  for (const one of cases) if (one.holderId !== acting.answers.handler) await handOver(acting, one)
  await releaseCases(tx, thing)
}

/** 变更承办人 on one case, by the decision on the proposal; its clocks and money follow from facts that stay. */
async function handOver(acting: Acting, one: Thing): Promise<void> {
  const { thing, answers } = acting
  await checkReceived(acting, one)
  const named = { handler: answers.handler as string, reason: `关联案件集中办理（${thing.number}）` }
  await perform(acting, enforcementCase, one, 'changeHandler', named, { 依据: thing.number })
}

/**
 * 集中至同一法院: the decision of the court above is on record, and every other court is told of it with its own cases'
 * numbers alone. No case moves yet: that takes a ruling, and the cases stay with the proposal until there is one.
 */
export async function recordDecision(acting: Acting): Promise<void> {
  const { tx, thing, actor, at } = acting
  const cases = await checkStillRelated(acting, thing)
  const [own, above] = [await courtOf(tx, thing.courtId), await courtOf(tx, actor.courtId)]
  const others = Map.groupBy(
    cases.filter((one) => one.case_court_id !== thing.courtId),
    (one) => one.case_court_id,
  )
  const messages = [...others].flatMap(([courtId, rows]): Message[] => {
    const numbers = rows.map(({ number }) => number).join('、')
    const words = {
      title: `上级法院同意关联案件集中：${numbers}`,
      body: `${above.name}同意你院上列案件与${own.name}案件集中至${thing.values.designated}执行，移送以指定执行裁定为准`,
      about: { kind: enforcementCase.id, courtId, id: (rows[0] as ChosenCase).case_id },
    }
    return (['centre.clerk', 'director'] as const).map((role) => ({ courtId, to: { role }, ...words }))
  })
  await tell(tx, at, messages)
}

/** 指定执行裁定: every case of another court moves to the designated one in this transaction, or none does. */
export async function carryOutRuling(acting: Acting): Promise<void> {
  const { tx, thing, actor, answers, on, noted } = acting
  const ruledOn = String(answers.ruledOn)
  if (ruledOn > on) throw problem('case.fact-future', {}, { fields: [{ path: 'ruledOn', message: '不能晚于今天' }] })
  const rows = await chosenCases(tx, thing)
  if (!rows.every((one) => actor.courtIds.includes(one.case_court_id))) throw problem('related.not-above')
  const { courts } = await courtNames(tx)
  const cases: Thing[] = []
  for (const id of rows.map(({ case_id }) => case_id).toSorted()) {
    cases.push((await lockThing(tx, enforcementCase, id)) as Thing)
  }
  refuseClosed(cases.map(({ number, state }) => ({ number, state: state as Candidate['state'] })))
  await checkStillRelated(acting, thing)
  const there = cases.filter(({ courtId }) => courts.get(courtId)?.name === thing.values.designated)
  const [first] = there
  if (!first) throw problem('related.way')
  const judgeId = there.find(({ holderId }) => holderId !== null)?.holderId ?? null
  const to = { toCourtId: first.courtId, ruling: String(answers.ruling), ruledOn, judgeId }
  const moved: string[] = []
  for (const one of cases.filter(({ courtId }) => courtId !== first.courtId)) {
    const after = await transferCase(acting, one, to)
    moved.push(`${one.number}→${after.number}`)
  }
  await releaseCases(tx, thing)
  noted.移送案件 = moved.join('；')
}

/** The nearest court that stands above all courts concerned; null where none is above the proposal's own. */
export async function commonSuperior({ tx }: Session, thing: Thing): Promise<number | null> {
  const cases = await chosenCases(tx, thing)
  const found = await tx.maybe<{ id: number }>(sql`
    select c.id from court c join court own on own.id = ${thing.courtId}
    where c.id = any(own.line) and c.id <> own.id and not exists (
      select from court k where k.id = any(${cases.map((one) => one.case_court_id)}) and not (c.id = any(k.line)))
    order by array_length(c.line, 1) desc limit 1`)
  return found?.id ?? null
}

/** What a decision would do, for whoever takes it. */
export async function previewConcentration(session: Session, thing: Thing, answers: Answers) {
  const cases = await chosenCases(session.tx, thing)
  const to = thing.values.designated ?? (await handlerNamed(session, thing.courtId, answers.handler))
  return [
    { label: '集中案件', value: cases.map(({ number }) => number).join('、') },
    { label: '集中至', value: String(to) },
  ]
}

async function handlerNamed({ tx }: Session, courtId: number, id: FieldValue | undefined): Promise<string> {
  const found = await tx.maybe<{ name: string }>(
    sql`select name from person where court_id = ${courtId} and id = ${id ?? null}`,
  )
  return found?.name ?? '—'
}
