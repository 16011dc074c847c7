import { useQueryClient } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { Button, Popover } from 'antd'
import { lazy, Suspense, useState } from 'react'
import type { MeView } from '#kernel/organisation/wire.ts'
import { newKey, write } from '#web/office/api.ts'
import { Icon } from '#web/office/parts/icon.tsx'
import { postWords } from '#web/office/parts/post-words.ts'

const PasswordDialog = lazy(async () => ({ default: (await import('./password-dialog.tsx')).PasswordDialog }))

function useLeave() {
  const queries = useQueryClient()
  const navigate = useNavigate()
  return async () => {
    await write('DELETE', 'session', undefined, newKey()).catch(() => undefined)
    queries.clear()
    void navigate({ to: '/sign-in' })
  }
}

function Posts({ me }: { me: MeView }) {
  return (
    <div className="me-posts">
      <strong>{me.person.name}</strong>
      <p className="soft">{me.court.name}</p>
      <p>{postWords(me.posts)}</p>
    </div>
  )
}

/** Who is signed in, on which posts, the own password, and the way out. */
export function MeMenu({ me }: { me: MeView }) {
  const [isOpen, setOpen] = useState(false)
  const [isChanging, setChanging] = useState(false)
  const leave = useLeave()
  const content = (
    <div className="stack">
      <Posts me={me} />
      <div className="inline">
        <Button
          onClick={() => {
            setOpen(false)
            setChanging(true)
          }}
        >
          修改密码
        </Button>
        <Button onClick={() => void leave()}>退出登录</Button>
      </div>
    </div>
  )
  return (
    <>
      <Popover trigger="click" placement="bottomRight" open={isOpen} onOpenChange={setOpen} content={content}>
        <button
          type="button"
          className="top-button me"
          aria-label={`${me.person.name}，岗位与退出`}
          aria-expanded={isOpen}
          onKeyDown={(event) => event.key === 'Escape' && setOpen(false)}
        >
          <Icon name="person" />
          <span className="wide-only">{me.person.name}</span>
          <Icon name="down" size={14} />
        </button>
      </Popover>
      {isChanging ? (
        <Suspense>
          <PasswordDialog close={() => setChanging(false)} />
        </Suspense>
      ) : null}
    </>
  )
}
