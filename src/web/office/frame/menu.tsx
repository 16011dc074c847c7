import { useRouterState } from '@tanstack/react-router'
import { useEffect, useId } from 'react'
import type { MeView } from '#kernel/organisation/wire.ts'
import { address } from '#web/office/api.ts'
import { Go } from '#web/office/parts/go.tsx'
import { Icon } from '#web/office/parts/icon.tsx'
import { useScope } from '#web/office/session.ts'
import { useOpenGroups } from './menu-groups.ts'

// The menu is the document's own: 工作台 and its chapters, in its order. A chapter with many entries has them in groups
// that open and close.

const CHAPTERS: Record<string, string> = {
  workbench: '工作台',
  cases: '案件管理',
  quality: '质效管理',
  general: '综合管理',
  support: '运行管理',
  system: '系统管理',
}

/** As many entries stand without groups: whoever sees few of them opens nothing first. */
const UNGROUPED_MOST = 7

type Entry = MeView['menu'][number]

function WaitingCount({ n }: { n: number }) {
  if (n === 0) return null
  return (
    <span className="waiting-count">
      {n > 999 ? '999+' : n}
      <span className="unseen"> 件待办</span>
    </span>
  )
}

function Items({ entries, current, hidden }: { entries: Entry[]; current: string | undefined; hidden?: boolean }) {
  const scope = useScope()
  return (
    <ul hidden={hidden}>
      {entries.map(({ path, name, waiting }) => (
        <li key={path}>
          <Go
            to={address(path, { scope: scope === 'own' ? undefined : scope })}
            className="menu-item"
            aria-current={path === current ? 'page' : undefined}
          >
            <span>{name}</span>
            <WaitingCount n={waiting} />
          </Go>
        </li>
      ))}
    </ul>
  )
}

interface GroupProps {
  name: string
  entries: Entry[]
  current: string | undefined
  isOpen: boolean
  toggle: () => void
}

/** A group by its name; closed, it shows what waits in all of it. */
function Group({ name, entries, current, isOpen, toggle }: GroupProps) {
  const id = useId()
  const isHere = entries.some(({ path }) => path === current)
  return (
    <div className="menu-group">
      <button
        type="button"
        className={isHere && !isOpen ? 'menu-group-name here' : 'menu-group-name'}
        aria-expanded={isOpen}
        aria-controls={id}
        onClick={toggle}
      >
        <span>{name}</span>
        <span className="menu-group-end">
          {isOpen ? null : <WaitingCount n={entries.reduce((sum, { waiting }) => sum + waiting, 0)} />}
          <Icon name={isOpen ? 'up' : 'down'} size={14} />
        </span>
      </button>
      <div id={id}>
        <Items entries={entries} current={current} hidden={!isOpen} />
      </div>
    </div>
  )
}

function Grouped({ entries, current, personId }: { entries: Entry[]; current: string | undefined; personId: string }) {
  const [opened, keep] = useOpenGroups(personId)
  const groups = [...new Set(entries.flatMap(({ group }) => group ?? []))]
  const here = entries.find(({ path }) => path === current)?.group
  const isKnown = here !== undefined && here !== null && opened[here] !== undefined
  // Whoever comes to a page finds its group open, and open it stays when he goes on.
  useEffect(() => {
    if (here && !isKnown) keep(here, true)
  }, [here, isKnown, keep])
  const isOpen = (group: string) => opened[group] ?? (group === groups[0] || group === here)
  return (
    <>
      {groups.map((group) => (
        <Group
          key={group}
          name={group}
          entries={entries.filter((entry) => entry.group === group)}
          current={current}
          isOpen={isOpen(group)}
          toggle={() => keep(group, !isOpen(group))}
        />
      ))}
      <Items entries={entries.filter(({ group }) => group === null)} current={current} />
    </>
  )
}

function currentPath(entries: Entry[], pathname: string): string | undefined {
  const fits = entries.filter(({ path }) => pathname === path || (path !== '/' && pathname.startsWith(`${path}/`)))
  return fits.sort((a, b) => b.path.length - a.path.length)[0]?.path
}

/** The chapters that this reader may open, each entry with how many wait there. */
export function Menu({ me, label }: { me: MeView; label: string }) {
  const pathname = useRouterState({ select: (state) => state.location.pathname })
  const entries = me.menu
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
            {inside.length > UNGROUPED_MOST ? (
              <Grouped entries={inside} current={current} personId={me.person.id} />
            ) : (
              <Items entries={inside} current={current} />
            )}
          </div>
        )
      })}
    </nav>
  )
}
