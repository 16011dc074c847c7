import { Button } from 'antd'
import { useState } from 'react'
import type { ChangeCounts, ChangeEntry, ImportChange, ImportRun } from '#cases/case/wire.ts'
import { address, download } from '#web/office/api.ts'
import { useListing } from '#web/office/listing.ts'
import { RefusalNote } from '#web/office/parts/condition.tsx'
import { FilterBar, FilterSelect } from '#web/office/parts/filter-bar.tsx'
import { count } from '#web/office/parts/format.ts'
import { Go } from '#web/office/parts/go.tsx'
import { Word } from '#web/office/parts/page-head.tsx'
import { type Column, ListingTable } from '#web/office/parts/table.tsx'
import { useFilters } from '#web/office/session.ts'

// 与平台现有案件相比: what a newer export would change, case by case, before anybody confirms it.

const KINDS: Record<ImportChange['kind'], [string, string]> = {
  new: ['新增', 'good'],
  changed: ['有变化', 'state'],
  missing: ['本次导出中没有', 'warn'],
}

/** The counts of a check in one sentence. */
export function changeWords(counts: ChangeCounts): string {
  const closings = [
    ...(counts.closed > 0 ? [`转为结案 ${count(counts.closed)} 件`] : []),
    ...(counts.reopened > 0 ? [`恢复办理 ${count(counts.reopened)} 件`] : []),
  ]
  const closing = closings.length > 0 ? `（其中${closings.join('，')}）` : ''
  const missing = counts.missing > 0 ? `；本次导出中没有的 ${count(counts.missing)} 件，只列出，不删除` : ''
  return `新增 ${count(counts.new)} 件，有变化 ${count(counts.changed)} 件${closing}，无变化 ${count(counts.unchanged)} 件${missing}`
}

function Entry({ entry, isNew }: { entry: ChangeEntry; isNew: boolean }) {
  const { label, was, said, effect, why } = entry
  if (isNew) {
    return (
      <li>
        {label}：{said ?? '—'}
      </li>
    )
  }
  if (effect === 'change') {
    return (
      <li>
        {label}：{was ? <span className="old">{was}</span> : '（空）'} → <strong>{said ?? '（空）'}</strong>
      </li>
    )
  }
  return (
    <li>
      {label}：保留 <strong>{was ?? '（空）'}</strong>，导出为 {said ?? '（空）'}
      <span className="why">{why}</span>
    </li>
  )
}

/** A date that is a column and a node of the case: said once where both change alike. */
const TWICE: Record<string, string> = { 'fact:closed': 'closed_on', 'fact:filed': 'filed_on' }

function saidOnce(entries: ChangeEntry[]): ChangeEntry[] {
  return entries.filter(({ name, was, said, effect }) => {
    const column = entries.find((one) => one.name === TWICE[name])
    return !column || column.was !== was || column.said !== said || column.effect !== effect
  })
}

function Entries({ change: { kind, entries } }: { change: ImportChange }) {
  if (kind === 'missing') return <span className="soft">保留在平台，不删除；请核对是否移送、撤销或漏导。</span>
  if (entries.length === 0) return <span className="soft">导出所变的，平台已经一致</span>
  return (
    <ul className="change-lines">
      {saidOnce(entries).map((entry) => (
        <Entry key={entry.name} entry={entry} isNew={kind === 'new'} />
      ))}
    </ul>
  )
}

const COLUMNS: Column<ImportChange>[] = [
  {
    key: 'number',
    title: '案号',
    whole: true,
    lead: true,
    cell: ({ caseId, caseNumber }) => (caseId ? <Go to={`/cases/${caseId}`}>{caseNumber}</Go> : caseNumber),
  },
  {
    key: 'kind',
    title: '类别',
    whole: true,
    cell: ({ kind, closing }) => (
      <>
        <Word tone={KINDS[kind][1]}>{KINDS[kind][0]}</Word>{' '}
        {closing ? <Word tone="warn">{closing === 'closed' ? '转为结案' : '恢复办理'}</Word> : null}
      </>
    ),
  },
  { key: 'row', title: '文件行号', right: true, whole: true, cell: ({ row }) => row ?? '—' },
  { key: 'entries', title: '内容', cell: (change) => <Entries change={change} /> },
]

/** The changes of a check: filter by kind, the list, the file. */
export function Changes({ run, counts }: { run: ImportRun; counts: ChangeCounts }) {
  const [{ kind }] = useFilters()
  const listing = useListing<ImportChange>(`imports/${run.id}/changes`, { kind })
  const [error, setError] = useState<Error | null>(null)
  const take = () => {
    setError(null)
    download(address(`imports/${run.id}/changes/export`, { kind }), '导入变化清单.xlsx').catch((cause: unknown) =>
      setError(cause as Error),
    )
  }
  const options: [string, string][] = [
    ['new', `新增 ${count(counts.new)}`],
    ['changed', `有变化 ${count(counts.changed)}`],
    ['closed', `转为结案 ${count(counts.closed)}`],
    ['reopened', `恢复办理 ${count(counts.reopened)}`],
    ['missing', `本次导出中没有 ${count(counts.missing)}`],
  ]
  return (
    <section className="box stack" aria-label="与平台现有案件相比">
      <div className="box-head">
        <h2>与平台现有案件相比</h2>
        <Button onClick={take} className="wide-only">
          导出变化清单
        </Button>
      </div>
      <p>{changeWords(counts)}。确认导入只对这些变化有效：案件在此后又有变动的，须重新预检。</p>
      <RefusalNote error={error} />
      <FilterBar keep={['tab']}>
        <FilterSelect name="kind" label="变化类别" options={options} />
      </FilterBar>
      <ListingTable
        label="导入变化"
        columns={COLUMNS}
        listing={listing}
        rowKey={({ caseNumber }) => caseNumber}
        empty={counts.unchanged > 0 ? '文件中的案件与平台一致，无须导入。' : '没有可以入库的案件。'}
      />
    </section>
  )
}
