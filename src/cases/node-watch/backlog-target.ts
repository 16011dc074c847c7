import { holdsRole } from '#kernel/authorisation/may.ts'
import { CENTRE_ROLES } from '#kernel/authorisation/roles.ts'
import type { BulkTarget } from '#kernel/bulk/target.ts'
import { field } from '#kernel/matter/field.ts'
import { problem } from '#kernel/problem/problem.ts'
import { backlogListing } from './backlog-list.ts'
import { openArrears, raiseOne } from './backlog-routes.ts'

/** Supervision orders for all old arrears that match, one for each. */
export const backlogTarget: BulkTarget = {
  list: backlogListing,
  holdsVersion: false,
  path: null,
  actions: {
    order: {
      label: '发起督办',
      ask: {
        requirement: field.text('督办要求', { max: 2000 }),
        answerOn: field.date('回复期限', { optional: true, help: '不填则按本院设置计算' }),
      },
      approval: null,
      mayStart: (actor) => holdsRole(actor, CENTRE_ROLES),
    },
  },
  async carryOut(session, { thingId }, _, answers) {
    if (!holdsRole(session.actor, CENTRE_ROLES)) throw problem('access.denied')
    const [row] = await openArrears(session, [thingId])
    if (!row) throw problem('thing.not-found')
    await raiseOne(session, row, {
      requirement: String(answers.requirement),
      answerOn: answers.answerOn as string | null,
    })
  },
}
