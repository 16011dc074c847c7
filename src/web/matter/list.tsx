import { useQuery } from '@tanstack/react-query'
import { useParams } from '@tanstack/react-router'
import { Drawer } from 'antd'
import { useState } from 'react'
import type { KindView, ThingRow, ThingView } from '#kernel/matter/wire.ts'
import { read } from '#web/office/api.ts'
import { BulkBar } from '#web/office/bulk/bar.tsx'
import { useBulkPicks } from '#web/office/bulk/picks.ts'
import { useListing } from '#web/office/listing.ts'
import { ColumnChooser } from '#web/office/parts/column-chooser.tsx'
import { type ShownColumns, useColumns } from '#web/office/parts/columns.ts'
import { Loaded, Waiting } from '#web/office/parts/condition.tsx'
import { FilterBar, FilterSelect, FilterText, isFiltered } from '#web/office/parts/filter-bar.tsx'
import { moment, yuan } from '#web/office/parts/format.ts'
import { Go } from '#web/office/parts/go.tsx'
import { ExportButton } from '#web/office/parts/list-export.tsx'
import { NoSuchPage, PageHead, Word } from '#web/office/parts/page-head.tsx'
import { SavedViews } from '#web/office/parts/saved-views.tsx'
import { type Column, ListingTable } from '#web/office/parts/table.tsx'
import { useFilters, useKinds } from '#web/office/session.ts'
import { ClockList, DueText } from './clock.tsx'
import { ThingFacts } from './page.tsx'
import { StateCounts } from './state-counts.tsx'
import { Timeline } from './timeline.tsx'

function valueCell(row: ThingRow, name: string, type: string) {
  const value = row.values[name]
  if (value === null || value === undefined || value === '') return '—'
  if (typeof value === 'boolean') return value ? '是' : '否'
  return type === 'money' ? yuan(String(value)) : String(value)
}

/** What every kind's list draws in its own way; fields are drawn by their type. */
function drawnColumn(kind: KindView, key: string): Omit<Column<ThingRow>, 'key' | 'title'> {
  const field = kind.fields.find(({ name }) => name === key)
  if (field) {
    const { type } = field
    const isLong = type === 'text'
    const right = type === 'money' || type === 'number'
    return { right, whole: !isLong, cell: (row) => valueCell(row, key, type) }
  }
  const own: Record<string, Omit<Column<ThingRow>, 'key' | 'title'>> = {
    number: {
      whole: true,
      lead: true,
      sort: ['number'],
      cell: (row) => <Go to={`/${kind.path}/${row.id}`}>{row.number}</Go>,
    },
    court: { cell: (row) => row.courtName },
    state: { whole: true, cell: (row) => <Word tone="state">{row.stateLabel}</Word> },
    holder: { whole: true, cell: (row) => row.holder ?? '—' },
    due: {
      whole: true,
      sort: ['dueOn'],
      cell: (row) => (row.clockState ? <DueText state={row.clockState} dueOn={row.dueOn} /> : '—'),
    },
    opened: { whole: true, sort: ['-openedAt'], cell: (row) => moment(row.openedAt) },
  }
  return own[key] ?? { cell: () => '—' }
}

function columnsOf(kind: KindView, { all, keys }: ShownColumns): Column<ThingRow>[] {
  return keys.map((key) => ({
    key,
    title: all.find((column) => column.key === key)?.label ?? key,
    ...drawnColumn(kind, key),
  }))
}

function Peek({ kind, id, close }: { kind: KindView; id: string | null; close: () => void }) {
  const asked = useQuery({
    queryKey: [kind.path, 'one', id],
    queryFn: ({ signal }) => read<ThingView>(`${kind.path}/${id}`, signal),
    enabled: id !== null,
  })
  return (
    <Drawer
      title={asked.data?.number ?? kind.title}
      open={id !== null}
      onClose={close}
      size="min(560px, 100vw)"
      destroyOnHidden
      extra={id ? <Go to={`/${kind.path}/${id}`}>打开全页</Go> : null}
    >
      {id ? (
        <Loaded asked={asked}>
          {(thing) => (
            <div className="stack">
              <p>
                <Word tone="state">{thing.stateLabel}</Word> {thing.holder}
              </p>
              <ThingFacts thing={thing} />
              <h3>期限</h3>
              <ClockList clocks={thing.clocks} />
              <h3>办理经过</h3>
              <Timeline log={thing.log} />
            </div>
          )}
        </Loaded>
      ) : null}
    </Drawer>
  )
}

