import { useQuery, useQueryClient } from '@tanstack/react-query'
import { Button, Progress } from 'antd'
import { useEffect, useState } from 'react'
import type { BulkItemView, BulkJobView } from '#kernel/bulk/wire.ts'
import { address, download, read, write } from '#web/office/api.ts'
import { useListing } from '#web/office/listing.ts'
import { Loaded, RefusalNote } from '#web/office/parts/condition.tsx'
import { FilterBar, FilterSelect } from '#web/office/parts/filter-bar.tsx'
import { count, moment } from '#web/office/parts/format.ts'
import { Go } from '#web/office/parts/go.tsx'
import { Facts, Word } from '#web/office/parts/page-head.tsx'
import { type Column, ListingTable } from '#web/office/parts/table.tsx'
import { useFilters } from '#web/office/session.ts'
import { useSubmission } from '#web/office/submission.ts'
import { JobState } from './job-state.tsx'

const POLL_MS = 1_000
const isOpen = ({ state }: Pick<BulkJobView, 'state'>) => state === 'waiting' || state === 'running'

const RESULTS: [BulkItemView['state'], string, string][] = [
  ['refused', '未办成', 'danger'],
  ['done', '已办', 'good'],
  ['waiting', '未办', 'rest'],
]

function resultWord(state: BulkItemView['state']) {
  const [, text, tone] = RESULTS.find(([name]) => name === state) ?? ['waiting', '未办', 'rest']
  return <Word tone={tone}>{text}</Word>
}

function columnsOf(path: string | null): Column<BulkItemView>[] {
  return [
    {
      key: 'number',
      title: '编号',
      whole: true,
      lead: true,
      cell: (item) => (path ? <Go to={`/${path}/${item.thingId}`}>{item.number}</Go> : item.number),
    },
    { key: 'state', title: '结果', whole: true, cell: (item) => resultWord(item.state) },
    { key: 'reason', title: '未办成的原因', cell: (item) => item.reason ?? '—' },
  ]
}

function Results({ job }: { job: BulkJobView }) {
  const [{ state }] = useFilters()
  const listing = useListing<BulkItemView>(`bulk-jobs/${job.id}/items`, { state })
  const [error, setError] = useState<Error | null>(null)
  const take = () => {
    setError(null)
    download(address(`bulk-jobs/${job.id}/export`, { state }), '批量办理结果.xlsx').catch((cause: unknown) =>
      setError(cause as Error),
    )
  }
  return (
    <section className="stack" aria-label="逐件结果">
      <FilterBar keep={['job']}>
        <FilterSelect name="state" label="结果" options={RESULTS.map(([name, text]) => [name, text])} />
        <Button onClick={take} className="wide-only">
          导出结果
        </Button>
      </FilterBar>
      <RefusalNote error={error} />
      <ListingTable
        label="逐件结果"
        columns={columnsOf(job.path)}
        listing={listing}
        rowKey={(item) => String(item.seq)}
        empty="没有这种结果的事项。"
      />
    </section>
  )
}

function Running({ job }: { job: BulkJobView }) {
  const cancel = useSubmission<object, unknown>((body, key) => write('POST', `bulk-jobs/${job.id}/cancel`, body, key))
  const taken = job.done + job.refused
  return (
    <div className="stack">
      <Progress percent={Math.floor((taken / job.total) * 100)} status="active" aria-label="进度" />
      <p className="soft" role="status">
        已处理 {count(taken)} 件，共 {count(job.total)} 件。可以离开本页，办理会继续。
      </p>
      <RefusalNote error={cancel.error} />
      <div>
        <Button loading={cancel.isPending} onClick={() => cancel.mutate({})}>
          取消办理
        </Button>
      </div>
    </div>
  )
}

/** Everything that was issued, in one file: for the printer or for filing. */
function Documents({ job }: { job: BulkJobView }) {
  const [error, setError] = useState<Error | null>(null)
  const [isTaking, setTaking] = useState(false)
  const take = (format: 'pdf' | 'word') => {
    setError(null)
    setTaking(true)
    download(address(`bulk-jobs/${job.id}/documents`, { format }), `${job.title}（${job.documents}份）.zip`)
      .catch((cause: unknown) => setError(cause as Error))
      .finally(() => setTaking(false))
  }
  return (
    <section className="stack" aria-label="制发的文书">
      <RefusalNote error={error} />
      <div className="act-bar">
        <Button type="primary" loading={isTaking} onClick={() => take('pdf')}>
          下载全部文书（PDF，{count(job.documents)} 份）
        </Button>
        <Button disabled={isTaking} onClick={() => take('word')}>
          下载全部 Word 文件
        </Button>
      </div>
    </section>
  )
}

function Outcome({ job }: { job: BulkJobView }) {
  const left = job.total - job.done - job.refused
  const figures: [string, number][] = [
    ['共', job.total],
    ['已办', job.done],
    ['未办成', job.refused],
    ...(left > 0 ? ([['未办', left]] as [string, number][]) : []),
  ]
  return (
    <dl className="figures">
      {figures.map(([label, n]) => (
        <div key={label}>
          <dt>{label}</dt>
          <dd className="whole">{count(n)}</dd>
        </div>
      ))}
    </dl>
  )
}

function Job({ job }: { job: BulkJobView }) {
  const open = isOpen(job)
  const queries = useQueryClient()
  useEffect(() => {
    // What the job did shows everywhere as soon as it has ended.
    if (!open) void queries.invalidateQueries({ predicate: ({ queryKey }) => queryKey[1] !== 'job' })
  }, [open, queries])
  return (
    <div className="stack">
      <p>
        <strong>
          {job.listTitle}：{job.title}
        </strong>{' '}
        <JobState state={job.state} /> <span className="soft">{moment(job.at)}</span>
      </p>
      {job.problem ? (
        <div className="refusal" role="alert">
          <strong>{job.problem.message}</strong>
          <span>{job.problem.next}</span>
        </div>
      ) : null}
      {open ? <Running job={job} /> : <Outcome job={job} />}
      {!open && job.documents > 0 ? <Documents job={job} /> : null}
      {job.answers.length > 0 ? <Facts pairs={job.answers.map(({ label, value }) => [label, value])} /> : null}
      {open ? null : <Results job={job} />}
    </div>
  )
}

/** One bulk job: progress with 取消 while it runs, then how each thing went. */
export function JobProgress({ id }: { id: string }) {
  const asked = useQuery({
    queryKey: ['bulk-jobs', 'job', id],
    queryFn: ({ signal }) => read<BulkJobView>(`bulk-jobs/${id}`, signal),
    refetchInterval: ({ state }) => (state.data && isOpen(state.data) ? POLL_MS : false),
  })
  return (
    <Loaded asked={asked} rows={8}>
      {(job) => <Job job={job} />}
    </Loaded>
  )
}
