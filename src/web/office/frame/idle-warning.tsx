import { useEffect, useState } from 'react'
import { unusedForMs } from '#web/office/activity.ts'
import { isTransient, read } from '#web/office/api.ts'
import { Dialog } from '#web/office/parts/dialog.tsx'
import { useLeave } from './leave.ts'

const WARNING_MS = 120_000
/** The server notes use once a minute only: its end may come so much earlier. */
const GRAIN_MS = 60_000
const LOOK_MS = 5_000
/** Also over a question that waits for 重新验证身份. */
const OVER_ALL = 1600

/** Milliseconds until the session ends by itself, looked at every few seconds. */
function useTimeLeft(idleMinutes: number): number {
  const [left, setLeft] = useState(Number.POSITIVE_INFINITY)
  useEffect(() => {
    const look = () => {
      const rest = idleMinutes * 60_000 - GRAIN_MS - unusedForMs()
      setLeft(rest)
      // Over, as far as this page knows: the server says, and shows the sign-in page where it is so.
      if (rest <= 0) void read('me').catch((error: unknown) => isTransient(error))
    }
    const timer = window.setInterval(look, LOOK_MS)
    return () => window.clearInterval(timer)
  }, [idleMinutes])
  return left
}

/** Two minutes before a session that nobody uses ends: go on, or leave. */
export function IdleWarning({ idleMinutes }: { idleMinutes: number }) {
  const left = useTimeLeft(idleMinutes)
  const leave = useLeave()
  if (left > WARNING_MS) return null
  const goOn = () => void read('me').catch(() => undefined)
  return (
    <Dialog
      title="即将自动退出"
      okText="继续使用"
      cancelText="退出登录"
      onOk={goOn}
      onCancel={() => void leave()}
      closable={false}
      maskClosable={false}
      keyboard={false}
      width={420}
      zIndex={OVER_ALL}
    >
      <p role="alert">
        已有较长时间未操作，约{Math.max(1, Math.ceil(left / 60_000))}分钟后自动退出登录，未提交的内容不会保存。
      </p>
    </Dialog>
  )
}
