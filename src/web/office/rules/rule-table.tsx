import { SourceMark } from '#web/matter/clock.tsx'
import { useRules } from '#web/matter/rule-names.ts'
import { Loaded, Nothing } from '#web/office/parts/condition.tsx'
import { span } from '#web/office/parts/format.ts'
import { type Column, Table } from '#web/office/parts/table.tsx'
import type { RuleRow } from '#web/office/wire.ts'

const COLUMNS: Column<RuleRow>[] = [
  { key: 'label', title: '期限', lead: true, cell: (rule) => <strong>{rule.label}</strong> },
  { key: 'n', title: '天数', right: true, whole: true, cell: (rule) => span(rule.n, rule.unit) },
  { key: 'mark', title: '性质', whole: true, cell: (rule) => <SourceMark mark={rule.mark} /> },
  {
    key: 'source',
    title: '来源',
    cell: (rule) => (
      <>
        {rule.source}
        {rule.note ? <p className="soft">{rule.note}</p> : null}
      </>
    ),
  },
  { key: 'version', title: '版本', right: true, whole: true, cell: (rule) => `第 ${rule.version} 版` },
  {
    key: 'valid',
    title: '施行',
    whole: true,
    cell: (rule) => (rule.validTo ? `${rule.validFrom} 至 ${rule.validTo}` : `${rule.validFrom} 起`),
  },
]

/** Every rule with its source; the court's own settings look like settings. */
export function RuleTable() {
  const asked = useRules()
  return (
    <Loaded asked={asked}>
      {({ rules }) =>
        rules.length === 0 ? (
          <Nothing title="没有期限规则" />
        ) : (
          <Table label="期限规则" columns={COLUMNS} rows={rules} rowKey={({ id, version }) => `${id}-${version}`} />
        )
      }
    </Loaded>
  )
}
