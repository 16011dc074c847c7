import type { ActionView, KindView } from '#kernel/matter/wire.ts'
import { SourceMark } from '#web/matter/clock.tsx'
import { roleLabel } from '#web/matter/role-label.ts'
import { span } from '#web/office/parts/format.ts'
import { type Column, Table } from '#web/office/parts/table.tsx'
import type { RuleRow } from '#web/office/wire.ts'

function namesOf(kind: KindView, states: string[]): string {
  return (
    states
      .map((state) => kind.states[state] ?? '')
      .filter(Boolean)
      .join('、') || '—'
  )
}

function actionColumns(kind: KindView): Column<ActionView>[] {
  const papers = new Map(kind.documents.map(({ name, label }) => [name, label]))
  return [
    { key: 'label', title: '办理', lead: true, whole: true, cell: (action) => <strong>{action.label}</strong> },
    { key: 'from', title: '何时可办', cell: (action) => namesOf(kind, action.from) },
    { key: 'to', title: '办后状态', cell: (action) => (action.to ? namesOf(kind, [action.to]) : '不变') },
    { key: 'by', title: '由谁办', cell: (action) => action.by.map(roleLabel).join('、') },
    {
      key: 'needs',
      title: '须填、须附',
      cell: (action) =>
        [
          ...action.ask.filter(({ required }) => required).map(({ label }) => label),
          ...action.needs.map((name) => papers.get(name) ?? '材料'),
        ].join('、') || '—',
    },
    { key: 'approval', title: '审批', cell: (action) => action.approval ?? '—' },
  ]
}

/** Which act, in which state, by whom, with what. */
export function ActionTable({ kind }: { kind: KindView }) {
  return (
    <Table
      label={`${kind.title}：办理`}
      columns={actionColumns(kind)}
      rows={kind.actions}
      rowKey={({ name }) => name}
    />
  )
}

interface Limit {
  name: string
  label: string
  states: string
  rule: RuleRow | undefined
}

const LIMITS: Column<Limit>[] = [
  { key: 'label', title: '期限', lead: true, cell: ({ label }) => <strong>{label}</strong> },
  { key: 'while', title: '计算期间', cell: ({ states }) => states },
  {
    key: 'n',
    title: '天数',
    right: true,
    whole: true,
    cell: ({ rule }) => (rule ? span(rule.n, rule.unit) : '见期限规则'),
  },
  { key: 'mark', title: '性质', whole: true, cell: ({ rule }) => (rule ? <SourceMark mark={rule.mark} /> : '—') },
  { key: 'source', title: '来源', cell: ({ rule }) => rule?.source ?? '—' },
]

/** The limits of a kind with their source. */
export function LimitTable({ kind, rules }: { kind: KindView; rules: RuleRow[] }) {
  if (kind.clocks.length === 0) return <p className="soft">没有期限。</p>
  const rows = kind.clocks.map(({ name, label, while: states, rule }) => ({
    name,
    label,
    states: namesOf(kind, states),
    rule: rules.find(({ id }) => id === rule),
  }))
  return <Table label={`${kind.title}：期限`} columns={LIMITS} rows={rows} rowKey={({ name }) => name} />
}
