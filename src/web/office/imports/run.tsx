import { useQuery } from '@tanstack/react-query'
import { useParams, useRouter } from '@tanstack/react-router'
import { Button, Progress } from 'antd'
import { useState } from 'react'
import type { ImportReport, ImportRun } from '#cases/case/wire.ts'
import { read, write } from '#web/office/api.ts'
import { Loaded, RefusalNote } from '#web/office/parts/condition.tsx'
import { Dialog } from '#web/office/parts/dialog.tsx'
import { count, moment, yuan } from '#web/office/parts/format.ts'
import { Go } from '#web/office/parts/go.tsx'
import { Box, PageHead } from '#web/office/parts/page-head.tsx'
import { useMe } from '#web/office/session.ts'
import { useSubmission } from '#web/office/submission.ts'
import { Changes, changeWords } from './changes.tsx'
import { RunState } from './list.tsx'
import { Report } from './report.tsx'

const WORKING = ['waiting', 'checking', 'importing']
const POLL_MS = 1_000

function useRun(id: string) {
  return useQuery({
    queryKey: ['imports', 'one', id],
    queryFn: ({ signal }) => read<ImportRun>(`imports/${id}`, signal),
    refetchInterval: ({ state }) => (state.data && WORKING.includes(state.data.state) ? POLL_MS : false),
  })
}

function Working({ run }: { run: ImportRun }) {
  const percent = run.rowsTotal ? Math.floor((run.rowsDone / run.rowsTotal) * 100) : 0
  return (
    <Box title={run.dryRun ? '正在预检' : '正在导入'}>
      <Progress percent={percent} status="active" aria-label="进度" />
      <p className="soft" role="status">
        已处理 {count(run.rowsDone)} 行{run.rowsTotal ? `，共 ${count(run.rowsTotal)} 行` : ''}
        。可以离开本页，处理会继续。
      </p>
    </Box>
  )
}

function ConfirmDialog({ run, report, close }: { run: ImportRun; report: ImportReport; close: () => void }) {
  const court = useMe().data?.court.name
  const router = useRouter()
  const start = useSubmission<object, ImportRun>(
    (body, key) => write('POST', `imports/${run.id}/start`, body, key),
    (started) => {
      close()
      router.history.push(`/imports/${started.id}`)
    },
  )
  return (
    <Dialog
      title="确认导入"
      onCancel={close}
      onOk={() => start.mutate({})}
      okText="确认导入"
      okButtonProps={{ loading: start.isPending }}
    >
      <RefusalNote error={start.error} />
      <div className="summary">
        <p>
          <strong>请核对后确认，将要发生：</strong>
        </p>
        <ul>
          <li>
            文件：{run.fileName}，截至 {run.asOfOn}
          </li>
          <li>写入法院：{court}</li>
          <li>
            可入库案件 {count(report.accepted)} 件，标的合计 {yuan(report.amountFen)} 元；其中{' '}
            {count(report.toCorrect.length)} 件标记需补正
          </li>
          {run.changes ? <li>{changeWords(run.changes)}</li> : null}
          <li>
            拒收 {count(report.refused.length)} 行、重复 {count(report.duplicates)} 行，不写入
          </li>
          <li>各案节点期限随即计算；已经超期的列入存量超期清单，不自动发起督办</li>
        </ul>
      </div>
    </Dialog>
  )
}

function RunActs({ run }: { run: ImportRun }) {
  const [isConfirming, setConfirming] = useState(false)
  const cancel = useSubmission<object, ImportRun>((body, key) => write('POST', `imports/${run.id}/cancel`, body, key))
  const isOpen = WORKING.includes(run.state)
  return (
    <>
      {isOpen ? (
        <Button loading={cancel.isPending} onClick={() => cancel.mutate({})}>
          {run.dryRun ? '取消预检' : '取消导入'}
        </Button>
      ) : null}
      {run.state === 'checked' && run.report ? (
        <>
          <Button type="primary" onClick={() => setConfirming(true)}>
            确认导入
          </Button>
          {isConfirming ? <ConfirmDialog run={run} report={run.report} close={() => setConfirming(false)} /> : null}
        </>
      ) : null}
      <RefusalNote error={cancel.error} />
    </>
  )
}

/** One run of an import: progress, the row-by-row report, confirmation. */
export function ImportRunPage() {
  const { id = '' } = useParams({ strict: false })
  const asked = useRun(id)
  return (
    <Loaded asked={asked} rows={10}>
      {(run) => (
        <>
          <PageHead
            title={run.fileName}
            about={
              <>
                <Go to="/imports">案件导入</Go> <RunState run={run} /> 截至 {run.asOfOn} · {run.by} {moment(run.at)}
              </>
            }
          >
            <RunActs run={run} />
          </PageHead>
          {run.problem ? (
            <div className="refusal" role="alert">
              <strong>{run.problem.message}</strong>
              <span>
                {run.state === 'cancelled'
                  ? '请核对已写入的案件，再重新预检。'
                  : '没有写入任何案件。请更正文件后重新预检。'}
              </span>
            </div>
          ) : null}
          {WORKING.includes(run.state) ? <Working run={run} /> : null}
          {run.state === 'checked' && run.changes ? <Changes run={run} counts={run.changes} /> : null}
          {run.report ? <Report report={run.report} notes={run.notes} isDone={run.state === 'done'} /> : null}
        </>
      )}
    </Loaded>
  )
}
