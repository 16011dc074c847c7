import { useQuery } from '@tanstack/react-query'
import { Button } from 'antd'
import { useState } from 'react'
import type { StaffingView } from '#kernel/organisation/wire.ts'
import type { LocalField } from '#web/matter/field-items.tsx'
import { address, read } from '#web/office/api.ts'
import { Loaded, Nothing } from '#web/office/parts/condition.tsx'
import { FilterBar, FilterDate } from '#web/office/parts/filter-bar.tsx'
import { FormDialog } from '#web/office/parts/form-dialog.tsx'
import { count } from '#web/office/parts/format.ts'
import { Word } from '#web/office/parts/page-head.tsx'
import { type Column, Table } from '#web/office/parts/table.tsx'
import { useFilters, useToday } from '#web/office/session.ts'
import { POST_FIELDS, roleOf } from './post-fields.ts'

type Line = StaffingView['items'][number]

const FIELDS: LocalField[] = [
  ...POST_FIELDS.filter(({ name }) => name !== 'fromOn'),
  { name: 'standard', label: '核定人数', type: 'number', required: true },
  { name: 'fromOn', label: '起始日期', type: 'date', required: true },
  { name: 'source', label: '依据', type: 'text', required: true, max: 100, help: '如编制方案、会议纪要的名称和文号' },
]

function Gap({ standard, actual }: Line) {
  if (standard === null) return <>—</>
  const gap = actual - standard
  if (gap === 0) return <Word tone="good">足额</Word>
  return gap < 0 ? <Word tone="warn">缺 {count(-gap)} 人</Word> : <Word tone="state">超 {count(gap)} 人</Word>
}

const COLUMNS: Column<Line>[] = [
  { key: 'unit', title: '团队或部门', whole: true, lead: true, cell: (line) => <strong>{line.unit}</strong> },
  { key: 'role', title: '岗位', whole: true, cell: (line) => line.label },
  {
    key: 'standard',
    title: '核定',
    right: true,
    whole: true,
    cell: (line) => (line.standard === null ? '未核定' : count(line.standard)),
  },
  { key: 'actual', title: '实有', right: true, whole: true, cell: (line) => count(line.actual) },
  { key: 'gap', title: '对比', whole: true, cell: (line) => <Gap {...line} /> },
  { key: 'people', title: '人员', cell: (line) => line.people.join('、') || '—' },
  { key: 'source', title: '依据', cell: (line) => (line.source ? `${line.source}（自 ${line.fromOn}）` : '—') },
]

/** How many people each team and the centre should have, against how many hold the posts on a day. */
export function StaffingTable() {
  const [{ on }] = useFilters()
  const today = useToday()
  const [isSetting, setSetting] = useState(false)
  const asked = useQuery({
    queryKey: ['staffing', on],
    queryFn: ({ signal }) => read<StaffingView>(address('staffing', { on }), signal),
  })
  return (
    <Loaded asked={asked} rows={10}>
      {({ items, mayEdit, on: shownOn }) => (
        <div className="stack">
          <FilterBar>
            <FilterDate name="on" label="查看某日" />
            {mayEdit ? <Button onClick={() => setSetting(true)}>核定编制</Button> : null}
          </FilterBar>
          <p className="soft">{shownOn} 的核定人数与在任人数；一人在同一岗位只计一次。</p>
          {items.length === 0 ? (
            <Nothing title="该日没有在任人员" />
          ) : (
            <Table label="编制" columns={COLUMNS} rows={items} rowKey={({ teamId, role }) => `${teamId}/${role}`} />
          )}
          {isSetting ? (
            <FormDialog
              title="核定编制"
              about="自起始日期起生效，此前的核定保留。"
              ok="核定"
              path="staffing"
              fields={FIELDS}
              given={{ fromOn: today }}
              body={(values) => ({ ...values, role: roleOf(values.role) })}
              close={() => setSetting(false)}
            />
          ) : null}
        </div>
      )}
    </Loaded>
  )
}
