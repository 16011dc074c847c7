import { voidPending } from '#kernel/approval/approval.ts'
import { carryOver } from '#kernel/attachments/attachments.ts'
import { sql } from '#kernel/database/sql.ts'
import type { Acting } from '#kernel/matter/acting.ts'
import type { FieldValue } from '#kernel/matter/field.ts'
import type { Thing } from '#kernel/matter/matter.ts'
import { openKind } from '#kernel/matter/open.ts'
import { lockThing, saveThing } from '#kernel/matter/store.ts'
import { tell } from '#kernel/notifications/tell.ts'
import { fieldProblem, problem } from '#kernel/problem/problem.ts'
import type { On } from '#kernel/time/time.ts'

// What moves between the orders of a chain: the target of each, the time that is left, the papers that come back.

const TARGET_FIELDS: Readonly<Record<string, string>> = { 承办人: 'handler', 团队: 'team', 下级法院: 'otherCourt' }

/** The target and its field agree; only the clockwork may raise an order whose case has no known judge or team. */
export async function checkTarget(acting: Acting): Promise<void> {
  const { values } = acting.thing
  const wanted = TARGET_FIELDS[String(values.target)]
  for (const name of Object.values(TARGET_FIELDS)) {
    const given = values[name] !== null
    if (given && name !== wanted)
      throw problem('supervision.target', {}, { fields: [{ path: name, message: '与督办对象不一致' }] })
    if (!given && name === wanted && acting.actor.kind === 'person') {
      throw problem('supervision.target', {}, { fields: [{ path: name, message: '请选择' }] })
    }
  }
  await checkLimit(acting)
}

/** A limit lies ahead, and within the time that the court above has left. */
export async function checkLimit(acting: Acting): Promise<void> {
  const limit = acting.thing.values.answerOn
  if (typeof limit !== 'string') return
  if (limit < acting.on) throw fieldProblem([{ path: 'answerOn', message: '回复期限不能早于今天' }])
  const above = acting.thing.parent
  const latest = above && (await dueOf(acting, above))
  if (latest && limit > latest && latest >= acting.on) throw problem('supervision.time-left', { limit: latest })
}

/** Opens the order below: same matter, the time that is left, this court as its issuer. */
export async function passDown(acting: Acting): Promise<void> {
  const { answers, thing, actor, on } = acting
  const latest = await dueOf(acting, thing)
  const wanted = answers.answerBy
  const left = latest && latest < on ? on : latest
  const child = await openKind(
    acting,
    'supervision-order',
    {
      source: sourceBelow(acting, thing.values),
      target: answers.toTarget ?? null,
      handler: answers.toPerson ?? null,
      team: answers.toTeam ?? null,
      otherCourt: answers.toCourt ?? null,
      caseNumber: thing.values.caseNumber ?? null,
      node: thing.values.node ?? null,
      requirement: answers.toRequirement ?? null,
      answerOn: typeof wanted === 'string' ? wanted : left,
    },
    {
      courtId: actor.courtId,
      parent: { courtId: thing.courtId, id: thing.id, kind: acting.kind.id },
      caseId: thing.caseId,
    },
  )
  acting.audit.push({
    verb: 'supervision-order.passOn',
    thing: { kind: acting.kind.id, id: child.id, label: child.number },
    summary: { 上级事项: thing.number },
  })
}

/** What came from a court above stays marked as such on its way down. */
function sourceBelow(acting: Acting, values: Readonly<Record<string, FieldValue>>): FieldValue {
  if (acting.thing.courtId === acting.actor.courtId || values.source === '最高法院督办') return values.source ?? null
  return '上级督办'
}

/** When the order below is done, its papers and its words go up, and the court's centre is told to answer. */
export async function answerUp(acting: Acting): Promise<void> {
  const above = acting.thing.parent
  if (!above) return
  const parent = await lockThing(acting.tx, acting.kind, above.id)
  if (!parent || acting.kind.ends.includes(parent.state)) return
  await voidPending(acting, parent)
  await saveThing(acting.tx, acting.kind, parent, { reply: acting.thing.values.reply ?? null })
  await carryOver(acting.tx, acting.thing, acting.kind.id, parent, 'proof')
  await tell(acting.tx, acting.at, [
    {
      courtId: acting.actor.courtId,
      to: { role: 'centre.clerk' },
      title: `转办事项已办结：${acting.thing.number}`,
      body: `请就${parent.number}向发起方回复，回复材料已带入`,
      about: { kind: acting.kind.id, courtId: parent.courtId, id: parent.id },
    },
  ])
}

async function dueOf(acting: Acting, order: Pick<Thing, 'courtId' | 'id'>): Promise<On | null> {
  const row = await acting.tx.maybe<{ due_on: On | null }>(sql`
    select due_on from clock where court_id = ${order.courtId} and thing_id = ${order.id} and name = 'answer'
    order by round desc limit 1`)
  return row?.due_on ?? null
}
