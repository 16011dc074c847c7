import { useRouter } from '@tanstack/react-router'
import { Button } from 'antd'
import { useState } from 'react'
import type { ImportRun } from '#cases/case/wire.ts'
import { DateControl } from '#web/matter/control.tsx'
import { write } from '#web/office/api.ts'
import { useListing } from '#web/office/listing.ts'
import { RefusalNote } from '#web/office/parts/condition.tsx'
import { FilePick } from '#web/office/parts/file-pick.tsx'
import { count, moment } from '#web/office/parts/format.ts'
import { Go } from '#web/office/parts/go.tsx'
import { Box, PageHead, Word } from '#web/office/parts/page-head.tsx'
import { type Column, ListingTable } from '#web/office/parts/table.tsx'
import { useToday } from '#web/office/session.ts'
import { useSubmission } from '#web/office/submission.ts'

const STATES: Record<ImportRun['state'], [string, string]> = {
  waiting: ['等待预检', 'rest'],
  checking: ['正在预检', 'state'],
  checked: ['预检完成，待确认', 'warn'],
  importing: ['正在导入', 'state'],
  done: ['导入完成', 'good'],
  failed: ['未能完成', 'danger'],
  cancelled: ['已取消', 'rest'],
}

/** How a run stands, in words: an import reads the whole file once more before it writes. */
export function RunState({ run: { state, dryRun } }: { run: Pick<ImportRun, 'state' | 'dryRun'> }) {
  const [text, tone] = STATES[state]
  return <Word tone={tone}>{dryRun ? text : text.replace(/预检$/, state === 'waiting' ? '导入' : '核对')}</Word>
}

const COLUMNS: Column<ImportRun>[] = [
  { key: 'file', title: '文件', lead: true, cell: (run) => <Go to={`/imports/${run.id}`}>{run.fileName}</Go> },
  { key: 'asOf', title: '截至日期', whole: true, cell: (run) => run.asOfOn },
  { key: 'state', title: '状态', whole: true, cell: (run) => <RunState run={run} /> },
  {
    key: 'rows',
    title: '行数',
    right: true,
    whole: true,
    cell: (run) => (run.rowsTotal === null ? '—' : count(run.rowsTotal)),
  },
  { key: 'dryRun', title: '方式', whole: true, cell: (run) => (run.dryRun ? '预检' : '导入') },
  { key: 'by', title: '经办', cell: (run) => run.by },
  { key: 'at', title: '时间', whole: true, cell: (run) => moment(run.at) },
]

function Chooser() {
  const today = useToday()
  const router = useRouter()
  const [file, setFile] = useState<File | null>(null)
  const [asOfOn, setAsOfOn] = useState<string | undefined>()
  const check = useSubmission<FormData, ImportRun>(
    (body, key) => write('POST', 'imports', body, key),
    (run) => router.history.push(`/imports/${run.id}`),
  )
  const send = () => {
    if (!file || check.isPending) return
    const body = new FormData()
    // Fields before the file: the server reads the stream once, in this order.
    body.set('asOfOn', asOfOn ?? today)
    body.set('dryRun', 'true')
    body.set('file', file)
    check.mutate(body)
  }
  return (
    <Box title="选择文件">
      <RefusalNote error={check.error} />
      <div className="import-choose">
        <FilePick id="import-file" label="案件明细表（Excel 文件，不超过 100 MB）" accept=".xlsx" onPick={setFile} />
        <div className="stack">
          <label htmlFor="as-of">截至日期（导出当日）</label>
          <DateControl id="as-of" value={asOfOn ?? today} onChange={setAsOfOn} />
        </div>
        <Button type="primary" disabled={file === null} loading={check.isPending} onClick={send}>
          预检
        </Button>
      </div>
      <p className="soft">预检只核对文件、逐行列出结果，不写入案件；看过结果后再确认导入。</p>
    </Box>
  )
}

/** Import of a court's export: choose a file, and the runs so far. */
export function ImportsPage() {
  const listing = useListing<ImportRun>('imports', {})
  return (
    <>
      <PageHead title="案件导入" about="把办案系统导出的案件明细表导入本平台；同一文件再次导入不会重复。" />
      <Chooser />
      <Box title="历次导入">
        <ListingTable
          label="历次导入"
          columns={COLUMNS}
          listing={listing}
          rowKey={(run) => run.id}
          empty={<>还没有导入过文件。</>}
        />
      </Box>
    </>
  )
}
