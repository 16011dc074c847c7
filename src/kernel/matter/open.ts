import { randomUUID } from 'node:crypto'
import { mayAct, personIdOf } from '#kernel/authorisation/may.ts'
import { allOf, identifier, raw, sql } from '#kernel/database/sql.ts'
import { formatNumber, nextNumber } from '#kernel/numbering/numbering.ts'
import { courtOf } from '#kernel/organisation/courts.ts'
import { problem } from '#kernel/problem/problem.ts'
import { readAnswers, record } from './act.ts'
import type { Acting, Session } from './acting.ts'
import { announce } from './announce.ts'
import { columnOf, type FieldValue } from './field.ts'
import { holderColumns } from './holder.ts'
import { type Kind, type ThingRef, whosOf } from './matter.ts'
import { moveClocks } from './state-clocks.ts'
import { insertThing } from './store.ts'
import { openCondition } from './table.ts'

/** The fields of the opening form. */
export function askedAtOpening(kind: Kind) {
  return Object.fromEntries(Object.entries(kind.fields).filter(([, field]) => field.atOpening))
}

export interface Origin {
  courtId?: number
  parent?: { courtId: number; id: string; kind: string }
  caseId?: string | null
}

/** Opens a matter from a request's fields: checks who may, then opens. */
export async function openByRequest(
  session: Session,
  kind: Kind,
  raw: Record<string, unknown>,
  origin: Origin = {},
): Promise<ThingRef> {
  const courtId = origin.courtId ?? session.actor.courtId
  const own = { courtId, openerId: personIdOf(session.actor) }
  if (!mayAct(session.actor, whosOf(kind.opens.by), own)) throw problem('access.denied')
  return open(session, kind, readAnswers({ ask: askedAtOpening(kind) }, raw), origin)
}

/** Opens a kind by its name: how one chapter reaches another's matters. Permission is the caller's act's own. */
export async function openKind(
  session: Session,
  id: string,
  values: Record<string, FieldValue>,
  origin: Origin = {},
): Promise<ThingRef> {
  const kind = session.services.kinds.find((one) => one.id === id)
  if (!kind) throw new Error(`no kind '${id}'`)
  const complete = Object.fromEntries(Object.keys(kind.fields).map((name) => [name, values[name] ?? null]))
  return open(session, kind, complete, origin)
}

async function open(
  session: Session,
  kind: Kind,
  values: Record<string, FieldValue>,
  origin: Origin,
): Promise<ThingRef> {
  const { tx, actor, at, on } = session
  const courtId = origin.courtId ?? actor.courtId
  const court = await courtOf(tx, courtId)
  if (kind.single) await refuseSecond(session, kind, courtId, values)
  const year = Number(on.slice(0, 4))
  const serial = await nextNumber(tx, courtId, kind.id, year)
  const id = randomUUID()
  const thing = await insertThing(tx, kind, {
    court_id: courtId,
    id,
    number: formatNumber(kind.number ?? '{year}-{serial}', court.code, year, serial),
    state: kind.opens.to,
    opened_at: at,
    opener_id: personIdOf(actor),
    opener_name: actor.name,
    parent_court_id: origin.parent?.courtId ?? null,
    parent_id: origin.parent?.id ?? null,
    parent_kind: origin.parent?.kind ?? null,
    case_id: origin.caseId ?? (await caseNamed(session, kind, values)),
    ...(await holderColumns(session, kind, { courtId }, kind.fields, values)),
    ...Object.fromEntries(Object.entries(values).map(([name, value]) => [columnOf(name), value])),
  })
  const noted: Record<string, string> = {}
  const acting: Acting = { ...session, kind, thing, previous: null, before: null, answers: values, noted }
  await moveClocks(acting)
  await kind.opens.effect?.(acting)
  await record(acting, 'open', '发起', { ...values, ...noted }, null)
  await announce(
    acting,
    kind.opens.tell ?? [],
    `新的${kind.title}：${thing.number}`,
    `${court.name}${actor.name}发起${kind.title}`,
  )
  return thing
}

/** What may stand open once only is refused by name; of two who open it at once the index refuses the second. */
async function refuseSecond(
  { tx }: Session,
  kind: Kind,
  courtId: number,
  values: Record<string, FieldValue>,
): Promise<void> {
  const same = (kind.single ?? []).map((name) => sql`${identifier(columnOf(name))} = ${values[name] ?? null}`)
  const other = await tx.maybe<{ number: string }>(sql`
    select number from ${identifier(kind.table)}
    where ${allOf([sql`court_id = ${courtId}`, ...same, raw(openCondition(kind))])}`)
  if (other) throw problem('matter.open-already', { title: kind.title, number: other.number })
}

/** The case that a caseNumber field names, if it is in one of the courts that the actor sees. */
async function caseNamed(session: Session, kind: Kind, values: Record<string, FieldValue>): Promise<string | null> {
  const name = Object.keys(kind.fields).find((field) => kind.fields[field]?.type === 'caseNumber')
  const number = name ? values[name] : null
  if (typeof number !== 'string') return null
  const cases = session.services.kinds.find((one) => one.id === 'case')
  if (!cases) return null
  const found = await session.tx.maybe<{ id: string }>(sql`
    select id from ${identifier(cases.table)}
    where court_id = any(${session.actor.courtIds}) and number = ${number}`)
  return found?.id ?? null
}
