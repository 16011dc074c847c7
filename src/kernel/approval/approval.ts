import type { Actor } from '#kernel/authorisation/may.ts'
import { holdsRole } from '#kernel/authorisation/may.ts'
import { ROLES, type Role } from '#kernel/authorisation/roles.ts'
import type { Tx } from '#kernel/database/database.ts'
import { jsonText, type OwnerOf, type Sql, sql } from '#kernel/database/sql.ts'
import type { Step } from './chain.ts'

/** A pending approval dies with the version of the content that it was asked for. */
export async function voidPending({ tx }: { tx: Tx }, thing: { courtId: number; id: string }): Promise<void> {
  await tx.send(sql`
    update approval set state = 'void'
    where court_id = ${thing.courtId} and thing_id = ${thing.id} and state = 'pending'`)
}

/** As `voidPending`, for many things of a court that change at once. */
export async function voidPendingAmong(tx: Tx, courtId: number, ids: readonly string[]): Promise<void> {
  await tx.run(sql`
    update approval set state = 'void'
    where court_id = ${courtId} and thing_id = any(${[...ids]}::uuid[]) and state = 'pending'`)
}

/** Who had a hand in an approval: its proposer as step 0, then whoever decided a step. */
interface Hand {
  step: number
  name: string
  natural_id: string
  /** Whose post he used as a deputy. */
  deputy_for: string | null
  at: string
}

/** How far an approval has come, and who is to decide next. */
export interface Course {
  steps: readonly Step[]
  step: number
  approver_court_id: number
  approver_role: Role
  /** Not to be decided by a deputy. */
  personal: boolean
  hands: readonly Hand[]
}

export interface ApprovalRow extends Course {
  court_id: number
  counterpart_court_id: number | null
  id: string
  kind: string
  thing_id: string
  action: string
  answers: Record<string, unknown>
  /** What it would lead to when it was proposed, in words, for an act that is bound to that. */
  foreseen: string | null
  thing_version: number
  proposer_id: string
  proposer_court_id: number
  proposer_name: string
  proposed_at: Date
  state: 'pending' | 'approved' | 'rejected' | 'void'
}

const HANDS = sql`(
  select jsonb_agg(jsonb_build_object('step', s.step, 'name', s.name, 'natural_id', s.natural_id,
    'deputy_for', s.deputy_for, 'at', s.at) order by s.step)
  from approval_step s where s.court_id = approval.court_id and s.approval_id = approval.id) as hands`

/** Columns of an approval, with the hands it has been in. */
export const APPROVAL: Sql = sql`approval.*, ${HANDS}`

/** The approval with this id among the courts of the transaction's scope. */
export async function loadApproval(tx: Tx, id: string): Promise<ApprovalRow | undefined> {
  return tx.maybe<ApprovalRow>(sql`select ${APPROVAL} from approval where id = ${id}`)
}

/**
 * Locked after its thing, as every act does it: two people who decide and act at once wait, and neither is turned away.
 */
export async function lockApproval(tx: Tx, row: Pick<ApprovalRow, 'court_id' | 'id'>): Promise<ApprovalRow> {
  return tx.one<ApprovalRow>(
    sql`select ${APPROVAL} from approval where court_id = ${row.court_id} and id = ${row.id} for no key update`,
  )
}

/** An approval as it stands beside its thing on a page. */
export interface PendingRow extends Course, Pick<ApprovalRow, 'id' | 'action' | 'proposer_name' | 'thing_version'> {
  proposed_at: string
}

/** Asks what waits for a decision on a thing: one approval at most. */
export function pendingAsked(owner: OwnerOf): Sql {
  return sql`
    select id, action, thing_version, steps, step, approver_court_id, approver_role, personal, proposer_name,
      proposed_at, ${HANDS}
    from approval where court_id = ${owner.courtId} and thing_id = ${owner.id} and state = 'pending'`
}

/** What waits for a decision on a thing, with what was proposed. */
export async function loadPending(tx: Tx, thing: { courtId: number; id: string }): Promise<ApprovalRow | undefined> {
  return tx.maybe<ApprovalRow>(sql`
    select ${APPROVAL} from approval
    where court_id = ${thing.courtId} and thing_id = ${thing.id} and state = 'pending'`)
}

/** By what right somebody decides a step: a post of his own, or that of an absent person. */
export interface Right {
  deputyFor: { name: string; naturalId: string } | null
}

/** The right by which this person may decide the present step; undefined where he has none. */
export function rightTo(
  actor: Actor,
  { approver_court_id, approver_role, personal, hands }: Course,
): Right | undefined {
  if (actor.kind !== 'person' || actor.courtId !== approver_court_id) return undefined
  if (holdsRole(actor, [approver_role])) return { deputyFor: null }
  const absent = personal ? [] : actor.deputises.filter(({ role }) => role === approver_role)
  const free = absent.find(({ naturalId }) => !isIn(hands, naturalId))
  const [deputyFor = null] = free ? [free] : absent
  return deputyFor ? { deputyFor } : undefined
}

