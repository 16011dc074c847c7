import { useQuery } from '@tanstack/react-query'
import type { RecountView } from '#kernel/recount/wire.ts'
import { address, read } from '#web/office/api.ts'
import { moment } from '#web/office/parts/format.ts'
import { Go } from '#web/office/parts/go.tsx'
import { useMe } from '#web/office/session.ts'

const WATCH_MS = 2_000

function wordsOf({ state, clocks, checked, moved }: RecountView): string {
  if (state === 'waiting') return '等待重新计算'
  if (state === 'running') return `正在重新计算，${checked} / ${clocks}`
  return `已重新计算 ${clocks} 个期限，${moved} 个届满日变动`
}

/** How far changes of the calendar have been counted; whoever works on cases goes on to the list. */
export function Recounts() {
  const opens = useMe().data?.menu.some(({ path }) => path === '/due-changes') ?? false
  const asked = useQuery({
    queryKey: ['calendar', 'recounts'],
    queryFn: ({ signal }) => read<{ items: RecountView[] }>('calendar/recounts', signal),
    refetchInterval: ({ state }) => (state.data?.items.some((one) => one.state !== 'done') ? WATCH_MS : false),
  })
  const items = asked.data?.items ?? []
  if (items.length === 0) return null
  return (
    <section className="no-paper" aria-label="期限重新计算">
      <h3>期限重新计算</h3>
      <ul className="note-list">
        {items.map((one) => (
          <li key={one.id}>
            {one.reason}（{one.by} {moment(one.at)}）：{wordsOf(one)}
            {opens && one.moved > 0 ? (
              <>
                {' '}
                <Go to={address('/due-changes', { recount: one.id })}>查看清单</Go>
              </>
            ) : null}
          </li>
        ))}
      </ul>
    </section>
  )
}
