import { Button, Select } from 'antd'
import { useState } from 'react'
import type { CaseRow } from '#cases/case/wire.ts'
import { usePeopleChoices, useTeamChoices } from '#web/matter/choices.ts'
import { useNodeNames } from '#web/matter/rule-names.ts'
import { ColumnChooser } from '#web/office/parts/column-chooser.tsx'
import type { ShownColumns } from '#web/office/parts/columns.ts'
import { FilterBar, FilterDate, FilterSelect, FilterText } from '#web/office/parts/filter-bar.tsx'
import { SavedViews } from '#web/office/parts/saved-views.tsx'
import { useFilters } from '#web/office/session.ts'

const pairs = (...words: string[]): [string, string][] => words.map((word) => [word, word])

const STATES: [string, string][] = [
  ['handling', '在执'],
  ['suspended', '中止'],
  ['closed', '已结'],
  ['terminated', '终本'],
]
const KINDS = pairs('首次执行', '恢复执行', '财产保全执行', '执行异议', '执行复议', '执行监督', '执行协调', '其他执行')
const CLOCKS: [string, string][] = [
  ['overdue', '有节点超期'],
  ['soon', '节点将到期'],
]
const TRACK_CHOICES: [string, string][] = [['none', '尚未分流'], ...pairs('简案', '普案', '特案')]
const FLAGS: [string, string][] = [
  ['any', '全部需补正'],
  ...pairs(
    '缺被执行人',
    '证件号码校验错误',
    '标的金额错误',
    '结案早于立案',
    '立案日期晚于导出日期',
    '证件数与当事人数不符',
    '缺执行依据',
  ),
]

/** Kinds of warning by which cases and warnings are filtered. */
export const WARNINGS: [string, string][] = [
  ['information', '必要信息缺失'],
  ['filing', '立案信息错误'],
  ['paper', '必要文件缺失'],
  ['sequence', '节点流转异常'],
  ['result', '办理结果异常'],
  ['late-entry', '录入迟延'],
]
const CASE_WARNINGS: [string, string][] = [['any', '有预警'], ...WARNINGS]

const ASSIGNED: [string, string][] = [['no', '未分案']]

/** The judge who handles a case. */
export function JudgeFilter() {
  const [{ judge }, change] = useFilters()
  const [q, setQ] = useState('')
  const choices = usePeopleChoices('team.judge', q)
  return (
    <Select
      className="filter"
      aria-label="承办法官"
      placeholder="承办法官"
      allowClear
      showSearch={{ filterOption: false, onSearch: setQ }}
      popupMatchSelectWidth={false}
      value={judge}
      onChange={(value?: string) => change({ judge: value })}
      options={choices.data ?? []}
    />
  )
}

/** The team that handles a case. */
export function TeamFilter() {
  const teams = useTeamChoices()
  return (
    <FilterSelect name="team" label="团队" options={(teams.data ?? []).map(({ value, label }) => [value, label])} />
  )
}

/** The address's filters in words, for paper; judge and team as the first row names them. */
export function filterWords(filters: Record<string, string>, row: CaseRow | undefined): string {
  const label = (options: [string, string][], value: string) => options.find(([key]) => key === value)?.[1] ?? value
  const words: [string, (value: string) => string][] = [
    ['q', (value) => `当事人或案号含“${value}”`],
    ['state', (value) => label(STATES, value)],
    ['clock', (value) => label(CLOCKS, value)],
    ['node', (value) => `未办节点：${value}`],
    ['warning', (value) => `预警：${label(CASE_WARNINGS, value)}`],
    ['judge', () => `承办：${row?.judge ?? '指定的承办人'}`],
    ['assigned', () => '未分案'],
    ['team', () => `团队：${row?.team ?? '指定的团队'}`],
    ['kind', (value) => value],
    ['cause', (value) => `案由含“${value}”`],
    ['flag', (value) => (value === 'any' ? '需补正' : `需补正：${value}`)],
    ['track', (value) => label(TRACK_CHOICES, value)],
    ['filedFrom', (value) => `立案不早于 ${value}`],
    ['filedTo', (value) => `立案不晚于 ${value}`],
  ]
  const said = words.flatMap(([name, say]) => (filters[name] ? [say(filters[name])] : []))
  return said.length === 0 ? '全部案件' : said.join('，')
}

const RARE = ['assigned', 'kind', 'cause', 'track', 'filedFrom', 'filedTo', 'flag']

/** The case list's filters; the rarer ones open on demand, and by themselves when the address sets one. */
export function CaseFilters({ shown }: { shown: ShownColumns | null }) {
  const [filters] = useFilters()
  const nodes = useNodeNames()
  const [isWide, setWide] = useState(RARE.some((name) => filters[name]))
  return (
    <FilterBar>
      <FilterText name="q" label="当事人或案号的一部分" />
      <FilterSelect name="state" label="状态" options={STATES} />
      <FilterSelect name="clock" label="期限" options={CLOCKS} />
      <FilterSelect name="node" label="未办节点" options={nodes} />
      <FilterSelect name="warning" label="预警" options={CASE_WARNINGS} />
      <JudgeFilter />
      <TeamFilter />
      {isWide ? (
        <>
          <FilterSelect name="assigned" label="分案" options={ASSIGNED} />
          <FilterSelect name="kind" label="案件类型" options={KINDS} />
          <FilterText name="cause" label="案由的一部分" />
          <FilterSelect name="track" label="繁简" options={TRACK_CHOICES} />
          <FilterSelect name="flag" label="需补正" options={FLAGS} />
          <FilterDate name="filedFrom" label="立案日期起" />
          <FilterDate name="filedTo" label="立案日期止" />
        </>
      ) : (
        <Button type="link" onClick={() => setWide(true)}>
          更多条件
        </Button>
      )}
      <SavedViews list="cases" shown={shown} />
      <ColumnChooser list="cases" shown={shown} />
    </FilterBar>
  )
}
