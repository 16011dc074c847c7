import { useQuery } from '@tanstack/react-query'
import { Button } from 'antd'
import { useState } from 'react'
import type { WeightList } from '#cases/assignment/wire.ts'
import type { LocalField } from '#web/matter/field-items.tsx'
import { read } from '#web/office/api.ts'
import { Loaded } from '#web/office/parts/condition.tsx'
import { FormDialog } from '#web/office/parts/form-dialog.tsx'
import { hundredths } from '#web/office/parts/format.ts'
import { type Column, Table } from '#web/office/parts/table.tsx'
import { useToday } from '#web/office/session.ts'

type Weight = WeightList['items'][number]

const FIELDS: LocalField[] = [
  {
    name: 'hundredths',
    label: '权重（百分之一件）',
    type: 'number',
    required: true,
    help: '100 为折算一件，50 为折算半件',
  },
  { name: 'fromOn', label: '起始日期', type: 'date', required: true },
  { name: 'source', label: '依据', type: 'text', required: true, max: 100 },
]

const COLUMNS: Column<Weight>[] = [
  { key: 'kind', title: '案件类型', whole: true, lead: true, cell: (one) => <strong>{one.kind}</strong> },
  { key: 'weight', title: '折算件数', right: true, whole: true, cell: (one) => hundredths(one.hundredths) },
  { key: 'from', title: '自', whole: true, cell: (one) => one.fromOn ?? '—' },
  { key: 'source', title: '依据', cell: (one) => one.source ?? '未设置，按一件计' },
  { key: 'by', title: '设置人', whole: true, cell: (one) => one.setBy ?? '—' },
]

/** What a case of each kind weighs in 分案 today; the court sets it from a day on. */
export function WeightView() {
  const today = useToday()
  const [setting, setSetting] = useState<Weight | null>(null)
  const asked = useQuery({
    queryKey: ['assignment-weights'],
    queryFn: ({ signal }) => read<WeightList>('assignment-weights', signal),
  })
  return (
    <Loaded asked={asked} rows={8}>
      {({ items, mayEdit }) => (
        <div className="stack">
          <p className="soft">
            本院设置，自起始日期起生效，不改变此前的分案。{mayEdit ? '' : '由指挥中心主任、执行局长设置。'}
          </p>
          <Table
            label="分案权重"
            columns={mayEdit ? [...COLUMNS, changeColumn(setSetting)] : COLUMNS}
            rows={items}
            rowKey={({ kind }) => kind}
          />
          {setting ? (
            <FormDialog
              title={`设置分案权重：${setting.kind}`}
              ok="设置"
              path="assignment-weights"
              fields={FIELDS}
              given={{ hundredths: String(setting.hundredths), fromOn: today }}
              fixed={{ kind: setting.kind }}
              close={() => setSetting(null)}
            />
          ) : null}
        </div>
      )}
    </Loaded>
  )
}

function changeColumn(open: (one: Weight) => void): Column<Weight> {
  return {
    key: 'change',
    title: '办理',
    cell: (one) => (
      <Button size="small" aria-label={`设置${one.kind}的权重`} onClick={() => open(one)}>
        设置
      </Button>
    ),
  }
}
