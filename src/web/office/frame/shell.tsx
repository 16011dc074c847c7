import { App, ConfigProvider, Drawer } from 'antd'
import zhCN from 'antd/es/locale/zh_CN.js'
import dayjs from 'dayjs'
import { lazy, type ReactNode, Suspense, useEffect, useState } from 'react'
import 'dayjs/locale/zh-cn.js'
import { Outlet, useLocation, useRouter } from '@tanstack/react-router'
import type { MeView } from '#kernel/organisation/wire.ts'
import { Failed, Waiting } from '#web/office/parts/condition.tsx'
import { Go } from '#web/office/parts/go.tsx'
import { Icon } from '#web/office/parts/icon.tsx'
import { useMe } from '#web/office/session.ts'
import { officeTheme } from '#web/office/theme.ts'
import { CourtSwitch } from './court-switch.tsx'
import { KeyHelp } from './help.tsx'
import { IdleWarning } from './idle-warning.tsx'
import { MeMenu } from './me-menu.tsx'
import { Menu } from './menu.tsx'
import { Notices } from './notices.tsx'
import { ProofDialog } from './proof-dialog.tsx'
import { SearchBox } from './search-box.tsx'
import { useNoticeStream } from './stream.ts'

dayjs.locale('zh-cn')

const SecondFactorDue = lazy(async () => ({ default: (await import('./second-factor.tsx')).SecondFactorDue }))

const THUMB_REACH: [string, string][] = [
  ['/', '待办'],
  ['/cases', '案件'],
  ['/supervision-orders', '督办'],
  ['/approvals', '审批'],
]

/** On a phone: the pages of every day within reach of the thumb, and the whole menu. */
function BottomBar({ me }: { me: MeView }) {
  const { pathname } = useLocation()
  const entries = THUMB_REACH.flatMap(([path, label]) => {
    const entry = me.menu.find((each) => each.path === path)
    return entry ? [{ ...entry, label }] : []
  })
  return (
    <nav className="bottom-bar" aria-label="快捷导航">
      {entries.map(({ path, label, waiting }) => {
        const isHere = path === '/' ? pathname === '/' : pathname === path || pathname.startsWith(`${path}/`)
        return (
          <Go key={path} to={path} aria-current={isHere ? 'page' : undefined}>
            {label}
            {waiting > 0 ? <span className="waiting-count">{waiting > 99 ? '99+' : waiting}</span> : null}
          </Go>
        )
      })}
      <PhoneMenu me={me} />
    </nav>
  )
}

function PhoneMenu({ me }: { me: MeView }) {
  const [isOpen, setOpen] = useState(false)
  const router = useRouter()
  useEffect(() => router.subscribe('onResolved', () => setOpen(false)), [router])
  return (
    <>
      <button type="button" aria-label="打开菜单" aria-expanded={isOpen} onClick={() => setOpen(true)}>
        <Icon name="menu" />
        菜单
      </button>
      <Drawer title="菜单" placement="left" size="min(280px, 86vw)" open={isOpen} onClose={() => setOpen(false)}>
        <Menu me={me} label="主菜单" />
      </Drawer>
    </>
  )
}

function TopBar({ me }: { me: MeView }) {
  return (
    <header className="top-bar">
      <Go to="/" className="brand" aria-label="执行指挥中心平台，回到工作台">
        <span className="brand-name">执行指挥中心</span>
      </Go>
      <CourtSwitch me={me} />
      {me.menu.some(({ path }) => path === '/cases') ? <SearchBox /> : null}
      {me.demonstrationOn ? (
        <span className="demonstration" title="本系统正在演示，日期从演示日期起随时钟前进">
          <span className="demonstration-word">演示日期 </span>
          <span className="whole">{me.demonstrationOn}</span>
        </span>
      ) : null}
      <span className="top-right">
        <KeyHelp />
        <Notices unread={me.unreadNotices} />
        <MeMenu me={me} />
      </span>
    </header>
  )
}

/** A new page takes the focus, unless something on it has taken it already: reading and tabbing start at its top. */
function useFocusOfPage() {
  const router = useRouter()
  useEffect(
    () =>
      router.subscribe('onResolved', ({ pathChanged }) => {
        if (!pathChanged || document.activeElement !== document.body) return
        document.getElementById('content')?.focus({ preventScroll: true })
      }),
    [router],
  )
}

function Frame({ me, children }: { me: MeView; children: ReactNode }) {
  useNoticeStream()
  useFocusOfPage()
  return (
    <div className="frame">
      <a className="skip" href="#content">
        跳到正文
      </a>
      <TopBar me={me} />
      <aside className="side" aria-label="侧栏">
        <Menu me={me} label="主菜单" />
      </aside>
      <main id="content" className="content" tabIndex={-1}>
        {children}
      </main>
      <BottomBar me={me} />
    </div>
  )
}

/** Whoever must have a second factor and has none comes past this with one, and with its recovery codes read. */
function Gate({ me, children }: { me: MeView; children: ReactNode }) {
  const [isDue, setDue] = useState(me.secondFactor === 'due')
  if (me.secondFactor === 'due' && !isDue) setDue(true)
  if (!isDue) return children
  return (
    <Suspense>
      <SecondFactorDue me={me} done={() => setDue(false)} />
    </Suspense>
  )
}

/** The frame around every page but the sign-in page. */
export function Shell() {
  const me = useMe()
  return (
    <ConfigProvider theme={officeTheme} locale={zhCN} button={{ autoInsertSpace: false }}>
      <App>
        {me.data ? (
          <>
            <Gate me={me.data}>
              <Frame me={me.data}>
                <Outlet />
              </Frame>
            </Gate>
            <ProofDialog me={me.data} />
            <IdleWarning idleMinutes={me.data.idleMinutes} />
          </>
        ) : (
          <main className="before-frame">
            {me.error ? <Failed error={me.error} retry={() => void me.refetch()} /> : <Waiting rows={8} />}
          </main>
        )}
      </App>
    </ConfigProvider>
  )
}