const OVERDUE = '已超期'

/** The choices of a kind's things, each a filter of its list; names that filters of all lists have are theirs. */
function choicesOf(kind: KindView): { name: string; label: string; options: string[] }[] {
  return kind.fields.flatMap(({ name, label, options }) =>
    options && !['scope', 'state', 'holder', 'q', 'due', 'sort'].includes(name) ? [{ name, label, options }] : [],
  )
}

function Filters({ kind, shown }: { kind: KindView; shown: ShownColumns | null }) {
  return (
    <FilterBar>
      <FilterText name="q" label="编号的一部分" />
      <FilterSelect name="state" label="状态" options={Object.entries(kind.states)} />
      {choicesOf(kind).map(({ name, label, options }) => (
        <FilterSelect key={name} name={name} label={label} options={options.map((option) => [option, option])} />
      ))}
      <FilterSelect name="holder" label="经办" options={[['me', '由我经办']]} />
      <FilterSelect name="due" label="期限" options={[['overdue', OVERDUE]]} />
      <SavedViews list={kind.path} shown={shown} />
      <ColumnChooser list={kind.path} shown={shown} />
    </FilterBar>
  )
}

function filterWords(kind: KindView, query: Record<string, string | undefined>): string {
  const { state, holder, q, due } = query
  const words = [
    ...(q ? [`编号含“${q}”`] : []),
    ...(state
      ? [
          state
            .split(',')
            .map((one) => kind.states[one] ?? one)
            .join('、'),
        ]
      : []),
    ...choicesOf(kind).flatMap(({ name, label }) => (query[name] ? [`${label}为${query[name]}`] : [])),
    ...(holder ? ['由我经办'] : []),
    ...(due ? [OVERDUE] : []),
  ]
  return words.length === 0 ? `全部${kind.title}` : words.join('，')
}

function emptyWords(kind: KindView, isNarrowed: boolean): string {
  if (isNarrowed) return '可调整上方条件，或切换法院范围。'
  return kind.mayOpen
    ? `点右上角“发起${kind.title}”可以发起；有到您这里的，会有消息提醒。`
    : '有到您这里的事项时，会出现在这里，并有消息提醒。'
}

function KindList({ kind }: { kind: KindView }) {
  const [asked] = useFilters()
  const { scope, state, holder, q, due, sort } = asked
  const choices = Object.fromEntries(choicesOf(kind).map(({ name }) => [name, asked[name]]))
  const query = { scope, state, holder, q, due, sort, ...choices }
  const shown = useColumns(kind.path)
  const listing = useListing<ThingRow>(kind.path, query)
  const [peeked, setPeeked] = useState<string | null>(null)
  const { offers, picks, pick } = useBulkPicks(kind.path, listing.items, query, (row) => row.number)
  const of = { list: kind.path, title: kind.title, count: `${kind.path}/count`, query, words: filterWords(kind, query) }
  const paths = { count: `${kind.path}/count`, export: `${kind.path}/export` }
  return (
    <>
      <PageHead title={kind.title}>
        <ExportButton title={kind.title} paths={paths} query={query} columns={shown?.keys} />
        {kind.mayOpen ? (
          <Go to={`/${kind.path}/new`} className="link-button">
            发起{kind.title}
          </Go>
        ) : null}
      </PageHead>
      <StateCounts kind={kind} scope={scope} />
      <Filters kind={kind} shown={shown} />
      <BulkBar offers={offers} picks={picks} of={of} />
      {shown ? (
        <ListingTable
          label={kind.title}
          columns={columnsOf(kind, shown)}
          listing={listing}
          rowKey={(row) => row.id}
          peek={(row) => setPeeked(row.id)}
          mark={(row) => (row.clockState === 'overdue' ? 'overdue-row' : undefined)}
          pick={pick}
          empty={emptyWords(kind, isFiltered(asked))}
        />
      ) : (
        <Waiting rows={10} />
      )}
      <Peek kind={kind} id={peeked} close={() => setPeeked(null)} />
    </>
  )
}

/** The list of any kind of matter, at /<path>. */
export function ThingListPage() {
  const { path = '' } = useParams({ strict: false })
  const kinds = useKinds()
  const kind = kinds.data?.find((each) => each.path === path)
  if (kinds.error) return <Loaded asked={kinds}>{() => null}</Loaded>
  if (!kinds.data) return <Waiting rows={10} />
  if (!kind) return <NoSuchPage />
  return <KindList key={kind.id} kind={kind} />
}
