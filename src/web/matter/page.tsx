import { useQuery } from '@tanstack/react-query'
import { useParams } from '@tanstack/react-router'
import { Button } from 'antd'
import type { ReactNode } from 'react'
import type { KindView, ThingView } from '#kernel/matter/wire.ts'
import { read } from '#web/office/api.ts'
import { Loaded } from '#web/office/parts/condition.tsx'
import { moment } from '#web/office/parts/format.ts'
import { Go } from '#web/office/parts/go.tsx'
import { Icon } from '#web/office/parts/icon.tsx'
import { Box, Facts, NoSuchPage, PageHead, Word } from '#web/office/parts/page-head.tsx'
import { type Column, Table } from '#web/office/parts/table.tsx'
import { useKinds } from '#web/office/session.ts'
import { ActBar } from './act.tsx'
import { ApprovalNote } from './approval-note.tsx'
import { ClockList, DueText } from './clock.tsx'
import { IssuedDocuments } from './documents.tsx'
import { Links } from './links.tsx'
import { Papers } from './papers.tsx'
import { roleLabel } from './role-label.ts'
import { ThingTables } from './tables.tsx'
import { Timeline } from './timeline.tsx'

// The page of any matter: state, holder and clock in one line; content and answers left, what can be done right.

/** More offices than that are not named one by one. */
const OFFICES_MOST = 3

/**
 * Whose turn it is: who decides on what waits for approval, else the person, team or court that holds the matter, else
 * the office that acts next; nobody's at its end.
 */
function Turn({ thing, kind }: { thing: ThingView; kind: KindView | undefined }) {
  const decides = thing.approval?.steps.find(({ by }) => by === null)
  if (decides)
    return (
      <span>
        <span className="soft">待</span> {decides.label} <span className="soft">审批</span>
      </span>
    )
  if (thing.holder)
    return (
      <span>
        <span className="soft">由</span> {thing.holder} <span className="soft">经办</span>
      </span>
    )
  const next = kind?.actions.find(({ from, to }) => to !== null && from.includes(thing.state))
  if (!next) return null
  const offices = next.by.filter((who) => who !== 'holder').map(roleLabel)
  const named = offices.slice(0, OFFICES_MOST).join('、')
  return (
    <span>
      <span className="soft">待</span> {offices.length > OFFICES_MOST ? `${named}等` : named}{' '}
      <span className="soft">办理</span>
    </span>
  )
}

function StateLine({ thing, kind }: { thing: ThingView; kind: KindView | undefined }) {
  return (
    <div className="state-line">
      <Word tone="state">{thing.stateLabel}</Word>
      <Turn thing={thing} kind={kind} />
      {thing.clockState ? <DueText state={thing.clockState} dueOn={thing.dueOn} /> : null}
      <span className="soft">
        {thing.courtName} {thing.opener} 于 {moment(thing.openedAt)} 发起
      </span>
    </div>
  )
}

/** The stored facts of a matter, as its definition orders them. */
export function ThingFacts({ thing }: { thing: ThingView }) {
  const filled = thing.fields.filter(({ value }) => value !== null && value !== '')
  const pairs = filled.map(({ label, value }): [string, string | null] => [label, value])
  const other = thing.counterpart?.name
  if (other && !pairs.some(([, value]) => value === other)) pairs.push(['对方法院', other])
  return <Facts pairs={pairs} />
}

/** Characters of a cell that is never broken over two lines. */
const SHORT = 10

/** What hangs on a matter besides its log; columns that stand empty everywhere are left out. */
function RecordsTable({ records }: { records: ThingView['records'][number] }) {
  if (records.rows.length === 0) return <p className="soft">尚无{records.label}。</p>
  const filled = records.columns.flatMap(({ key, title }, at) =>
    records.rows.some((row) => row[at] !== '') ? [{ key, title, at }] : [],
  )
  const columns = filled.map(({ key, title, at }): Column<{ id: number; cells: string[] }> => {
    const isShort = records.rows.every((row) => (row[at] ?? '').length <= SHORT)
    return { key, title, whole: isShort, lead: at === 0, cell: ({ cells }) => cells[at] || '—' }
  })
  const rows = records.rows.map((cells, id) => ({ id, cells }))
  return <Table label={records.label} columns={columns} rows={rows} rowKey={({ id }) => String(id)} />
}

function Body({ thing, kind }: { thing: ThingView; kind: KindView | undefined }) {
  const target = {
    path: kind?.path ?? '',
    id: thing.id,
    version: thing.version,
    number: thing.number,
    state: thing.state,
    pending: thing.approval?.label,
    ends: kind?.ends,
    papers: thing.mayAttach.map(({ label }) => label),
    stateOf: (state: string) => kind?.states[state] ?? state,
  }
  return (
    <div className="two-columns">
      <div className="main-column">
        <Box title="内容">
          <ThingFacts thing={thing} />
        </Box>
        <ThingTables tables={thing.tables} />
        {kind?.documents.some(({ type }) => type === 'template') ? (
          <Box title="文书">
            <IssuedDocuments base={`${target.path}/${thing.id}`} />
          </Box>
        ) : null}
        {thing.records.map((records) => (
          <Box key={records.label} title={records.label}>
            <RecordsTable records={records} />
          </Box>
        ))}
        <Box title="办理经过">
          <Timeline log={thing.log} />
        </Box>
      </div>
      <div className="side-column">
        <Box title="办理" tight>
          <ApprovalNote approval={thing.approval} number={thing.number} version={thing.version} />
          {thing.abilities.length > 0 ? (
            <ActBar abilities={thing.abilities} target={target} stacked />
          ) : (
            <p className="soft">{thing.approval ? '审批期间不能办理其他操作。' : '目前没有需要您办理的操作。'}</p>
          )}
        </Box>
        <Box title="期限" tight>
          <ClockList clocks={thing.clocks} />
        </Box>
        {kind?.documents.length === 0 ? null : (
          <Box title="文书材料" tight>
            <Papers papers={thing.attachments} slots={thing.mayAttach} base={`${target.path}/${thing.id}`} />
          </Box>
        )}
        <Box title="关联" tight>
          <Links links={thing.links} />
        </Box>
      </div>
    </div>
  )
}

interface PageProps {
  /** The kind's path where the address does not hold it. */
  path?: string
  /** What a kind shows besides, over the whole width and before everything else. */
  more?: ((thing: ThingView) => ReactNode) | undefined
}

/** One matter of any kind. */
export function ThingPage({ path: given, more }: PageProps = {}) {
  const { path: named = '', id = '' } = useParams({ strict: false })
  const path = given ?? named
  const kinds = useKinds()
  const kind = kinds.data?.find((each) => each.path === path)
  const asked = useQuery({
    queryKey: [path, 'one', id],
    queryFn: ({ signal }) => read<ThingView>(`${path}/${id}`, signal),
    enabled: kind !== undefined,
  })
  if (kinds.data && !kind) return <NoSuchPage />
  return (
    <Loaded asked={asked} rows={12}>
      {(thing) => (
        <article className="thing">
          <PageHead
            title={thing.number}
            about={
              <>
                <Go to={`/${path}`}>{kind?.title}</Go>
                {thing.title === kind?.title ? null : ` · ${thing.title}`}
              </>
            }
          >
            <Button className="wide-only" icon={<Icon name="print" size={16} />} onClick={() => window.print()}>
              打印
            </Button>
          </PageHead>
          <StateLine thing={thing} kind={kind} />
          {more?.(thing)}
          <Body thing={thing} kind={kind} />
        </article>
      )}
    </Loaded>
  )
}
