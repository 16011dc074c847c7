import { useQuery } from '@tanstack/react-query'
import type { KindCounts, KindView } from '#kernel/matter/wire.ts'
import { address, read } from '#web/office/api.ts'
import { count } from '#web/office/parts/format.ts'
import { Go } from '#web/office/parts/go.tsx'

// How many of a kind are not ended, by state, and how many of them are overdue; each number opens its list.

function totals({ courts }: KindCounts): Record<string, number> {
  const sums: Record<string, number> = {}
  for (const { own } of courts) for (const [state, n] of Object.entries(own)) sums[state] = (sums[state] ?? 0) + n
  return sums
}

/** One line above the list of a kind: where its open things stand. */
export function StateCounts({ kind, scope }: { kind: KindView; scope: string | undefined }) {
  const counts = useQuery({
    queryKey: [kind.path, 'counts', scope],
    queryFn: ({ signal }) => read<KindCounts>(address(`${kind.path}/counts`, { scope }), signal),
  })
  const overdue = useQuery({
    queryKey: [kind.path, 'count', 'overdue', scope],
    queryFn: ({ signal }) => read<{ count: number }>(address(`${kind.path}/count`, { scope, due: 'overdue' }), signal),
  })
  if (!counts.data || !overdue.data) return null
  const sums = totals(counts.data)
  const open = Object.entries(kind.states).filter(([state]) => !kind.ends.includes(state))
  return (
    <ul className="state-counts no-paper" aria-label={`未办结的${kind.title}`}>
      {open.map(([state, label]) => (
        <li key={state}>
          <Go to={address(`/${kind.path}`, { scope, state })}>
            {label} <strong>{count(sums[state] ?? 0)}</strong>
          </Go>
        </li>
      ))}
      <li className={overdue.data.count > 0 ? 'late' : undefined}>
        <Go to={address(`/${kind.path}`, { scope, due: 'overdue' })}>
          已超期 <strong>{count(overdue.data.count)}</strong>
        </Go>
      </li>
    </ul>
  )
}
