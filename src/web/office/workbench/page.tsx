import { useQuery } from '@tanstack/react-query'
import { Navigate } from '@tanstack/react-router'
import type { MeView } from '#kernel/organisation/wire.ts'
import { read } from '#web/office/api.ts'
import { Loaded, Nothing } from '#web/office/parts/condition.tsx'
import { count } from '#web/office/parts/format.ts'
import { PageHead } from '#web/office/parts/page-head.tsx'
import { postWords } from '#web/office/parts/post-words.ts'
import { useFilters, useMe } from '#web/office/session.ts'
import type { Workbench, WorkbenchItem } from '#web/office/wire.ts'
import { Attention } from './attention.tsx'
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
            {count(bench.counts[key])}
          </strong>
        </button>
      ))}
    </div>
  )
}

function firstPart(bench: Workbench): Part {
  return PARTS.find(({ key }) => bench[key].length > 0)?.key ?? 'dueSoon'
}

function Own({ bench }: { bench: Workbench }) {
  const [{ part: asked }, change] = useFilters()
  const part: Part = PARTS.find(({ key }) => key === asked)?.key ?? firstPart(bench)
  const items: WorkbenchItem[] = bench[part]
  const { empty, hint, title } = PARTS.find(({ key }) => key === part) ?? PARTS[0]
  return (
    <div className="bench-own">
      <Switch bench={bench} part={part} choose={(key) => change({ part: key })} />
      <div id="bench-panel" role="tabpanel" aria-labelledby={`bench-${part}`} className="box bench">
        {items.length === 0 ? <Nothing title={empty}>{hint}</Nothing> : <WorkList items={items} label={title} />}
        {items.length < bench.counts[part] ? (
          <p className="soft bench-more">
            只显示最紧急的 {items.length} 件，共 {bench.counts[part]} 件；其余请从上方“需要关注”或左侧菜单的清单中查看。
          </p>
        ) : null}
      </div>
    </div>
  )
}

/** What came from another court stands first; then what is late around the own work, then that work. */
function Bench({ bench, me }: { bench: Workbench; me: MeView }) {
  return (
    <div className="bench-parts">
      {bench.fromAbove.length > 0 ? (
        <section className="box bench above" aria-label="其他法院交办">
          <h2 className="bench-title">
            其他法院交办，待本院办理 <strong className="pressing">{bench.fromAbove.length}</strong>
          </h2>
          <WorkList items={bench.fromAbove} label="其他法院交办" />
        </section>
      ) : null}
      <Attention figures={bench.figures} me={me} />
      <Own bench={bench} />
    </div>
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
        about={me ? `${me.court.name} · ${me.person.name}，${postWords(me.posts)} · ${me.today}` : undefined}
      />
      <Loaded asked={asked} rows={10}>
        {(bench) => (me ? <Bench bench={bench} me={me} /> : null)}
      </Loaded>
    </>
  )
}
