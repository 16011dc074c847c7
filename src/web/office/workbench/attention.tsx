import type { MeView } from '#kernel/organisation/wire.ts'
import { address } from '#web/office/api.ts'
import { count } from '#web/office/parts/format.ts'
import { Go } from '#web/office/parts/go.tsx'
import type { CaseFigures, Figures } from '#web/office/wire.ts'

// What is late around the reader's own work: a number, what to do about it, and its list one click away.

interface Card {
  key: string
  title: string
  n: number
  todo: string
  to: string
  tone: 'danger' | 'warn'
}

function caseCards(cases: CaseFigures, filter: Record<string, string | null>, me: MeView): Card[] {
  const opens = (path: string) => me.menu.some((entry) => entry.path === path)
  const cards: Card[] = [
    {
      key: 'overdue',
      title: '有节点超期的案件',
      n: cases.overdue,
      todo: '逐件登记办理情况',
      to: address('/cases', { clock: 'overdue', ...filter }),
      tone: 'danger',
    },
    {
      key: 'backlog',
      title: '存量超期',
      n: cases.backlog,
      todo: '导入时已超期，分批督办',
      to: address('/backlog', { scope: filter.scope }),
      tone: 'danger',
    },
    {
      key: 'warnings',
      title: '办案预警',
      n: cases.warnings,
      todo: '核对、补正或说明理由',
      to: address('/warnings', filter),
      tone: 'warn',
    },
    {
      key: 'soon',
      title: '即将到期的案件',
      n: cases.soon,
      todo: '到期前办理',
      to: address('/cases', { clock: 'soon', ...filter }),
      tone: 'warn',
    },
    {
      key: 'toCorrect',
      title: '需补正的案件',
      n: cases.toCorrect,
      todo: '核对卷宗后补正',
      to: address('/cases', { flag: 'any', ...filter }),
      tone: 'warn',
    },
  ]
  return cards.filter(({ key }) => key !== 'backlog' || opens('/backlog'))
}

function cardsOf(figures: Figures, me: MeView): Card[] {
  const approvals = me.menu.find(({ path }) => path === '/approvals')?.waiting ?? 0
  return [
    { key: 'approvals', title: '待我审批', n: approvals, todo: '批准或退回', to: '/approvals', tone: 'warn' } as const,
    ...figures.lateMatters.map(
      ({ title, path, n }): Card => ({
        key: path,
        title: `${title}超期`,
        n,
        todo: '催办或延期',
        to: address(path, { sort: 'dueOn' }),
        tone: 'danger',
      }),
    ),
    ...caseCards(figures.cases, figures.whose, me),
  ]
}

function Cards({ cards, label }: { cards: Card[]; label: string }) {
  const shown = cards.filter(({ n }) => n > 0)
  if (shown.length === 0) return null
  return (
    <section aria-label={label}>
      <h2 className="cards-title">{label}</h2>
      <ul className="cards">
        {shown.map(({ key, title, n, todo, to, tone }) => (
          <li key={key}>
            <Go to={to} className="card">
              <span>{title}</span>
              <span className={`card-n ${tone}`}>
                <strong>{count(n)}</strong> 件
              </span>
              <span className="card-todo">{todo} ›</span>
            </Go>
          </li>
        ))}
      </ul>
    </section>
  )
}

/** The cards of the own court (or team, or cases), and below them those of the whole jurisdiction. */
export function Attention({ figures, me }: { figures: Figures; me: MeView }) {
  const own = figures.whose.judge ? '我的案件' : figures.whose.team ? '本团队' : '本院'
  return (
    <div className="attention">
      <Cards cards={cardsOf(figures, me)} label={`${own}需要关注`} />
      {figures.jurisdiction ? (
        <Cards cards={caseCards(figures.jurisdiction, { scope: 'subtree' }, me)} label="全辖区需要关注（含本院）" />
      ) : null}
    </div>
  )
}
