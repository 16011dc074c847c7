import { App, Button } from 'antd'
import { useState } from 'react'
import { address, download } from '#web/office/api.ts'
import { RefusalNote } from '#web/office/parts/condition.tsx'
import { Dialog } from '#web/office/parts/dialog.tsx'

/** 导出: what the list shows, as a file with its watermark; asked once more, because it leaves the system. */
export function ExportButton({ query }: { query: Record<string, string | undefined> }) {
  const [isAsking, setAsking] = useState(false)
  return (
    <>
      <Button onClick={() => setAsking(true)} className="wide-only">
        导出
      </Button>
      {isAsking ? <ExportDialog query={query} close={() => setAsking(false)} /> : null}
    </>
  )
}

function ExportDialog({ query, close }: { query: Record<string, string | undefined>; close: () => void }) {
  const { message } = App.useApp()
  const [error, setError] = useState<Error | null>(null)
  const [isBusy, setBusy] = useState(false)
  const take = async (format: 'xlsx' | 'csv') => {
    setBusy(true)
    setError(null)
    try {
      await download(address('case-export', { ...query, format }), `案件清单.${format}`)
      void message.success('已导出，本次导出已记入操作记录')
      close()
    } catch (cause) {
      setError(cause as Error)
      setBusy(false)
    }
  }
  return (
    <Dialog
      title="导出案件清单"
      onCancel={close}
      footer={[
        <Button key="cancel" onClick={close}>
          取消
        </Button>,
        <Button key="csv" disabled={isBusy} onClick={() => void take('csv')}>
          导出 CSV
        </Button>,
        <Button key="xlsx" type="primary" loading={isBusy} onClick={() => void take('xlsx')}>
          导出 Excel
        </Button>,
      ]}
    >
      <RefusalNote error={error} />
      <div className="summary">
        <p>
          <strong>请核对后确认，将要发生：</strong>
        </p>
        <ul>
          <li>按当前条件导出本院案件，最多 500 件；超过的请先缩小条件</li>
          <li>不含证件号码；文件带有导出人和时间的水印</li>
          <li>本次导出记入操作记录</li>
        </ul>
      </div>
    </Dialog>
  )
}
