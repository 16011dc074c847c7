import { useQuery } from '@tanstack/react-query'
import { Navigate } from '@tanstack/react-router'
import { read } from '#web/office/api.ts'
import { Loaded, Nothing } from '#web/office/parts/condition.tsx'
import { PageHead } from '#web/office/parts/page-head.tsx'
import { useFilters, useMe } from '#web/office/session.ts'
import type { Workbench, WorkbenchItem } from '#web/office/wire.ts'
import { WorkList } from './work-list.tsx'

// What must I do now: the first thing after signing in.

const PARTS = [
  { key: 'mustToday', title: '今天必须办', empty: '今天没有必须办的事', hint: '到期和超期的事项会出现在这里。' },
  { key: 'dueSoon', title: '即将到期', empty: '近期没有到期的事项', hint: '期限将近的节点和事项会提前出现在这里。' },
  {
    key: 'started',
    title: '我发起的',
    empty: '没有正在办理的、由您发起的事项',
    hint: '您发起的督办等事项在办结前显示在这里。',
  },
] as const

type Part = (typeof PARTS)[number]['key']

function Switch({ bench, part, choose }: { bench: Workbench; part: Part; choose: (part: Part) => void }) {
  return (
    <div className="bench-switch" role="tablist" aria-label="工作台分组">
      {PARTS.map(({ key, title }) => (
        <button
          key={key}
          type="button"
          role="tab"
          id={`bench-${key}`}
          aria-controls="bench-panel"
          aria-selected={key === part}
          onClick={() => choose(key)}
        >
          <span>{title}</span>
          <strong className={key === 'mustToday' && bench.counts[key] > 0 ? 'pressing' : undefined}>
            {bench.counts[key]}
          </strong>
        </button>
      ))}
    </div>
  )
}

function Bench({ bench }: { bench: Workbench }) {
  const [{ part: asked }, change] = useFilters()
  const part: Part =
    PARTS.find(({ key }) => key === asked)?.key ?? (bench.mustToday.length > 0 ? 'mustToday' : 'dueSoon')
  const items: WorkbenchItem[] = bench[part]
  const { empty, hint, title } = PARTS.find(({ key }) => key === part) ?? PARTS[0]
  return (
    <>
      <Switch bench={bench} part={part} choose={(key) => change({ part: key })} />
      <div id="bench-panel" role="tabpanel" aria-labelledby={`bench-${part}`} className="box bench">
        {items.length === 0 ? <Nothing title={empty}>{hint}</Nothing> : <WorkList items={items} label={title} />}
        {items.length < bench.counts[part] ? (
          <p className="soft bench-more">
            只显示最紧急的 {items.length} 件，共 {bench.counts[part]} 件；其余请从左侧菜单的清单中查看。
          </p>
        ) : null}
      </div>
    </>
  )
}

/** The workbench. */
export function WorkbenchPage() {
  const me = useMe().data
  const isHome = me?.menu.some(({ path }) => path === '/') ?? true
  const asked = useQuery({
    queryKey: ['workbench'],
    queryFn: ({ signal }) => read<Workbench>('workbench', signal),
    enabled: isHome,
  })
  // Administrators have no cases and matters: their first page is their home.
  if (!isHome) return <Navigate to={me?.menu[0]?.path ?? '/rules'} replace />
  return (
    <>
      <PageHead
        title="工作台"
        about={
          me
            ? `${me.court.name} · ${me.person.name}，${me.posts.map(({ label }) => label).join('、')} · ${me.today}`
            : undefined
        }
      />
      <Loaded asked={asked} rows={10}>
        {(bench) => <Bench bench={bench} />}
      </Loaded>
    </>
  )
}
