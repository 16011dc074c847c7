import { useQuery } from '@tanstack/react-query'
import { Button } from 'antd'
import { useState } from 'react'
import type { GroundView as Ground, GroundKindView as Kind } from '#cases/assignment/wire.ts'
import type { LocalField } from '#web/matter/field-items.tsx'
import { read } from '#web/office/api.ts'
import { useListing } from '#web/office/listing.ts'
import { FilterBar, FilterSelect } from '#web/office/parts/filter-bar.tsx'
import { FormDialog } from '#web/office/parts/form-dialog.tsx'
import { moment } from '#web/office/parts/format.ts'
import { Word } from '#web/office/parts/page-head.tsx'
import { type Column, ListingTable } from '#web/office/parts/table.tsx'
import { useFilters, useMe, useToday } from '#web/office/session.ts'

function State({ one: { ended, fromOn, toOn } }: { one: Ground }) {
  const today = useToday()
  if (ended) {
    return (
      <Word tone="rest">
        已由{ended.by}终止：{ended.reason}
      </Word>
    )
  }
  if (toOn !== null && toOn < today) return <Word tone="rest">已届满</Word>
  return fromOn > today ? <Word tone="rest">尚未开始</Word> : <Word tone="state">在效</Word>
}

const COLUMNS: Column<Ground>[] = [
  { key: 'judge', title: '法官', whole: true, lead: true, cell: (one) => <strong>{one.judge}</strong> },
  { key: 'kind', title: '类别', whole: true, cell: (one) => one.kindLabel },
  { key: 'about', title: '对象', cell: (one) => one.about ?? '—' },
  { key: 'reason', title: '情形', cell: (one) => one.reason },
  { key: 'dates', title: '起止', whole: true, cell: (one) => `${one.fromOn} 至 ${one.toOn ?? '今'}` },
  { key: 'by', title: '登记', cell: (one) => `${one.by}，${moment(one.at)}` },
  {
    key: 'ended',
    title: '状态',
    cell: (one) => <State one={one} />,
  },
]

const ABOUT: Record<Kind['kind'], string> = {
  leave: '请假期间不参加分案，起止日当天均计在内。',
  specialism: '案由含该词、或案件类型与之相同的案件，只分给有此专长的法官。',
  relation: '该人为案件当事人或代理人时，不得承办，随机和指定均受限制。',
  participation: '该案或该执行依据的案件，不得承办。',
}

function fieldsOf({ kind, about, reasons, enters }: Kind): LocalField[] {
  const judge: LocalField = { name: 'personId', label: '法官', type: 'person', required: true, among: 'team.judge' }
  const isLeave = kind === 'leave'
  return [
    ...(enters === 'others' ? [judge] : []),
    ...(about ? [{ name: 'about', label: about, type: 'text', required: true, max: 100 } as const] : []),
    { name: 'reason', label: '情形', type: 'choice', required: true, options: reasons },
    { name: 'fromOn', label: '起始日期', type: 'date', required: true },
    {
      name: 'toOn',
      label: '截止日期',
      type: 'date',
      required: isLeave,
      ...(isLeave ? {} : { help: '不填为长期有效' }),
    },
  ]
}

const verbOf = ({ kind }: Kind) => (kind === 'relation' || kind === 'participation' ? '申报' : '登记')

/** Enters one for oneself, or for a judge where this reader keeps it for others. */
function Enter({ kind, close }: { kind: Kind; close: () => void }) {
  const me = useMe().data
  const today = useToday()
  return (
    <FormDialog
      title={`${verbOf(kind)}${kind.label}`}
      about={ABOUT[kind.kind]}
      ok={verbOf(kind)}
      path="assignment-grounds"
      fields={fieldsOf(kind)}
      given={{ fromOn: today }}
      fixed={{ kind: kind.kind, ...(kind.enters === 'others' ? {} : { personId: me?.person.id }) }}
      close={close}
    />
  )
}

const END: LocalField[] = [{ name: 'reason', label: '终止理由', type: 'text', required: true, max: 200 }]

/** The kinds, each with what this reader may enter of it. */
function useKindsOfGround(): Kind[] {
  const asked = useQuery({
    queryKey: ['assignment-grounds', 'kinds'],
    queryFn: ({ signal }) => read<{ kinds: Kind[] }>('assignment-grounds?limit=1', signal),
    staleTime: 300_000,
  })
  return asked.data?.kinds ?? []
}

/** Leave, specialisms and what judges declare of themselves, as far as this reader may see it. */
export function GroundView() {
  const [{ kind, past }] = useFilters()
  const listing = useListing<Ground>('assignment-grounds', { kind, past })
  const kinds = useKindsOfGround()
  const enterable = kinds.filter(({ enters }) => enters !== null)
  const [entering, setEntering] = useState<Kind | null>(null)
  const [ending, setEnding] = useState<Ground | null>(null)
  const end: Column<Ground> = {
    key: 'end',
    title: '办理',
    cell: (one) =>
      one.mayEnd ? (
        <Button size="small" onClick={() => setEnding(one)}>
          终止
        </Button>
      ) : (
        '—'
      ),
  }
  return (
    <div className="stack">
      <p className="soft">回避关系和曾参与由法官本人申报，只有本人和负责分案监督的人员可见。</p>
      {enterable.length > 0 ? (
        <div className="act-bar no-paper">
          {enterable.map((each) => (
            <Button key={each.kind} onClick={() => setEntering(each)}>
              {verbOf(each)}
              {each.label}
            </Button>
          ))}
        </div>
      ) : null}
      <FilterBar>
        <FilterSelect name="kind" label="类别" options={kinds.map((one) => [one.kind, one.label])} />
        <FilterSelect name="past" label="范围" options={[['true', '含已终止的']]} />
      </FilterBar>
      <ListingTable
        label="请假、专长与回避"
        columns={enterable.length > 0 ? [...COLUMNS, end] : COLUMNS}
        listing={listing}
        rowKey={({ id }) => id}
        empty={<>没有在效的请假、专长或回避申报。</>}
      />
      {entering ? <Enter key={entering.kind} kind={entering} close={() => setEntering(null)} /> : null}
      {ending ? (
        <FormDialog
          title={`终止${ending.kindLabel}`}
          about={`${ending.judge}：${[ending.about, ending.reason].filter(Boolean).join('，')}。自今日起不再影响分案，记录保留。`}
          ok="终止"
          path={`assignment-grounds/${ending.id}/end`}
          fields={END}
          close={() => setEnding(null)}
        />
      ) : null}
    </div>
  )
}
