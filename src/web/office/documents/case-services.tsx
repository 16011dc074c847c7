import { useQuery } from '@tanstack/react-query'
import { Button } from 'antd'
import { useState } from 'react'
import type { CaseServices, ServiceOfDocument } from '#cases/service-task/wire.ts'
import type { DocumentList, DocumentView } from '#kernel/documents/wire.ts'
import { read } from '#web/office/api.ts'
import { Go } from '#web/office/parts/go.tsx'
import { Word } from '#web/office/parts/page-head.tsx'
import { type Column, Table } from '#web/office/parts/table.tsx'
import { ServeDialog } from './serve-dialog.tsx'

// How the documents of a case are served: beside each of them how many are, below on whom, which way, until when.

const OPEN_STATES = ['waiting', 'sent', 'failed', 'announced']

function useServices(caseId: string) {
  const base = `cases/${caseId}/service-tasks`
  const asked = useQuery({
    queryKey: [base],
    queryFn: ({ signal }) => read<CaseServices>(base, signal),
  })
  return { base, services: asked.data }
}

function countWords(tasks: ServiceOfDocument[]): string {
  const served = tasks.filter(({ state }) => state === 'served').length
  const open = tasks.filter(({ state }) => OPEN_STATES.includes(state)).length
  const words = [...(served > 0 ? [`已送达 ${served}`] : []), ...(open > 0 ? [`未送达 ${open}`] : [])]
  return words.join('，')
}

/** The column 送达 of a case's documents, and the dialog that its button opens. */
export function useServiceColumn(caseId: string): { columns: Column<DocumentView>[]; dialog: React.ReactNode } {
  const [chosen, setChosen] = useState<DocumentView | null>(null)
  const { base, services } = useServices(caseId)
  if (!services) return { columns: [], dialog: null }
  const tasksOf = (document: DocumentView) => services.items.filter((task) => task.document === document.id)
  const columns: Column<DocumentView>[] = [
    {
      key: 'service',
      title: '送达',
      cell: (document) => (
        <>
          {countWords(tasksOf(document))}{' '}
          {services.mayOpen && !document.voided ? (
            <Button type="link" size="small" className="no-paper" onClick={() => setChosen(document)}>
              交付送达
            </Button>
          ) : null}
        </>
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

function toneOf({ state, isOverdue }: ServiceOfDocument): string {
  if (state === 'served') return 'good'
  if (state === 'stopped') return 'rest'
  return isOverdue ? 'danger' : 'state'
}

function untilWords({ servedOn, state, dueOn, isOverdue }: ServiceOfDocument): string {
  if (servedOn) return `${servedOn} 送达`
  if (!dueOn) return '—'
  if (state === 'announced') return `公告期至 ${dueOn}`
  return isOverdue ? `已超期，限 ${dueOn}` : `限 ${dueOn}`
}

function columnsOf(documents: DocumentView[]): Column<ServiceOfDocument>[] {
  const titleOf = (id: string) => documents.find((one) => one.id === id)?.title ?? '—'
  return [
    {
      key: 'receiver',
      title: '受送达人',
      lead: true,
      cell: (task) => <Go to={`/service-tasks/${task.id}`}>{task.receiver}</Go>,
    },
    { key: 'document', title: '文书', cell: (task) => titleOf(task.document) },
    { key: 'side', title: '身份', whole: true, cell: ({ side }) => side },
    { key: 'state', title: '状态', whole: true, cell: (task) => <Word tone={toneOf(task)}>{task.stateLabel}</Word> },
    { key: 'way', title: '方式', whole: true, cell: ({ way }) => way ?? '—' },
    { key: 'until', title: '日期', whole: true, cell: untilWords },
  ]
}

/** On whom the documents of a case were handed over to be served; nothing where none was. */
export function CaseServiceTable({ caseId }: { caseId: string }) {
  const { services } = useServices(caseId)
  const documents = useQuery({
    queryKey: [`cases/${caseId}`, 'documents'],
    queryFn: ({ signal }) => read<DocumentList>(`cases/${caseId}/documents`, signal),
  })
  if (!services || services.items.length === 0) return null
  return (
    <>
      <h3>送达情况</h3>
      <Table
        label="送达情况"
        columns={columnsOf(documents.data?.items ?? [])}
        rows={services.items}
        rowKey={({ id }) => id}
      />
    </>
  )
}
