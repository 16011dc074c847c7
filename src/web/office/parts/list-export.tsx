import { useQuery } from '@tanstack/react-query'
import { App, Button, Input } from 'antd'
import { useState } from 'react'
import type { ListCount } from '#kernel/lists/wire.ts'
import { address, download, read } from '#web/office/api.ts'
import { RefusalNote, Waiting } from './condition.tsx'
import { Dialog } from './dialog.tsx'
import { count } from './format.ts'

type Query = Record<string, string | undefined>

const PLAIN_ROWS = 500

/** Where a list answers how many it has, and where it gives them as a file. */
export interface ListPaths {
  count: string
  export: string
}

/** How many rows a list has under these filters; asked only where somebody wants to know. */
export function useListCount(path: string, query: Query, isAsked: boolean) {
  return useQuery({
    queryKey: [path, query],
    queryFn: ({ signal }) => read<ListCount>(address(path, query), signal),
    enabled: isAsked,
  })
}

/** 导出: what the list shows, as a file with its watermark; asked once more, because it leaves the system. */
export function ExportButton(props: { title: string; paths: ListPaths; query: Query; columns: string[] | undefined }) {
  const [isAsking, setAsking] = useState(false)
  return (
    <>
      <Button onClick={() => setAsking(true)} className="wide-only">
        导出
      </Button>
      {isAsking ? <ExportDialog {...props} close={() => setAsking(false)} /> : null}
    </>
  )
}

function ExportDialog({
  title,
  paths,
  query,
  columns,
  close,
}: Parameters<typeof ExportButton>[0] & { close: () => void }) {
  const { message } = App.useApp()
  const [error, setError] = useState<Error | null>(null)
  const [busy, setBusy] = useState<'xlsx' | 'csv' | null>(null)
  const [purpose, setPurpose] = useState('')
  const counted = useListCount(paths.count, query, true)
  const rows = counted.data?.count ?? 0
  const needsPurpose = rows > PLAIN_ROWS
  const isReady = counted.data !== undefined && rows > 0 && (!needsPurpose || purpose.trim() !== '')
  const take = async (format: 'xlsx' | 'csv') => {
    setBusy(format)
    setError(null)
    try {
      const asked = { ...query, columns: columns?.join(), purpose: needsPurpose ? purpose.trim() : undefined, format }
      await download(address(paths.export, asked), `${title}清单.${format}`)
      void message.success('已导出，本次导出已记入操作记录')
      close()
    } catch (cause) {
      setError(cause as Error)
      setBusy(null)
    }
  }
  const button = (format: 'xlsx' | 'csv', text: string) => (
    <Button
      key={format}
      type={format === 'xlsx' ? 'primary' : 'default'}
      disabled={!isReady || (busy !== null && busy !== format)}
      loading={busy === format}
      onClick={() => void take(format)}
    >
      {text}
    </Button>
  )
  return (
    <Dialog
      title={`导出${title}清单`}
      onCancel={close}
      footer={[
        <Button key="cancel" onClick={close}>
          取消
        </Button>,
        button('csv', '导出 CSV'),
        button('xlsx', '导出 Excel'),
      ]}
    >
      <RefusalNote error={error ?? counted.error} />
      {counted.data ? (
        <div className="summary">
          <p>
            <strong>请核对后确认，将要发生：</strong>
          </p>
          <ul>
            <li>按当前条件、顺序和显示的列导出本院 {count(rows)} 条</li>
            <li>证件号码不导出，备注等文字中的证件号码以星号代替；文件带有导出人和时间的水印</li>
            <li>本次导出的件数和条件记入操作记录</li>
          </ul>
        </div>
      ) : counted.error ? null : (
        <Waiting rows={3} />
      )}
      {needsPurpose ? (
        <div className="stack export-purpose">
          <label htmlFor="export-purpose">用途（超过 {PLAIN_ROWS} 条须写明）</label>
          <Input
            id="export-purpose"
            value={purpose}
            maxLength={200}
            placeholder="如：年度清案核对"
            onChange={(event) => setPurpose(event.target.value)}
          />
        </div>
      ) : null}
    </Dialog>
  )
}
