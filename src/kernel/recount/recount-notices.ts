import type { Tx } from '#kernel/database/database.ts'
import { identifier, sql } from '#kernel/database/sql.ts'
import type { Kind } from '#kernel/matter/matter.ts'
import { type Message, tell } from '#kernel/notifications/tell.ts'
import type { On } from '#kernel/time/time.ts'

const NAMED_MOST = 5

interface Moved {
  court_id: number
  counterpart_court_id: number | null
  holder_id: string | null
  holder_team_id: string | null
  thing_id: string
  kind: string
  number: string
  label: string
  old_due_on: On | null
  new_due_on: On | null
}

/** Tells each holder which of his due dates a change of the calendar has moved: one notice, from when to when. */
export async function tellOfMoved(tx: Tx, at: Date, kinds: readonly Kind[], recountId: string): Promise<void> {
  const moved: Moved[] = []
  for (const kind of kinds) {
    const counterpart = kind.shared ? sql`t.counterpart_court_id` : sql`null::int`
    const rows = await tx.query<Moved>(sql`
      select d.court_id, ${counterpart} as counterpart_court_id, t.holder_id, t.holder_team_id, t.id as thing_id,
        k.kind, t.number, k.label, d.old_due_on, d.new_due_on
      from due_change d
      join clock k on k.court_id = d.court_id and k.id = d.clock_id and k.kind = ${kind.id}
      join ${identifier(kind.table)} t on t.court_id = k.court_id and t.id = k.thing_id
      where d.recount_id = ${recountId} and d.state = 'moved' order by t.number, k.label`)
    moved.push(...rows)
  }
  const groups = Map.groupBy(moved, (one) => JSON.stringify(addresseeOf(one)))
  await tell(
    tx,
    at,
    [...groups.values()].map((own) => messageOf(own)),
  )
}

function addresseeOf(one: Moved): Pick<Message, 'courtId' | 'to'> {
  const { court_id: courtId } = one
  if (one.holder_id) return { courtId, to: { personId: one.holder_id } }
  if (one.holder_team_id) return { courtId, to: { role: 'team.head', teamId: one.holder_team_id } }
  return { courtId: one.counterpart_court_id ?? courtId, to: { role: 'centre.clerk' } }
}

function messageOf(own: readonly Moved[]): Message {
  const [first] = own as [Moved, ...Moved[]]
  const lines = own
    .slice(0, NAMED_MOST)
    .map((one) => `${one.number}${one.label}：${one.old_due_on ?? '未能计算'}改为${one.new_due_on ?? '未能计算'}`)
  const rest = own.length > NAMED_MOST ? `；其余见期限变动清单` : ''
  const about = { kind: first.kind, courtId: first.court_id, id: first.thing_id }
  return {
    ...addresseeOf(first),
    title: `工作日历变动，${own.length}个期限的届满日已重新计算`,
    body: `${lines.join('；')}${rest}`,
    ...(own.length === 1 ? { about } : {}),
  }
}
