import { useRouterState } from '@tanstack/react-router'
import type { MeView } from '#kernel/organisation/wire.ts'
import { address } from '#web/office/api.ts'
import { Go } from '#web/office/parts/go.tsx'
import { useScope } from '#web/office/session.ts'

// The menu is the document's own: 工作台 and its chapters, in its order.

const CHAPTERS: Record<string, string> = {
  workbench: '工作台',
  cases: '案件管理',
  quality: '质效管理',
  general: '综合管理',
  support: '运行管理',
  system: '系统管理',
}

type Entry = MeView['menu'][number]

function Item({ entry, current, scope }: { entry: Entry; current: boolean; scope: string }) {
  const to = address(entry.path, { scope: scope === 'own' ? undefined : scope })
  return (
    <li>
      <Go to={to} className="menu-item" aria-current={current ? 'page' : undefined}>
        <span>{entry.name}</span>
        {entry.waiting > 0 ? (
          <span className="waiting-count">
            {entry.waiting > 999 ? '999+' : entry.waiting}
            <span className="unseen"> 件待办</span>
          </span>
        ) : null}
      </Go>
    </li>
  )
}

function currentPath(entries: Entry[], pathname: string): string | undefined {
  const fits = entries.filter(({ path }) => pathname === path || (path !== '/' && pathname.startsWith(`${path}/`)))
  return fits.sort((a, b) => b.path.length - a.path.length)[0]?.path
}

/** The chapters that this reader may open, each entry with how many wait there. */
export function Menu({ entries, label }: { entries: Entry[]; label: string }) {
  const pathname = useRouterState({ select: (state) => state.location.pathname })
  const scope = useScope()
  const current = currentPath(entries, pathname)
  const named = (chapter: string) => CHAPTERS[chapter] ?? chapter
  const chapters = [...new Set([...Object.values(CHAPTERS), ...entries.map(({ chapter }) => named(chapter))])]
  return (
    <nav className="menu" aria-label={label}>
      {chapters.map((chapter) => {
        const inside = entries.filter((entry) => named(entry.chapter) === chapter)
        if (inside.length === 0) return null
        const isHeaded = !(inside.length === 1 && inside[0]?.name === chapter)
        return (
          <div key={chapter} className="menu-chapter">
            {isHeaded ? <p className="menu-title">{chapter}</p> : null}
            <ul>
              {inside.map((entry) => (
                <Item key={entry.path} entry={entry} current={entry.path === current} scope={scope} />
              ))}
            </ul>
          </div>
        )
      })}
    </nav>
  )
}
