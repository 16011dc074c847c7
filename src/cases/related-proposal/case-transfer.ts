import { randomUUID } from 'node:crypto'
import { conflictsOf } from '#cases/assignment/eligibility.ts'
import { claimOf, judgesFor } from '#cases/assignment/judges.ts'
import { enforcementCase } from '#cases/case/case.ts'
import { currentFacts } from '#cases/case/case-facts.ts'
import { nextCaseNumber } from '#cases/case/case-opening.ts'
import { kindsOnCases } from '#cases/case/case-page.ts'
import { partiesOf } from '#cases/case/case-parties.ts'
import { PAPER_OF_ACT } from '#cases/documents/case-issuing.ts'
import { refreshClocks } from '#cases/node-watch/case-clock-store.ts'
import { proposeSpecialParties } from '#cases/special-party/proposals.ts'
import { identifier, jsonText, type Sql, sql } from '#kernel/database/sql.ts'
import { perform, record } from '#kernel/matter/act.ts'
import type { Acting } from '#kernel/matter/acting.ts'
import { type LinkRow, linksAsked } from '#kernel/matter/links.ts'
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
  const anew = {
    ...{ court_id: to.toCourtId, id, version: 1, opened_at: at, opener_id: null, opener_name: actor.name },
    ...{ number: number.canonical, filed_year: number.year, type_code: number.typeCode, serial: number.serial },
    ...{ holder_id: null, holder_name: null, holder_team_id: null, team_name: null, arrived_fen: null },
    ...{ closed_on: null, closing_way: null, next_node: null, next_due_on: null, open_warnings: 0, notes: [note] },
    ...{ export_as_of_on: null, export_columns: null, export_digest: null, export_state: null },
  }
  await tx.run(sql`
    insert into enforcement_case
    select moved.* from enforcement_case one, jsonb_populate_record(one, ${jsonText(anew)}::jsonb || jsonb_build_object(
      'amount_fen', case when one.amount_fen is not null
        then greatest(one.amount_fen - coalesce(one.arrived_fen, 0), 0) end,
      'jurisdiction', case when one.jurisdiction is not null then '上级指定' end)) moved
    where one.court_id = ${old.courtId} and one.id = ${old.id}`)
  for (const statement of copiesOf(old, to.toCourtId, id)) await tx.run(statement)
  await copyPapers(acting, old, to.toCourtId, id)
  await tx.run(sql`
    insert into case_transfer (court_id, id, case_id, counterpart_court_id, new_case_id, thing_id, ruling, ruled_on,
      by_name, at)
    values (${old.courtId}, ${randomUUID()}, ${old.id}, ${to.toCourtId}, ${id}, ${thing.id}, ${to.ruling},
      ${to.ruledOn}, ${actor.name}, ${at})`)
  return (await loadThing(tx, enforcementCase, id)) as Thing
}

/** What belongs to the case and is the same wherever it is; a column that comes to be goes along. */
function copiesOf(old: Thing, courtId: number, id: string): Sql[] {
  const copy = (table: string, { owner = 'case_id', anew = {}, but = sql`` } = {}) => sql`
    insert into ${identifier(table)}
    select moved.* from ${identifier(table)} one,
      jsonb_populate_record(one, ${jsonText({ court_id: courtId, [owner]: id, ...anew })}::jsonb) moved
    where one.court_id = ${old.courtId} and one.${identifier(owner)} = ${old.id} ${but}`
  return [
    copy('case_party'),
    copy('case_certificate'),
    copy('case_legal_representative'),
    copy('case_representative'),
    copy('party_address'),
    copy('case_asset'),
    copy('case_fact', { anew: { recorder_id: null }, but: sql`and one.name <> all(${OF_MONEY})` }),
    copy('clock_ledger', { owner: 'thing_id', anew: { counterpart_court_id: null } }),
  ]
}

/**
 * The papers of the file, whoever brought them, and what was issued here and stands, each in its place: a PDF with its
 * number. The register and the right to declare one void stay with the court that issued them.
 */
async function copyPapers({ tx }: Acting, old: Thing, courtId: number, id: string): Promise<void> {
  await tx.run(sql`
    insert into attachment
    select moved.* from attachment one, jsonb_populate_record(one,
      jsonb_build_object('court_id', ${courtId}::int, 'thing_id', ${id}::uuid, 'id', gen_random_uuid(), 'by_id', null)
    ) moved
    where one.court_id = ${old.courtId} and one.thing_id = ${old.id}`)
  await tx.run(sql`
    insert into attachment (court_id, id, kind, thing_id, document, name, media_type, size_bytes, digest, by_name, at)
    select ${courtId}, gen_random_uuid(), d.kind, ${id},
      coalesce(${jsonText(PAPER_OF_ACT)}::jsonb ->> d.action, 'paper'), d.title || d.number || '.pdf',
      'application/pdf', f.size_bytes, f.digest, d.issued_name, d.issued_at
    from issued_document d
      join document_file f on f.court_id = d.court_id and f.document_id = d.id and f.format = 'pdf'
    where d.court_id = ${old.courtId} and d.thing_id = ${old.id} and d.voided_at is null`)
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

/** Who is told in either court, besides the holder of the case. */
const TOLD = ['centre.clerk', 'director'] as const

/** Numbers of what is still open on the case where it was: it stays there, to be finished or taken back. */
async function stillOpen({ tx, services, thing }: Acting, old: Thing): Promise<string[]> {
  // Of a kind that one of those who are told may not read they hear nothing.
  const kinds = kindsOnCases(services.kinds).filter((kind) =>
    [...TOLD, 'team.judge' as const].every((role) => kind.readers?.includes(role)),
  )
  const found = kinds.map((kind) => {
    const stays = sql`court_id = ${old.courtId} and case_id = ${old.id} and id <> ${thing.id}`
    return tx.query<LinkRow>(linksAsked(kind, sql`${stays} and state <> all(${[...kind.ends]})`))
  })
  return (await Promise.all(found)).flat().map(({ number }) => number)
}

async function tellBoth(acting: Acting, old: Thing, moved: Thing, names: { from: string; there: string }) {
  const { tx, at } = acting
  const open = await stillOpen(acting, old)
  const rest = open.length > 0 ? `；该案未办结事项由本院办结或者撤回：${open.join('、')}` : ''
  const away = {
    courtId: old.courtId,
    title: `指定执行移送：${old.number}`,
    body: `该案移送至${names.there}，新案号${moved.number}，本院案件以终结执行报结；请移交卷宗和查封财产清单${rest}`,
    about: { kind: enforcementCase.id, courtId: old.courtId, id: old.id },
  }
  const here = {
    courtId: moved.courtId,
    title: `指定执行移入：${moved.number}`,
    body: `由${names.from}${old.number}移入，期限自原立案之日连续计算，系统内材料已随案移入；请接收卷宗和查封财产清单`,
    about: { kind: enforcementCase.id, courtId: moved.courtId, id: moved.id },
  }
  await tell(tx, at, [
    ...[away, here].flatMap((words) => TOLD.map((role) => ({ to: { role }, ...words }))),
    ...(old.holderId ? [{ to: { personId: old.holderId }, ...away }] : []),
  ])
}
