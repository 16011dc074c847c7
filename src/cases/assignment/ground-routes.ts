import { randomUUID } from 'node:crypto'
import { z } from 'zod'
import { plainName } from '#cases/case/name-grams.ts'
import { holdsRole, type PersonActor } from '#kernel/authorisation/may.ts'
import { BUSINESS_ROLES, type Role } from '#kernel/authorisation/roles.ts'
import type { Row } from '#kernel/database/database.ts'
import { allOf, type Sql, sql } from '#kernel/database/sql.ts'
import { pageOf, readCursor } from '#kernel/http/page.ts'
import { type Call, type Route, route } from '#kernel/http/route.ts'
import { fieldProblem, problem } from '#kernel/problem/problem.ts'
import { addDays, type On } from '#kernel/time/time.ts'
import { DECLARATION_READERS, GROUND_KINDS, GROUNDS, type GroundBody, groundBody, mayKeep } from './grounds.ts'
import { judgesOn } from './judges.ts'
import { type GroundKindView, type GroundView, groundList, groundView } from './wire.ts'

// 分案情况: leave, specialism, what judges declare for 回避. What a judge declares of himself is read by him and by those
// who answer for assignments; everybody of the court sees who is away and who has which specialism.

const idParam = z.strictObject({ id: z.uuid('编号格式有误') })
const listQuery = z.strictObject({
  kind: z.enum(GROUND_KINDS).optional(),
  judge: z.uuid().optional(),
  /** Also those that have ended. */
  past: z.enum(['true']).optional(),
  after: z.string().max(400).optional(),
  limit: z.coerce.number().int().min(1).max(200).default(50),
})
const endBody = z.strictObject({
  reason: z.string('请填写理由').trim().min(1, '请填写理由').max(200, '不能超过200字'),
})

/** Whoever may enter or end any of them. */
const KEEPERS: readonly Role[] = ['team.judge', 'team.head', 'centre.clerk', 'centre.head', 'director']

export function groundRoutes(): Route[] {
  return [
    route({
      method: 'GET',
      path: '/assignment-grounds',
      summary: '请假、专长与回避申报',
      articles: ['10'],
      access: BUSINESS_ROLES,
      query: listQuery,
      reply: groundList,
      handle: listGrounds,
    }),
    route({
      method: 'POST',
      path: '/assignment-grounds',
      summary: '登记请假、专长或申报回避',
      articles: ['10'],
      access: KEEPERS,
      body: groundBody,
      reply: groundView,
      status: 201,
      handle: enterGround,
    }),
    route({
      method: 'POST',
      path: '/assignment-grounds/:id/end',
      summary: '终止请假、专长或回避申报',
      articles: ['10'],
      access: KEEPERS,
      params: idParam,
      body: endBody,
      reply: groundView,
      handle: endGround,
    }),
  ]
}

/** What this reader may see of his court's. */
function visible(actor: PersonActor): Sql {
  return allOf([
    sql`g.court_id = ${actor.courtId}`,
    !holdsRole(actor, DECLARATION_READERS) &&
      sql`(g.kind in ('leave', 'specialism') or g.person_id = ${actor.personId})`,
  ])
}

const COLUMNS = sql`g.*, p.name as judge, to_json(g.recorded_at) #>> '{}' as sort_key`

async function listGrounds(call: Call<unknown, z.infer<typeof listQuery>, unknown>) {
  const { tx, actor, on, query } = call
  const cursor = readCursor(query.after)
  const rows = await tx.query<Row>(sql`
    select ${COLUMNS} from assignment_ground g join person p on p.court_id = g.court_id and p.id = g.person_id
    where ${allOf([
      visible(actor),
      query.kind !== undefined && sql`g.kind = ${query.kind}`,
      query.judge !== undefined && sql`g.person_id = ${query.judge}`,
      query.past === undefined && sql`(g.to_on is null or g.to_on >= ${on})`,
      cursor && sql`(g.recorded_at, g.id) < (${cursor.key}::timestamptz, ${cursor.id}::uuid)`,
    ])}
    order by g.recorded_at desc, g.id desc limit ${query.limit + 1}`)
  const { page, next } = pageOf(rows, query.limit, (row) => ({ key: row.sort_key as string, id: row.id as string }))
  return { items: page.map((row) => viewOf(row, actor, on)), next, kinds: kindsFor(actor) }
}

