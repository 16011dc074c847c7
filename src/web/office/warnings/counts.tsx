import { useQuery } from '@tanstack/react-query'
import type { WarningCounts } from '#cases/warnings/wire.ts'
import { address, read } from '#web/office/api.ts'
import { Loaded } from '#web/office/parts/condition.tsx'
import { count } from '#web/office/parts/format.ts'
import { Go } from '#web/office/parts/go.tsx'

const PARTS = [
  ['fresh', '新增', { state: 'open', origin: 'new' }],
  ['backlog', '存量', { state: 'open', origin: 'backlog' }],
  ['explained', '已说明', { state: 'explained', origin: 'all' }],
] as const

/** How many stand open by kind; each number opens its list. */
export function Counts({ scope }: { scope: string | undefined }) {
  const asked = useQuery({
    queryKey: ['warnings', 'counts', scope],
    queryFn: ({ signal }) => read<WarningCounts>(address('warning-counts', { scope }), signal),
  })
  return (
    <Loaded asked={asked} rows={3}>
      {({ kinds }) => (
        <ul className="cards warning-cards" aria-label="各类预警">
          {kinds.map(({ kind, label, ...n }) => (
            <li key={kind} className="card">
              <span>{label}</span>
              <span className="warning-counts">
                {PARTS.map(([part, word, filter]) => (
                  <Go key={part} to={address('/warnings', { kind, scope, ...filter })}>
                    {word} {count(n[part])}
                  </Go>
                ))}
              </span>
            </li>
          ))}
        </ul>
      )}
    </Loaded>
  )
}
