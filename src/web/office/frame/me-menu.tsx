import { Button, Popover } from 'antd'
import { lazy, Suspense, useState } from 'react'
import type { MeView } from '#kernel/organisation/wire.ts'
import { Icon } from '#web/office/parts/icon.tsx'
import { postWords } from '#web/office/parts/post-words.ts'
import { useLeave } from './leave.ts'

const OwnSettings = lazy(async () => ({ default: (await import('./own-settings.tsx')).OwnSettings }))

function Posts({ me }: { me: MeView }) {
  return (
    <div className="me-posts">
      <strong>{me.person.name}</strong>
      <p className="soft">{me.court.name}</p>
      <p>{postWords(me.posts)}</p>
    </div>
  )
}

/** Who is signed in, on which posts, the own settings, and the way out. */
export function MeMenu({ me }: { me: MeView }) {
  const [isOpen, setOpen] = useState(false)
  const [isSetting, setSetting] = useState(false)
  const leave = useLeave()
  const content = (
    <div className="stack">
      <Posts me={me} />
      <div className="inline">
        <Button
          onClick={() => {
            setOpen(false)
            setSetting(true)
          }}
        >
          个人设置
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
      {isSetting ? (
        <Suspense>
          <OwnSettings me={me} close={() => setSetting(false)} />
        </Suspense>
      ) : null}
    </>
  )
}
