import { chainWords } from '#kernel/approval/chain.ts'
import { holdsRole, type PersonActor, type Who } from '#kernel/authorisation/may.ts'
import { BUSINESS_ROLES, isRole } from '#kernel/authorisation/roles.ts'
import { identifier, sql } from '#kernel/database/sql.ts'
import type { List } from '#kernel/lists/list.ts'
import { act } from '#kernel/matter/act.ts'
import { type Kind, whosOf } from '#kernel/matter/matter.ts'
import type { BulkTarget } from './target.ts'

/** The bulk acts of a kind, drawn from its declaration; null where it declares none. */
export function targetOfKind(kind: Kind, list: List): BulkTarget | null {
  const actions = Object.entries(kind.actions).filter(([, action]) => action.bulk)
  if (actions.length === 0) return null
  return {
    list,
    holdsVersion: false,
    path: kind.path,
    actions: Object.fromEntries(
      actions.map(([name, action]) => [
        name,
        {
          label: action.approval ? `呈批${action.label}` : action.label,
          issues: action.issues !== undefined,
          ask: action.ask ?? {},
          approval: action.approval ? chainWords(action.approval) : null,
          mayStart: (actor) => whosOf(action.by).some((who) => mayPerhaps(actor, who)),
        },
      ]),
    ),
    async hold(tx, ids) {
      await tx.run(
        sql`select from ${identifier(kind.table)} where id = any(${ids}::uuid[]) order by id for no key update`,
      )
    },
    async carryOut(session, { thingId }, action, answers) {
      await act(session, kind, { id: thingId, action, answers })
    },
  }
}

/** Whether there could be a thing on which this person acts so. */
function mayPerhaps(actor: PersonActor, who: Who): boolean {
  if (who === 'system') return false
  if (who === 'holder' || who === 'opener') return holdsRole(actor, BUSINESS_ROLES)
  const role = who.slice(who.indexOf(':') + 1)
  return isRole(role) && holdsRole(actor, [role])
}
