import { useQuery } from '@tanstack/react-query'
import { Button } from 'antd'
import type { WaitingApproval } from '#kernel/approval/approval-routes.ts'
import { ApprovalSteps } from '#web/matter/approval-steps.tsx'
import { DecisionButtons } from '#web/matter/decision.tsx'
import { read } from '#web/office/api.ts'
import { BulkBar } from '#web/office/bulk/bar.tsx'
import { type Picks, useOffers, usePicks } from '#web/office/bulk/picks.ts'
import { Loaded, Nothing } from '#web/office/parts/condition.tsx'
import { moment } from '#web/office/parts/format.ts'
import { Go } from '#web/office/parts/go.tsx'
import { Facts, PageHead } from '#web/office/parts/page-head.tsx'

function Item({ item, picks }: { item: WaitingApproval; picks: Picks | null }) {
  return (
    <section className="box approval" aria-label={`${item.number} ${item.label}`}>
      <div className="box-head">
        <h2>
          {picks && item.bulk ? (
            <input
              type="checkbox"
              aria-label={`选择 ${item.number} ${item.label}`}
              checked={picks.ids.has(item.id)}
              onChange={() => picks.toggle(item.id)}
            />
          ) : null}{' '}
          {item.label} <Go to={`/${item.path}/${item.thingId}`}>{item.number}</Go>
        </h2>
        <span className="soft">
          {item.proposer} 于 {moment(item.at)} 呈批
          {item.deputyFor ? `，由您代${item.deputyFor}审批` : ''}
        </span>
      </div>
      <ApprovalSteps steps={item.steps} />
      {item.answers.length > 0 ? <Facts pairs={item.answers.map(({ label, value }) => [label, value])} /> : null}
      <DecisionButtons {...item} />
    </section>
  )
}

/** What may be approved together: several proposals of the same harmless kind. */
function Waiting({ items }: { items: WaitingApproval[] }) {
  const offers = useOffers('approvals')
  const able = items.filter(({ bulk }) => bulk)
  const picks = usePicks(
    able.map(({ id }) => id),
    'approvals',
  )
  const isOffered = offers.length > 0 && able.length > 1
  // Only what stands here is counted: an approval that has been decided meanwhile is picked no longer.
  const ids = new Set([...picks.ids].filter((id) => able.some((item) => item.id === id)))
  const of = { list: 'approvals', title: '待我审批', count: null, query: {}, words: '待我审批' }
  return (
    <>
      {isOffered && ids.size === 0 ? (
        <p>
          <Button onClick={picks.toggleLoaded}>选择可以成批批准的 {able.length} 件</Button>
        </p>
      ) : null}
      <BulkBar offers={offers} picks={{ ...picks, ids }} of={of} />
      {items.map((item) => (
        <Item key={item.id} item={item} picks={isOffered ? picks : null} />
      ))}
    </>
  )
}

/** What waits for this reader's approval, with everything that he approves. */
export function ApprovalsPage() {
  const asked = useQuery({
    queryKey: ['approvals'],
    queryFn: ({ signal }) => read<{ items: WaitingApproval[] }>('approvals', signal),
  })
  return (
    <>
      <PageHead title="待我审批" about="批准针对所呈内容的当前版本；内容一经改动，须重新呈批。" />
      <Loaded asked={asked}>
        {({ items }) =>
          items.length === 0 ? (
            <Nothing title="没有待审批的事项">呈批到您这里时，会有消息提醒。</Nothing>
          ) : (
            <Waiting items={items} />
          )
        }
      </Loaded>
    </>
  )
}
