import { z } from 'zod'
import { refreshClocks } from '#cases/node-watch/case-clock-store.ts'
import { proposeSpecialParties } from '#cases/special-party/proposals.ts'
import { voidPending } from '#kernel/approval/approval.ts'
import { holdsRole } from '#kernel/authorisation/may.ts'
import type { Role } from '#kernel/authorisation/roles.ts'
import { sql } from '#kernel/database/sql.ts'
import type { Call } from '#kernel/http/route.ts'
import { record } from '#kernel/matter/act.ts'
import type { Session } from '#kernel/matter/acting.ts'
import type { Thing } from '#kernel/matter/matter.ts'
import { lockThing, saveThing } from '#kernel/matter/store.ts'
import { problem } from '#kernel/problem/problem.ts'
import { enforcementCase } from './case.ts'
import {
  deleteParties,
  flagsOfParties,
  insertParties,
  namesOf,
  type Party,
  partiesOf,
  readParty,
} from './case-parties.ts'

// 更正当事人（第十条）: the whole list as it should be. A party that was there is named by its number and keeps its
// certificates unless new ones are given, because the screen knows them only masked.

const MAY_CORRECT: readonly Role[] = ['filing', 'centre.clerk', 'centre.head']
const PARTY_FLAGS = ['缺被执行人', '证件号码校验错误', '证件数与当事人数不符']

export const partyCorrectionBody = z.strictObject({
  version: z.int(),
  reason: z.string().trim().min(1, '请填写更正理由').max(1000),
  parties: z
    .array(
      z.strictObject({
        /** The party's place so far, counted from 1; null for a new one. */
        was: z.int().min(1).nullable(),
        side: z.enum(['creditor', 'debtor', 'third-party']),
        name: z.string().trim().min(1, '请填写名称').max(200),
        certificates: z.array(z.string().trim().min(1).max(40)).max(10).nullable(),
      }),
    )
    .min(1, '请至少保留一名当事人')
    .max(1000),
})

/** Whether this reader may correct the parties now: the own court's filing office or centre, while the case is open. */
export function mayCorrectParties(session: Session, thing: Thing): boolean {
  const open = thing.state === 'handling' || thing.state === 'suspended'
  return open && session.actor.courtId === thing.courtId && holdsRole(session.actor, MAY_CORRECT)
}

/** Replaces a case's parties by the corrected list, with the reason on record. */
export async function correctParties(
  call: Call<unknown, unknown, z.infer<typeof partyCorrectionBody>>,
  id: string,
): Promise<void> {
  const { tx, body } = call
  const thing = await lockThing(tx, enforcementCase, id)
  if (!thing) throw problem('thing.not-found')
  if (!mayCorrectParties(call, thing)) throw problem('access.denied')
  if (thing.version !== body.version) throw problem('thing.stale')
  const before = await partiesOf(tx, thing)
  const after = body.parties.map((one, index) => correctedParty(one, before, index))
  await voidPending(call, thing)
  await deleteParties(tx, thing.courtId, [thing.id])
  await insertParties(tx, thing.courtId, [{ id: thing.id, parties: after }])
  const flags = flagsOfParties(after)
  const [row] = await tx.query<{ to_correct: string[] }>(sql`
    select to_correct from enforcement_case where court_id = ${thing.courtId} and id = ${thing.id}`)
  const others = (row?.to_correct ?? []).filter((flag) => !PARTY_FLAGS.includes(flag))
  await saveThing(tx, enforcementCase, thing, {
    to_correct: [...PARTY_FLAGS.filter((flag) => flags[flag]), ...others],
    creditor_names: namesOf(after, 'creditor'),
    debtor_names: namesOf(after, 'debtor'),
  })
  await refreshClocks(call, [thing])
  await proposeSpecialParties(call, thing.courtId, [{ id: thing.id, number: thing.number, parties: after }])
  const said = {
    更正前: `${namesOf(before, 'creditor')}；${namesOf(before, 'debtor')}`,
    更正后: `${namesOf(after, 'creditor')}；${namesOf(after, 'debtor')}`,
    reason: body.reason,
  }
  const acting = { ...call, kind: enforcementCase, thing, previous: thing, before: thing.state, answers: {} }
  await record(acting, 'parties', '更正当事人', said, null)
}

type Corrected = z.infer<typeof partyCorrectionBody>['parties'][number]

function correctedParty(one: Corrected, before: readonly Party[], index: number): Party {
  if (one.certificates) return readParty(one.side, { name: one.name, certificates: one.certificates })
  const was = one.was === null ? undefined : before[one.was - 1]
  if (one.was !== null && !was) {
    throw problem('request.invalid', {}, { fields: [{ path: `parties.${index}.was`, message: '没有这名当事人' }] })
  }
  return { side: one.side, name: one.name, certificates: was?.certificates ?? [] }
}
