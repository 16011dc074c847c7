import type { BulkJobView } from '#kernel/bulk/wire.ts'
import { Word } from '#web/office/parts/page-head.tsx'

const STATES: Record<BulkJobView['state'], [string, string]> = {
  waiting: ['等待办理', 'rest'],
  running: ['正在办理', 'state'],
  done: ['已办结束', 'good'],
  cancelled: ['已取消', 'rest'],
  stopped: ['已终止', 'danger'],
}

/** How a job stands, in a word. */
export function JobState({ state }: Pick<BulkJobView, 'state'>) {
  const [text, tone] = STATES[state]
  return <Word tone={tone}>{text}</Word>
}
