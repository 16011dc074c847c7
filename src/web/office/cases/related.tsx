import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import type { CaseView } from '#cases/case/wire.ts'
import type { RelatedCaseList, RelatedCaseView } from '#cases/related-proposal/wire.ts'
import { address, read } from '#web/office/api.ts'
import { Loaded, Nothing } from '#web/office/parts/condition.tsx'
import { Go } from '#web/office/parts/go.tsx'
import { Word } from '#web/office/parts/page-head.tsx'
import { type Column, Table } from '#web/office/parts/table.tsx'
import { useFilters, useKinds, useMe } from '#web/office/session.ts'

// 关联案件核查: which cases of all courts are related to this one, why and how strongly. Asked only where the tab is
// opened: a look at another court's cases is on record.

export const RELATED_TAB = 'related'
const PATH = 'related-proposals'

/** Whether this reader's posts open the proposals, and with them what they are made from. */
export function useMaySeeRelated(): boolean {
  return useMe().data?.menu.some(({ path }) => path === `/${PATH}`) ?? false
}

function Standing({ row }: { row: RelatedCaseView }) {
  return (
    <>
      <Word tone={row.open ? 'state' : 'rest'}>{row.stateLabel}</Word>
      {row.proposal ? (
        <>
          {' '}
          <Go to={`/${PATH}/${row.proposal.id}`}>集中办理中</Go>
        </>
      ) : null}
    </>
  )
}

const COLUMNS: Column<RelatedCaseView>[] = [
  {
    key: 'number',
    title: '案号',
    lead: true,
    whole: true,
    cell: (row) => (row.id ? <Go to={`/cases/${row.id}`}>{row.caseNumber}</Go> : row.caseNumber),
  },
  { key: 'court', title: '法院', cell: (row) => row.court },
  { key: 'state', title: '状态', cell: (row) => <Standing row={row} /> },
  { key: 'party', title: '共同被执行人', cell: (row) => row.party ?? '—' },
  {
    key: 'reasons',
    title: '关联依据',
    cell: (row) => row.reasons.join('；') + (row.weak ? '（仅供参考，须另行核实）' : ''),
  },
  { key: 'score', title: '关联程度', right: true, cell: (row) => row.score },
]

function proposeAddress(one: CaseView, chosen: RelatedCaseView[], ways: readonly string[]): string {
  const several = chosen.some(({ own }) => !own)
  return address(`/${PATH}/new`, {
    caseNumber: one.caseNumber,
    chosen: chosen.map(({ caseNumber }) => caseNumber).join('、'),
    way: ways[several ? 1 : 0],
    designated: several ? one.courtName : undefined,
  })
}

function Proposing({ one, chosen }: { one: CaseView; chosen: RelatedCaseView[] }) {
  const kind = useKinds().data?.find(({ path }) => path === PATH)
  const ways = kind?.fields.find(({ name }) => name === 'way')?.options ?? []
  return chosen.length === 0 ? (
    <span className="soft">选择案件后可提请集中办理。</span>
  ) : (
    <Go to={proposeAddress(one, chosen, ways)} className="link-button">
      提请集中办理（{chosen.length} 件）
    </Go>
  )
}

function Found({ one, found }: { one: CaseView; found: RelatedCaseList }) {
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set())
  const mayOpen = useKinds().data?.find(({ path }) => path === PATH)?.mayOpen ?? false
  const isOwn = useMe().data?.court.id === one.courtId
  const mayPick = (row: RelatedCaseView) => row.open && row.proposal === null
  const pickable = found.items.filter(mayPick)
  const isOpen = one.stateLabel === '在执' || one.stateLabel === '中止'
  const mayPropose = mayOpen && isOwn && isOpen && pickable.length > 0
  if (found.items.length === 0)
    return (
      <Nothing title="没有查到关联案件">
        按被执行人证件号码、姓名和出生日期、法定代表人、执行依据文号、财产标识在各院案件中比对；仅姓名或名称相同的不列入。
      </Nothing>
    )
  const keyOf = (row: RelatedCaseView) => row.caseNumber
  const toggle = (key: string) =>
    setChosen(new Set(chosen.has(key) ? [...chosen].filter((it) => it !== key) : [...chosen, key]))
  const toggleAll = () => setChosen(new Set(chosen.size > 0 ? [] : pickable.filter(({ weak }) => !weak).map(keyOf)))
  return (
    <div className="stack">
      {mayPropose ? (
        <div className="inline no-paper">
          <Proposing one={one} chosen={found.items.filter((row) => chosen.has(keyOf(row)))} />
        </div>
      ) : null}
      <div className="list-wide">
        <Table
          label="关联案件"
          columns={COLUMNS}
          rows={found.items}
          rowKey={keyOf}
          pick={mayPropose ? { chosen, toggle, toggleAll, may: mayPick, name: keyOf } : undefined}
        />
      </div>
      <p className="soft">
        关联程度按比对依据给出，供核查参考。外院案件只列集中办理所需内容，查看已记入操作记录。
        {found.more ? '比对结果较多，只列出关联程度较高的。' : ''}
      </p>
    </div>
  )
}

/** The related cases of a case. */
export function RelatedCases({ one }: { one: CaseView }) {
  const [{ tab }] = useFilters()
  const asked = useQuery({
    queryKey: ['cases', 'related', one.id],
    queryFn: ({ signal }) => read<RelatedCaseList>(`cases/${one.id}/related`, signal),
    enabled: tab === RELATED_TAB,
  })
  if (tab !== RELATED_TAB) return null
  return <Loaded asked={asked}>{(found) => <Found one={one} found={found} />}</Loaded>
}
