import type { NodeFact } from '#cases/case/wire.ts'
import { moment, yuan } from '#web/office/parts/format.ts'
import { type Column, Table } from '#web/office/parts/table.tsx'

const COLUMNS: Column<NodeFact>[] = [
  { key: 'label', title: '节点', lead: true, cell: (fact) => fact.label },
  { key: 'on', title: '日期', whole: true, cell: (fact) => fact.on ?? '尚未' },
  {
    key: 'amount',
    title: '金额（元）',
    right: true,
    whole: true,
    cell: (fact) => (fact.amountFen ? yuan(fact.amountFen) : '—'),
  },
  { key: 'source', title: '来源', cell: (fact) => fact.source },
  { key: 'at', title: '录入时间', whole: true, cell: (fact) => moment(fact.recordedAt) },
]

/** The recorded nodes of a case, each with where its date came from and when it was entered. */
export function FactTable({ facts }: { facts: NodeFact[] }) {
  if (facts.length === 0) return <p className="soft">尚未录入节点。</p>
  return <Table label="节点" columns={COLUMNS} rows={facts} rowKey={(fact) => `${fact.name}-${fact.recordedAt}`} />
}
