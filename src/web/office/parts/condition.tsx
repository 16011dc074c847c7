import type { UseQueryResult } from '@tanstack/react-query'
import { Button } from 'antd'
import type { ReactNode } from 'react'
import { Refusal } from '#web/office/api.ts'

// Loading, empty and error look the same on every page, and keep the place of what they stand for.

const WIDTHS = [96, 79, 62, 85, 68, 91, 74, 57, 80, 63, 86, 69, 92, 75]

/** Grey lines where content will stand. */
export function Waiting({ rows = 6 }: { rows?: number }) {
  return (
    <div className="waiting" role="status" aria-label="正在读取">
      {WIDTHS.slice(0, rows).map((width) => (
        <div key={width} className="waiting-line" style={{ width: `${width}%` }} />
      ))}
    </div>
  )
}

/** Nothing here, and why, and what one can do. */
export function Nothing({ title, children }: { title: string; children?: ReactNode }) {
  return (
    <div className="nothing">
      <p className="nothing-title">{title}</p>
      {children ? <div className="nothing-more">{children}</div> : null}
    </div>
  )
}

/** A refusal in words: what happened, what to do next, on which rule. */
export function RefusalNote({ error }: { error: Error | null }) {
  if (!error) return null
  const refusal = error instanceof Refusal ? error : null
  return (
    <div className="refusal" role="alert">
      <strong>{refusal?.message ?? '页面出现问题'}</strong>
      {refusal?.next ? <span>{refusal.next}</span> : null}
      {refusal?.rule ? <span className="soft">依据：{refusal.rule}</span> : null}
    </div>
  )
}

/** An error in place of content, with 重试. */
export function Failed({ error, retry }: { error: Error; retry: () => void }) {
  return (
    <div className="failed">
      <RefusalNote error={error} />
      <Button onClick={retry}>重试</Button>
    </div>
  )
}

/** Draws an answer, or what stands for it while it is not there. */
export function Loaded<T>({
  asked,
  rows,
  children,
}: {
  asked: UseQueryResult<T>
  rows?: number
  children: (data: T) => ReactNode
}) {
  if (asked.data !== undefined) return <>{children(asked.data)}</>
  if (asked.error) return <Failed error={asked.error} retry={() => void asked.refetch()} />
  return <Waiting rows={rows} />
}