/** One natural person has one hand in an approval, and nobody decides in the place of somebody who had one. */
export function isFreeHand(actor: Actor, right: Right, { hands }: Course): boolean {
  if (actor.kind !== 'person' || isIn(hands, actor.naturalId)) return false
  return right.deputyFor === null || !isIn(hands, right.deputyFor.naturalId)
}

/** Whether this person may decide the present step now. */
export function mayDecide(actor: Actor, course: Course): boolean {
  const right = rightTo(actor, course)
  return right !== undefined && isFreeHand(actor, right, course)
}

const isIn = (hands: readonly Hand[], naturalId: string) => hands.some(({ natural_id }) => natural_id === naturalId)

export interface Decider {
  courtId: number
  personId: string
  naturalId: string
  name: string
}

/** Notes a hand; the database refuses a second one of the same natural person, under whatever account. */
export async function addHand(
  tx: Tx,
  row: Pick<ApprovalRow, 'court_id' | 'counterpart_court_id' | 'id'>,
  step: number,
  by: Decider,
  deputyFor: string | null,
  at: Date,
): Promise<void> {
  await tx.run(sql`
    insert into approval_step (court_id, counterpart_court_id, approval_id, step, person_court_id, person_id,
      natural_id, name, deputy_for, at)
    values (${row.court_id}, ${row.counterpart_court_id}, ${row.id}, ${step}, ${by.courtId}, ${by.personId},
      ${by.naturalId}, ${by.name}, ${deputyFor}, ${at})`)
}

/** Hands an approval on to its next step. */
export async function passOn(tx: Tx, row: ApprovalRow, next: Step): Promise<void> {
  await tx.run(sql`
    update approval set step = step + 1, approver_role = ${next.role}, approver_court_id = ${next.courtId},
      personal = ${next.personal}
    where court_id = ${row.court_id} and id = ${row.id}`)
}

/** Ends an approval. */
export async function settle(
  tx: Tx,
  row: ApprovalRow,
  decision: { state: 'approved' | 'rejected'; by: Decider; at: Date; reason: string | null },
): Promise<void> {
  const { state, by, at, reason } = decision
  await tx.run(sql`
    update approval set state = ${state}, decider_court_id = ${by.courtId}, decider_id = ${by.personId},
      decider_natural_id = ${by.naturalId}, decider_name = ${by.name}, decided_at = ${at}, reason = ${reason}
    where court_id = ${row.court_id} and id = ${row.id}`)
}

/** The post that decides a step, in words: '执行局长', '上级法院执行局长'. */
export function stepWords({ role, courtId }: Step, ownCourtId: number): string {
  return `${courtId === ownCourtId ? '' : '上级法院'}${ROLES[role].label}`
}

export interface StepView {
  label: string
  by: string | null
  at: string | null
}

/** The steps of a chain, those that have been taken with their hand. */
export function stepViews({ steps, hands }: Course, ownCourtId: number): StepView[] {
  return steps.map((step, index) => {
    const hand = hands.find((one) => one.step === index + 1)
    return {
      label: stepWords(step, ownCourtId),
      by: hand ? `${hand.name}${hand.deputy_for ? `（代${hand.deputy_for}）` : ''}` : null,
      at: hand ? new Date(hand.at).toISOString() : null,
    }
  })
}

/** Files an approval with its first hand, the proposer's. */
export async function fileApproval(
  tx: Tx,
  filed: Pick<ApprovalRow, 'court_id' | 'counterpart_court_id' | 'id' | 'kind' | 'thing_id' | 'action' | 'answers'> & {
    foreseen: string | null
    thing_version: number
    steps: readonly [Step, ...Step[]]
  },
  by: Decider,
  at: Date,
): Promise<void> {
  const [first] = filed.steps
  await tx.run(sql`
    insert into approval (court_id, counterpart_court_id, id, kind, thing_id, action, answers, foreseen, thing_version,
      steps, approver_role, approver_court_id, personal, proposer_id, proposer_court_id, proposer_natural_id,
      proposer_name, proposed_at)
    values (${filed.court_id}, ${filed.counterpart_court_id}, ${filed.id}, ${filed.kind}, ${filed.thing_id},
      ${filed.action}, ${jsonText(filed.answers)}, ${filed.foreseen}, ${filed.thing_version}, ${jsonText(filed.steps)},
      ${first.role}, ${first.courtId}, ${first.personal}, ${by.personId}, ${by.courtId}, ${by.naturalId}, ${by.name},
      ${at})`)
  await addHand(tx, filed, 0, by, null, at)
}