function kindsFor(actor: PersonActor): GroundKindView[] {
  return GROUND_KINDS.map((kind) => {
    const { label, about, reasons, by } = GROUNDS[kind]
    const enters = holdsRole(actor, by) ? 'others' : mayKeep(actor, kind, actor.personId) ? 'own' : null
    return { kind, label, about, reasons: [...reasons], enters }
  })
}

async function enterGround(call: Call<unknown, unknown, GroundBody>): Promise<GroundView> {
  const { tx, actor, at, body, audit } = call
  if (!mayKeep(actor, body.kind, body.personId)) throw problem('access.denied')
  const [judge] = await judgesOn(call, actor.courtId, body.personId)
  if (!judge) throw fieldProblem([{ path: 'personId', message: '本院没有该员额法官' }])
  const plain = body.about === undefined ? null : plainName(body.about)
  const known = await tx.maybe(sql`
    select 1 from assignment_ground where court_id = ${actor.courtId} and person_id = ${judge.id}
      and kind = ${body.kind} and plain_about is not distinct from ${plain}
      and (to_on is null or (to_on >= from_on and to_on >= ${body.fromOn}))
      and from_on <= coalesce(${body.toOn ?? null}::date, 'infinity')`)
  if (known) throw problem('ground.known')
  const id = randomUUID()
  await tx.run(sql`
    insert into assignment_ground (court_id, id, person_id, kind, about, plain_about, reason, from_on, to_on,
      recorded_by, recorded_at)
    values (${actor.courtId}, ${id}, ${judge.id}, ${body.kind}, ${body.about ?? null}, ${plain}, ${body.reason},
      ${body.fromOn}, ${body.toOn ?? null}, ${actor.name}, ${at})`)
  const spec = GROUNDS[body.kind]
  audit.push({
    verb: 'assignment.ground',
    thing: { kind: 'person', id: judge.id, label: judge.name },
    summary: { 类别: spec.label, 自: body.fromOn, 至: body.toOn ?? null, 理由: body.reason },
  })
  return viewOf(await groundWith(call, id), actor, call.on)
}

/** It counts no more from today on; that it once stood, and who ended it why, stays. */
async function endGround(call: Call<{ id: string }, unknown, { reason: string }>): Promise<GroundView> {
  const { tx, actor, on, params, body, audit } = call
  const row = await groundWith(call, params.id)
  if (!mayKeep(actor, row.kind as GroundView['kind'], row.person_id as string)) throw problem('access.denied')
  const lastOn = row.to_on as On | null
  if (row.ended_by !== null || (lastOn !== null && lastOn < on)) throw problem('ground.ended')
  const eve = addDays(on < (row.from_on as On) ? (row.from_on as On) : on, -1)
  await tx.run(sql`
    update assignment_ground set to_on = ${eve}, ended_by = ${actor.name}, end_reason = ${body.reason}
    where court_id = ${actor.courtId} and id = ${params.id}`)
  audit.push({
    verb: 'assignment.end-ground',
    thing: { kind: 'person', id: row.person_id as string, label: row.judge as string },
    summary: { 类别: GROUNDS[row.kind as GroundView['kind']].label, 理由: body.reason },
  })
  return viewOf(await groundWith(call, params.id), actor, on)
}

async function groundWith({ tx, actor }: Call<unknown, unknown, unknown>, id: string): Promise<Row> {
  const row = await tx.maybe<Row>(sql`
    select ${COLUMNS} from assignment_ground g join person p on p.court_id = g.court_id and p.id = g.person_id
    where ${visible(actor)} and g.id = ${id} for no key update of g`)
  if (!row) throw problem('thing.not-found')
  return row
}

function viewOf(row: Row, actor: PersonActor, on: On): GroundView {
  const kind = row.kind as GroundView['kind']
  const toOn = row.to_on as On | null
  const ended = row.ended_by === null ? null : { by: row.ended_by as string, reason: row.end_reason as string }
  return {
    id: row.id as string,
    personId: row.person_id as string,
    judge: row.judge as string,
    kind,
    kindLabel: GROUNDS[kind].label,
    about: row.about as string | null,
    reason: row.reason as string,
    fromOn: row.from_on as On,
    toOn,
    by: row.recorded_by as string,
    at: (row.recorded_at as Date).toISOString(),
    ended,
    mayEnd: ended === null && (toOn === null || toOn >= on) && mayKeep(actor, kind, row.person_id as string),
  }
}
