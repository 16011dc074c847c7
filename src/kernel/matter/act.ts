import { z } from 'zod'
import { voidPending } from '#kernel/approval/approval.ts'
import { attachedDocuments } from '#kernel/attachments/attachments.ts'
import { mayAct, personIdOf } from '#kernel/authorisation/may.ts'
import { problem } from '#kernel/problem/problem.ts'
import { misread } from '#kernel/problem/reading.ts'
import { clip } from '#kernel/text/clip.ts'
import type { Acting, Session } from './acting.ts'
import { announce } from './announce.ts'
import { columnOf, type FieldValue } from './field.ts'
import { holderColumns } from './holder.ts'
import { issueFor } from './issuing.ts'
import { type ActionSpec, type Kind, type Thing, type ThingRef, whosOf } from './matter.ts'
import { propose } from './propose.ts'
import { isReadable } from './readable.ts'
import { moveClocks } from './state-clocks.ts'
import { appendLog, type Columns, lockThing, saveThing } from './store.ts'

// `act()` is the only function that changes a state: lock the row, check from / who / needs / answers, then write
// event, state, clocks, audit and messages in the transaction that the request opened.

export interface ActRequest {
  id: string
  action: string
  version?: number
  answers: Record<string, unknown>
}

/** Takes one action on one thing, or files it for approval where the declaration asks for one. */
export async function act(session: Session, kind: Kind, request: ActRequest): Promise<ThingRef> {
  const action = kind.actions[request.action]
  if (!action) throw problem('route.not-found')
  const thing = await lockThing(session.tx, kind, request.id)
  if (!thing || !isReadable(session, kind, thing)) throw problem('thing.not-found')
  if (!mayAct(session.actor, whosOf(action.by), thing)) throw problem('access.denied')
  if (request.version !== undefined && request.version !== thing.version) throw problem('thing.stale')
  await checkPossible(session, kind, action, thing)
  const answers = readAnswers(action, request.answers)
  await action.check?.(session, thing, answers)
  if (action.approval) return propose(session, kind, thing, request.action, action, answers)
  return perform(session, kind, thing, request.action, answers)
}

/** From, condition and documents: whether the act is possible now, whoever asks. */
export async function checkPossible(session: Session, kind: Kind, action: ActionSpec, thing: Thing): Promise<void> {
  if (!action.from.includes(thing.state)) {
    throw problem('act.wrong-state', { state: kind.states[thing.state] ?? thing.state, action: action.label })
  }
  if (action.when && !action.when.test(thing.values, thing))
    throw problem('act.condition', { condition: action.when.label })
  if (!action.needs || action.needs.length === 0) return
  const missing = missingAmong(kind, action, await attachedDocuments(session.tx, thing))
  if (missing.length > 0)
    throw problem('act.documents-missing', { documents: missing.join('、'), action: action.label })
}

/** Labels of the documents that an action needs and that are not among those present. */
export function missingAmong(kind: Kind, action: ActionSpec, present: ReadonlySet<string>): string[] {
  const missing = (action.needs ?? []).filter((name) => !present.has(name))
  return missing.map((name) => kind.documents?.[name]?.label ?? name)
}

/** The answers of a request, read strictly: an unknown field is refused, each fault stands at its field. */
export function readAnswers(spec: Pick<ActionSpec, 'ask'>, raw: Record<string, unknown>): Record<string, FieldValue> {
  const result = answersOf(spec).safeParse(raw)
  if (result.success) return result.data as Record<string, FieldValue>
  throw misread(result.error)
}

/** What the answers to an action may be. */
export function answersOf(spec: Pick<ActionSpec, 'ask'>) {
  return z.strictObject(Object.fromEntries(Object.entries(spec.ask ?? {}).map(([name, { schema }]) => [name, schema])))
}

/** Carries out an action whose permission and possibility stand. `extra` goes into the log (who proposed it). */
export async function perform(
  session: Session,
  kind: Kind,
  thing: Thing,
  name: string,
  answers: Record<string, FieldValue>,
  extra: Record<string, string> = {},
): Promise<ThingRef> {
  const action = kind.actions[name] as ActionSpec
  const to = action.to ?? thing.state
  const [held] = await Promise.all([
    holderColumns(session, kind, thing, action.ask ?? {}, answers),
    voidPending(session, thing),
  ])
  const columns: Columns = { state: to, ...held }
  for (const [field, value] of Object.entries(answers)) {
    if (kind.fields[field]) columns[columnOf(field)] = value
  }
  const after = await saveThing(session.tx, kind, thing, columns)
  const noted: Record<string, string> = {}
  const acting: Acting = { ...session, kind, thing: after, previous: thing, before: thing.state, answers, noted }
  await moveClocks(acting)
  await action.effect?.(acting)
  if (action.issues) {
    await issueFor(acting, name)
    await kind.onPaper?.(acting, after, { document: action.issues, how: 'issued' })
  }
  await Promise.all([
    record(acting, name, action.label, { ...answers, ...extra, ...noted }, onDateOf(answers)),
    announce(acting, action.tell ?? [], `${action.label}：${after.number}`, words(acting, action)),
  ])
  return thing
}

/** What the record needs of an act. */
type Recorded = Pick<Acting, 'tx' | 'actor' | 'at' | 'audit' | 'kind' | 'before'> & {
  thing: Pick<Thing, 'courtId' | 'counterpartCourtId' | 'id' | 'number' | 'state'>
}

/** Event and audit entry of an act; the two are always written together. */
export async function record(
  acting: Recorded,
  action: string,
  label: string,
  answers: Record<string, unknown>,
  onDate: string | null,
): Promise<void> {
  const { actor, kind, thing } = acting
  await appendLog(
    acting.tx,
    kind,
    thing,
    { id: personIdOf(actor), courtId: actor.courtId, name: actor.name },
    acting.at,
    {
      action,
      fromState: acting.before,
      toState: thing.state,
      answers,
      onDate,
    },
  )
  acting.audit.push({
    verb: `${kind.id}.${action}`,
    thing: { kind: kind.id, id: thing.id, label: thing.number },
    summary: { 操作: label, 由: acting.before, 至: thing.state },
  })
}

function onDateOf(answers: Record<string, FieldValue>): string | null {
  return typeof answers.on === 'string' ? answers.on : null
}

function words(acting: Acting, action: ActionSpec): string {
  const { answers, actor, kind, thing } = acting
  const reason = answers.reason ?? answers.requirement ?? answers.reply
  const done = `${kind.title}由${actor.name}${action.label}，现为“${kind.states[thing.state]}”`
  return reason ? `${done}：${clip(String(reason), 200)}` : done
}
