import { useQuery } from '@tanstack/react-query'
import { Drawer } from 'antd'
import type { CaseView } from '#cases/case/wire.ts'
import { ClockList } from '#web/matter/clock.tsx'
import { read } from '#web/office/api.ts'
import { Loaded } from '#web/office/parts/condition.tsx'
import { Go } from '#web/office/parts/go.tsx'
import { CaseFacts, Hints } from './overview.tsx'
import { Parties } from './parties.tsx'

/** One case, as every page asks for it. */
export function useCase(id: string | null) {
  return useQuery({
    queryKey: ['cases', 'one', id],
    queryFn: ({ signal }) => read<CaseView>(`cases/${id}`, signal),
    enabled: id !== null,
  })
}

/** A case in the right drawer, without leaving the list. */
export function CasePeek({ id, close }: { id: string | null; close: () => void }) {
  const asked = useCase(id)
  return (
    <Drawer
      title={asked.data?.caseNumber ?? '案件'}
      open={id !== null}
      onClose={close}
      size="min(600px, 100vw)"
      destroyOnHidden
      extra={id ? <Go to={`/cases/${id}`}>打开全页</Go> : null}
    >
      {id ? (
        <Loaded asked={asked}>
          {(one) => (
            <div className="stack">
              <Hints one={one} />
              <CaseFacts one={one} />
              <h3>期限</h3>
              <ClockList clocks={one.clocks} />
              <h3>当事人</h3>
              <Parties parties={one.parties} />
            </div>
          )}
        </Loaded>
      ) : null}
    </Drawer>
  )
}
