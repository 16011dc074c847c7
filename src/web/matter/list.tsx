import { useQuery } from '@tanstack/react-query'
import { useParams } from '@tanstack/react-router'
import { Drawer } from 'antd'
import { useState } from 'react'
import type { KindView, ThingRow, ThingView } from '#kernel/matter/wire.ts'
import { read } from '#web/office/api.ts'
import { useListing } from '#web/office/listing.ts'
import { Loaded, Waiting } from '#web/office/parts/condition.tsx'
import { FilterBar, FilterSelect, FilterText, isFiltered } from '#web/office/parts/filter-bar.tsx'
import { moment, yuan } from '#web/office/parts/format.ts'
import { Go } from '#web/office/parts/go.tsx'
import { NoSuchPage, PageHead, Word } from '#web/office/parts/page-head.tsx'
import { type Column, ListingTable } from '#web/office/parts/table.tsx'
import { useFilters, useKinds } from '#web/office/session.ts'
import { ClockList, DueText } from './clock.tsx'
import { ThingFacts } from './page.tsx'
import { Timeline } from './timeline.tsx'

const SHOWN_FIELDS = 4
const NEVER_SHOWN = ['flag', 'person', 'team']
const LONG_TEXT = 200

/**
 * The fields that tell rows apart: the case first, then short facts, then the other court; people stand in 经办, dates in
 * 期限.
 */
function shownFields(kind: KindView): KindView['fields'] {
  const short = kind.fields.filter(
    ({ type, max }) => !NEVER_SHOWN.includes(type) && (type !== 'text' || (max ?? 0) <= LONG_TEXT),
  )
  const rank = (type: string) => ({ caseNumber: 0, court: 2, date: 3 })[type] ?? 1
  return short.sort((one, other) => rank(one.type) - rank(other.type)).slice(0, SHOWN_FIELDS)
}

function valueCell(row: ThingRow, name: string, type: string) {
  const value = row.values[name]
  if (value === null || value === undefined || value === '') return '—'
  if (typeof value === 'boolean') return value ? '是' : '否'
  return type === 'money' ? yuan(String(value)) : String(value)
}

function columnsOf(kind: KindView, scope: string | undefined): Column<ThingRow>[] {
  const shown = shownFields(kind)
  return [
    {
      key: 'number',
      title: '编号',
      whole: true,
      lead: true,
      sort: ['number'],
      cell: (row) => <Go to={`/${kind.path}/${row.id}`}>{row.number}</Go>,
    },
    ...shown.map(
      ({ name, label, type }): Column<ThingRow> => ({
        key: name,
        title: label,
        right: type === 'money' || type === 'number',
        whole: type !== 'text',
        cell: (row) => valueCell(row, name, type),
      }),
    ),
    ...(scope ? [{ key: 'court', title: '法院', cell: (row: ThingRow) => row.courtName }] : []),
    { key: 'state', title: '状态', whole: true, cell: (row) => <Word tone="state">{row.stateLabel}</Word> },
    { key: 'holder', title: '经办', whole: true, cell: (row) => row.holder ?? '—' },
    {
      key: 'due',
      title: '期限',
      whole: true,
      sort: ['dueOn'],
      cell: (row) => (row.clockState ? <DueText state={row.clockState} dueOn={row.dueOn} /> : '—'),
    },
    { key: 'opened', title: '发起时间', whole: true, sort: ['-openedAt'], cell: (row) => moment(row.openedAt) },
  ]
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

function Filters({ kind }: { kind: KindView }) {
  return (
    <FilterBar>
      <FilterText name="q" label="编号的一部分" />
      <FilterSelect name="state" label="状态" options={Object.entries(kind.states)} />
      <FilterSelect name="holder" label="经办" options={[['me', '由我经办']]} />
    </FilterBar>
  )
}

function KindList({ kind }: { kind: KindView }) {
  const [asked] = useFilters()
  const { scope, state, holder, q, sort } = asked
  const listing = useListing<ThingRow>(kind.path, { scope, state, holder, q, sort })
  const [peeked, setPeeked] = useState<string | null>(null)
  return (
    <>
      <PageHead title={kind.title}>
        {kind.mayOpen ? (
          <Go to={`/${kind.path}/new`} className="link-button">
            发起{kind.title}
          </Go>
        ) : null}
      </PageHead>
      <Filters kind={kind} />
      <ListingTable
        label={kind.title}
        columns={columnsOf(kind, scope)}
        listing={listing}
        rowKey={(row) => row.id}
        peek={(row) => setPeeked(row.id)}
        mark={(row) => (row.clockState === 'overdue' ? 'overdue-row' : undefined)}
        empty={
          isFiltered(asked)
            ? '可调整上方条件，或切换法院范围。'
            : kind.mayOpen
              ? `点右上角“发起${kind.title}”可以发起；有到您这里的，会有消息提醒。`
              : '有到您这里的事项时，会出现在这里，并有消息提醒。'
        }
      />
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
