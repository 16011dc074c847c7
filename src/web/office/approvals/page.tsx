import { useQuery } from '@tanstack/react-query'
import { DecisionButtons } from '#web/matter/decision.tsx'
import { read } from '#web/office/api.ts'
import { Loaded, Nothing } from '#web/office/parts/condition.tsx'
import { moment } from '#web/office/parts/format.ts'
import { Go } from '#web/office/parts/go.tsx'
import { Facts, PageHead } from '#web/office/parts/page-head.tsx'
import type { WaitingApproval } from '#web/office/wire.ts'

function Item({ item }: { item: WaitingApproval }) {
  return (
    <section className="box approval" aria-label={`${item.number} ${item.label}`}>
      <div className="box-head">
        <h2>
          {item.label} <Go to={`/${item.path}/${item.thingId}`}>{item.number}</Go>
        </h2>
        <span className="soft">
          {item.proposer} 于 {moment(item.at)} 呈批
        </span>
      </div>
      {item.answers.length > 0 ? <Facts pairs={item.answers.map(({ label, value }) => [label, value])} /> : null}
      <DecisionButtons id={item.id} label={item.label} number={item.number} version={item.version} />
    </section>
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
            items.map((item) => <Item key={item.id} item={item} />)
          )
        }
      </Loaded>
    </>
  )
}
