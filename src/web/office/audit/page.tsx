import { useQuery } from '@tanstack/react-query'
import { Button } from 'antd'
import { read } from '#web/office/api.ts'
import { useListing } from '#web/office/listing.ts'
import { Failed } from '#web/office/parts/condition.tsx'
import { FilterBar, FilterDate, FilterText } from '#web/office/parts/filter-bar.tsx'
import { count, moment } from '#web/office/parts/format.ts'
import { Icon } from '#web/office/parts/icon.tsx'
import { PageHead, Word } from '#web/office/parts/page-head.tsx'
import { type Column, ListingTable } from '#web/office/parts/table.tsx'
import { useFilters } from '#web/office/session.ts'
import type { AuditEntry, AuditVerification } from '#web/office/wire.ts'

/** An account's name is the one thing here that is not Chinese. */
function Thing({ text }: { text: string }) {
  return /\p{Script=Han}/u.test(text) ? text : <span lang="en">{text || '—'}</span>
}

const COLUMNS: Column<AuditEntry>[] = [
  { key: 'seq', title: '序号', right: true, whole: true, cell: (entry) => count(entry.seq) },
  { key: 'at', title: '时间', whole: true, cell: (entry) => moment(entry.at) },
  { key: 'actor', title: '操作人', cell: (entry) => entry.actor },
  { key: 'verb', title: '操作', lead: true, cell: (entry) => entry.verbLabel },
  { key: 'thing', title: '对象', cell: (entry) => <Thing text={entry.thing} /> },
  { key: 'summary', title: '内容', cell: (entry) => entry.summary },
]

function Verification() {
  const asked = useQuery({
    queryKey: ['audit', 'verification'],
    queryFn: ({ signal }) => read<AuditVerification>('audit/verification', signal),
    enabled: false,
  })
  if (asked.error) return <Failed error={asked.error} retry={() => void asked.refetch()} />
  return (
    <div className="verification no-paper">
      <Button loading={asked.isFetching} onClick={() => void asked.refetch()}>
        核验记录是否完整
      </Button>
      {asked.data ? (
        <span role="status">
          {asked.data.ok ? (
            <Word tone="good">✓ 核验通过</Word>
          ) : (
            <Word tone="danger">! 核验不通过：{asked.data.problem ?? '记录链断开'}</Word>
          )}{' '}
          <span className="soft">
            共 {count(asked.data.entries)} 条，核验于 {moment(asked.data.checkedAt)}
          </span>
        </span>
      ) : (
        <span className="soft">每条记录含前一条的摘要，任何改动都会在核验时显出。</span>
      )}
    </div>
  )
}

/** Who did or read what and when; nobody can change it. */
export function AuditPage() {
  const [{ from, to, actor, verb }] = useFilters()
  const listing = useListing<AuditEntry>('audit', { from, to, actor, verb })
  return (
    <>
      <PageHead title="操作记录">
        <Button icon={<Icon name="print" size={16} />} onClick={() => window.print()}>
          打印
        </Button>
      </PageHead>
      <Verification />
      <FilterBar>
        <FilterText name="actor" label="操作人姓名" />
        <FilterDate name="from" label="起始日期" />
        <FilterDate name="to" label="截止日期" />
      </FilterBar>
      <ListingTable
        label="操作记录"
        columns={COLUMNS}
        listing={listing}
        rowKey={(entry) => String(entry.seq)}
        empty={<>所选条件下没有操作记录。</>}
      />
    </>
  )
}
