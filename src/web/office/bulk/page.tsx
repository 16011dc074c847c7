import { Drawer } from 'antd'
import type { BulkJobView } from '#kernel/bulk/wire.ts'
import { address } from '#web/office/api.ts'
import { useListing } from '#web/office/listing.ts'
import { count, moment } from '#web/office/parts/format.ts'
import { Go } from '#web/office/parts/go.tsx'
import { PageHead } from '#web/office/parts/page-head.tsx'
import { type Column, ListingTable } from '#web/office/parts/table.tsx'
import { useFilters } from '#web/office/session.ts'
import { JobState } from './job-state.tsx'
import { JobProgress } from './progress.tsx'

const COLUMNS: Column<BulkJobView>[] = [
  {
    key: 'title',
    title: '事项',
    lead: true,
    cell: (job) => (
      <Go to={address('/bulk-jobs', { job: job.id })}>
        {job.listTitle}：{job.title}
      </Go>
    ),
  },
  { key: 'state', title: '状态', whole: true, cell: (job) => <JobState state={job.state} /> },
  { key: 'total', title: '共', right: true, whole: true, cell: (job) => count(job.total) },
  { key: 'done', title: '已办', right: true, whole: true, cell: (job) => count(job.done) },
  {
    key: 'refused',
    title: '未办成',
    right: true,
    whole: true,
    cell: (job) => (job.refused > 0 ? <span className="due danger">{count(job.refused)}</span> : '0'),
  },
  { key: 'at', title: '发起时间', whole: true, cell: (job) => moment(job.at) },
]

/** The reader's own bulk acts; the one in the address stands open beside the list, with its progress and results. */
export function BulkJobsPage() {
  const [{ job }, change] = useFilters()
  const listing = useListing<BulkJobView>('bulk-jobs', {})
  return (
    <>
      <PageHead title="批量办理" about="在清单中选择事项后发起；在后台逐件办理，可以离开页面，随时回来查看结果。" />
      <ListingTable
        label="批量办理"
        columns={COLUMNS}
        listing={listing}
        rowKey={(row) => row.id}
        peek={(row) => change({ job: row.id })}
        empty={
          <>
            在<Go to="/cases">执行案件</Go>等清单中勾选事项，即可批量登记节点、呈批变更承办人等。
          </>
        }
      />
      <Drawer
        title="办理进度与结果"
        open={job !== undefined}
        onClose={() => change({ job: undefined, state: undefined })}
        size="min(720px, 100vw)"
        destroyOnHidden
      >
        {job ? <JobProgress key={job} id={job} /> : null}
      </Drawer>
    </>
  )
}
