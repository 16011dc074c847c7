import { type ReactNode, useEffect } from 'react'
import { Go } from './go.tsx'

/** A page's heading, what it is for, and its one main action always in the same corner. */
export function PageHead({ title, about, children }: { title: string; about?: ReactNode; children?: ReactNode }) {
  useEffect(() => {
    document.title = `${title} · 执行指挥中心平台`
  }, [title])
  return (
    <header className="page-head">
      <div>
        <h1>{title}</h1>
        {about ? <p className="soft">{about}</p> : null}
      </div>
      {children ? <div className="page-acts">{children}</div> : null}
    </header>
  )
}

/** For an address that leads nowhere. */
export function NoSuchPage() {
  return (
    <>
      <PageHead title="没有这个页面" about="地址有误，或者您的岗位看不到它。请从菜单进入，或按案号、当事人查找。" />
      <p>
        <Go to="/" className="link-button">
          回到工作台
        </Go>
      </p>
    </>
  )
}

/** A titled box. */
export function Box({
  title,
  aside,
  children,
  tight,
}: {
  title: string
  aside?: ReactNode
  children: ReactNode
  tight?: boolean
}) {
  return (
    <section className={tight ? 'box tight' : 'box'} aria-label={title}>
      <div className="box-head">
        <h2>{title}</h2>
        {aside}
      </div>
      {children}
    </section>
  )
}

/** A word with a sign and a tone: colour never stands alone. */
export function Word({ tone, children }: { tone: string; children: ReactNode }) {
  return <span className={`word ${tone}`}>{children}</span>
}

/** Pairs of label and value. */
/** Characters from which a value has a row of its own. */
const LONG = 40

export function Facts({ pairs }: { pairs: [string, ReactNode][] }) {
  return (
    <dl className="facts">
      {pairs.map(([label, value]) => (
        <div key={label} className={typeof value === 'string' && value.length >= LONG ? 'long' : undefined}>
          <dt>{label}</dt>
          <dd>{value === null || value === undefined || value === '' ? '—' : value}</dd>
        </div>
      ))}
    </dl>
  )
}
