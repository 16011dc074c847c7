import { Button, Drawer, Popconfirm } from 'antd'
import { useState } from 'react'
import { write } from '#web/office/api.ts'
import { useListing } from '#web/office/listing.ts'
import { Failed, Nothing, Waiting } from '#web/office/parts/condition.tsx'
import { moment } from '#web/office/parts/format.ts'
import { Go } from '#web/office/parts/go.tsx'
import { Icon } from '#web/office/parts/icon.tsx'
import { useSubmission } from '#web/office/submission.ts'
import type { Notice } from '#web/office/wire.ts'

/** As many receipts as the server takes at once. */
const AT_ONCE = 100

function NoticeItem({ notice, leave }: { notice: Notice; leave: () => void }) {
  const receipt = useSubmission<string, unknown>((id, key) => write('POST', `notices/${id}/receipt`, {}, key))
  return (
    <li className={notice.receiptAt ? 'notice' : 'notice unread'}>
      <div className="notice-head">
        {notice.link ? (
          <Go to={notice.link} onClick={leave}>
            {notice.title}
          </Go>
        ) : (
          <strong>{notice.title}</strong>
        )}
        <time className="soft">{moment(notice.at)}</time>
      </div>
      {notice.text ? <p>{notice.text}</p> : null}
      {notice.receiptAt ? (
        <span className="soft">✓ 已阅 {moment(notice.receiptAt)}</span>
      ) : (
        <Button size="small" loading={receipt.isPending} onClick={() => receipt.mutate(notice.id)}>
          已阅
        </Button>
      )}
    </li>
  )
}

/** 全部已阅: those that are listed, once more asked, because a receipt can't be taken back. */
function TakeAll({ unread }: { unread: readonly string[] }) {
  const receipt = useSubmission<readonly string[], unknown>((ids, key) =>
    write('POST', 'notices/receipts', { ids }, key),
  )
  const ids = unread.slice(0, AT_ONCE)
  if (ids.length < 2) return null
  return (
    <p>
      <Popconfirm
        title={`所列 ${ids.length} 条消息都已阅读？`}
        description="逐条记录已阅时间，不能撤销。"
        okText="已阅"
        cancelText="取消"
        onConfirm={() => receipt.mutate(ids)}
      >
        <Button loading={receipt.isPending}>所列 {ids.length} 条全部已阅</Button>
      </Popconfirm>
    </p>
  )
}

function NoticeList({ leave }: { leave: () => void }) {
  const listing = useListing<Notice>('notices', {})
  if (listing.isPending) return <Waiting rows={6} />
  if (listing.error) return <Failed error={listing.error} retry={() => void listing.refetch()} />
  if (listing.items.length === 0) return <Nothing title="没有消息">督办、审批、转办到您这里时，会在此处提醒。</Nothing>
  return (
    <>
      <TakeAll unread={listing.items.filter(({ receiptAt }) => receiptAt === null).map(({ id }) => id)} />
      <ul className="notices">
        {listing.items.map((notice) => (
          <NoticeItem key={notice.id} notice={notice} leave={leave} />
        ))}
      </ul>
      {listing.hasNextPage ? <Button onClick={() => void listing.fetchNextPage()}>加载更多</Button> : null}
    </>
  )
}

/** The bell with the number of unread notices; its drawer shows them and takes the receipt. */
export function Notices({ unread }: { unread: number }) {
  const [isOpen, setOpen] = useState(false)
  const shown = unread > 99 ? '99+' : String(unread)
  return (
    <>
      <button
        type="button"
        className="top-button"
        aria-label={unread > 0 ? `消息，${shown} 条未阅` : '消息'}
        onClick={() => setOpen(true)}
      >
        <Icon name="bell" />
        {unread > 0 ? <span className="badge">{shown}</span> : null}
      </button>
      <Drawer title="消息" open={isOpen} onClose={() => setOpen(false)} size="min(460px, 100vw)" destroyOnHidden>
        <NoticeList leave={() => setOpen(false)} />
      </Drawer>
    </>
  )
}
