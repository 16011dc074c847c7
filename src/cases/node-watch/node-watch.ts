import type { PassedRung } from '#kernel/clock-rule/worker.ts'
import { sql } from '#kernel/database/sql.ts'
import { openKind } from '#kernel/matter/open.ts'
import { type Message, tell } from '#kernel/notifications/tell.ts'
import { refreshClocks } from './case-clock-store.ts'

// 节点监管：第十七条. Warnings go to the judge and the team first; what is overdue becomes one supervision order.

interface WatchedCase {
  number: string
  state: string
  holder_id: string | null
  holder_team_id: string | null
}

/** What a passed rung of a case's node leads to. Clocks that end with their case have no rungs any more. */
export async function watchRung({ session, clock, rung }: PassedRung): Promise<void> {
  const { tx, at } = session
  const watched = await tx.maybe<WatchedCase>(sql`
    select number, state, holder_id, holder_team_id from enforcement_case
    where court_id = ${clock.courtId} and id = ${clock.thingId} for no key update`)
  if (!watched) return
  const overdue = rung === 'overdue'
  // What depends on the day alone (nobody assigned yet) is looked at when a limit of the case has passed.
  if (overdue) await refreshClocks(session, [{ courtId: clock.courtId, id: clock.thingId }])
  await tell(tx, at, warnings(watched, clock, overdue))
  if (overdue && !clock.label.includes('内控')) await raiseOrder(session, clock, watched)
}

function warnings(watched: WatchedCase, clock: PassedRung['clock'], overdue: boolean): Message[] {
  const title = overdue ? `节点已超期：${watched.number}${clock.label}` : `节点预警：${watched.number}${clock.label}`
  const body = overdue ? `期限${clock.dueOn}已过，请立即办理并录入` : `期限为${clock.dueOn}，请及时办理并录入`
  const about = { kind: 'case', courtId: clock.courtId, id: clock.thingId }
  const to: Message['to'][] = []
  if (watched.holder_id) to.push({ personId: watched.holder_id })
  if (watched.holder_team_id) to.push({ role: 'team.head', teamId: watched.holder_team_id })
  if (to.length === 0) to.push({ role: 'centre.clerk' })
  return to.map((one) => ({ courtId: clock.courtId, to: one, title, body, about }))
}

/** The order that an overdue node raises by itself: once for each clock, whatever the number of workers. */
async function raiseOrder(
  session: PassedRung['session'],
  clock: PassedRung['clock'],
  watched: WatchedCase,
): Promise<void> {
  const raised = await session.tx.run(sql`
    insert into node_order (court_id, clock_id, due_on, raised_at)
    values (${clock.courtId}, ${clock.id}, ${clock.dueOn}, ${session.at}) on conflict do nothing`)
  if (raised === 0) return
  const order = await openKind(
    session,
    'supervision-order',
    {
      source: '节点超期',
      target: watched.holder_id || !watched.holder_team_id ? '承办人' : '团队',
      handler: watched.holder_id,
      team: watched.holder_id ? null : watched.holder_team_id,
      caseNumber: watched.number,
      node: clock.label,
      requirement: `${clock.label}期限为${clock.dueOn}，已超期。请立即采取相应执行措施并录入信息，说明超期原因。`,
    },
    { courtId: clock.courtId, caseId: clock.thingId },
  )
  await session.tx.run(sql`
    update node_order set order_id = ${order.id}
    where court_id = ${clock.courtId} and clock_id = ${clock.id} and due_on = ${clock.dueOn}`)
}
