import { useQuery } from '@tanstack/react-query'
import { Button } from 'antd'
import { useState } from 'react'
import type { CaseServices, ServiceOfDocument } from '#cases/service-task/wire.ts'
import type { DocumentView } from '#kernel/documents/wire.ts'
import { read } from '#web/office/api.ts'
import { Go } from '#web/office/parts/go.tsx'
import { Word } from '#web/office/parts/page-head.tsx'
import type { Column } from '#web/office/parts/table.tsx'
import { ServeDialog } from './serve-dialog.tsx'

// Beside each document of a case: on whom it has been served, by which way, and what is still open.

function toneOf({ state, isOverdue }: ServiceOfDocument): string {
  if (state === 'served') return 'good'
  if (state === 'stopped') return 'rest'
  return isOverdue ? 'danger' : 'state'
}

function wordsOf({ stateLabel, servedOn, way, dueOn, isOverdue, state }: ServiceOfDocument): string {
  if (servedOn) return `${servedOn} ${way ?? ''}`
  if (state === 'announced') return `公告期至 ${dueOn ?? ''}`
  return isOverdue ? `${stateLabel}，期限 ${dueOn}` : ''
}

function ServiceCell({ tasks, open }: { tasks: ServiceOfDocument[]; open: (() => void) | null }) {
  return (
    <>
      {tasks.length === 0 && !open ? '—' : null}
      <ul className="service-of">
        {tasks.map((task) => (
          <li key={task.id}>
            <Go to={`/service-tasks/${task.id}`}>{task.receiver}</Go> <Word tone={toneOf(task)}>{task.stateLabel}</Word>{' '}
            <span className="soft">{wordsOf(task)}</span>
          </li>
        ))}
      </ul>
      {open ? (
        <Button type="link" size="small" className="no-paper" onClick={open}>
          交付送达
        </Button>
      ) : null}
    </>
  )
}

/** The column 送达 of a case's documents, and the dialog that its button opens. */
export function useServiceColumn(caseId: string): { columns: Column<DocumentView>[]; dialog: React.ReactNode } {
  const [chosen, setChosen] = useState<DocumentView | null>(null)
  const base = `cases/${caseId}/service-tasks`
  const asked = useQuery({
    queryKey: [base],
    queryFn: ({ signal }) => read<CaseServices>(base, signal),
  })
  const services = asked.data
  if (!services) return { columns: [], dialog: null }
  const tasksOf = (document: DocumentView) => services.items.filter((task) => task.document === document.id)
  const columns: Column<DocumentView>[] = [
    {
      key: 'service',
      title: '送达',
      cell: (document) => (
        <ServiceCell
          tasks={tasksOf(document)}
          open={services.mayOpen && !document.voided ? () => setChosen(document) : null}
        />
      ),
    },
  ]
  const taken = chosen ? tasksOf(chosen).filter(({ state }) => state !== 'stopped') : []
  const dialog = chosen ? (
    <ServeDialog
      document={chosen}
      base={base}
      receivers={services.receivers.filter(({ name }) => !taken.some(({ receiver }) => receiver === name))}
      close={() => setChosen(null)}
    />
  ) : null
  return { columns, dialog }
}
