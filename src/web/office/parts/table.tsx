import { Button } from 'antd'
import type { MouseEvent, ReactNode } from 'react'
import type { Listing } from '#web/office/listing.ts'
import { useFilters } from '#web/office/session.ts'
import { Failed, Nothing, Waiting } from './condition.tsx'
import { isFiltered } from './filter-bar.tsx'
import { count } from './format.ts'
import { useRowKeys } from './row-keys.ts'

// One table for every list: real markup, sorting by the address, cards on a narrow screen.

export interface Column<T> {
  key: string
  title: string
  cell: (row: T) => ReactNode
  right?: boolean
  /** Never broken over two lines: numbers, dates. */
  whole?: boolean
  /** The orders by this column that the server knows, in the order in which clicks walk through them. */
  sort?: string[]
  /** Leads the card on a narrow screen. */
  lead?: boolean
}

interface TableProps<T> {
  label: string
  columns: Column<T>[]
  rows: T[]
  rowKey: (row: T) => string
  /** The order in which the server lists where the address names none. */
  order?: string
  /** Opens a row beside the list; links inside the row work on their own. */
  peek?: (row: T) => void
  mark?: (row: T) => string | undefined
  pick?: {
    chosen: ReadonlySet<string>
    toggle: (key: string) => void
    toggleAll: () => void
    may: (row: T) => boolean
    name: (row: T) => string
  }
}

const signOf = (order: string | undefined) => (order === undefined ? '↕' : order.startsWith('-') ? '▼' : '▲')

function SortButton({ title, sort, order }: { title: string; sort: string[]; order: string | undefined }) {
  const [{ sort: current }, change] = useFilters()
  const at = sort.indexOf(current ?? order ?? '')
  const next = sort[at + 1] ?? sort[0]
  return (
    <button
      type="button"
      className="sort"
      onClick={() => change({ sort: next === order ? undefined : next })}
      title="点击排序"
    >
      {title}
      <span aria-hidden="true">{signOf(sort[at])}</span>
    </button>
  )
}

function Head<T>({ columns, pick, order }: Pick<TableProps<T>, 'columns' | 'pick' | 'order'>) {
  const [{ sort: asked }] = useFilters()
  const current = asked ?? order
  const directionOf = (sort: string[]) =>
    current && sort.includes(current) ? (current.startsWith('-') ? 'descending' : 'ascending') : undefined
  return (
    <thead>
      <tr>
        {pick ? (
          <th scope="col" className="pick">
            <input type="checkbox" aria-label="全选本页" checked={pick.chosen.size > 0} onChange={pick.toggleAll} />
          </th>
        ) : null}
        {columns.map((column) => (
          <th
            key={column.key}
            scope="col"
            className={column.right ? 'right' : undefined}
            aria-sort={column.sort ? directionOf(column.sort) : undefined}
          >
            {column.sort ? <SortButton title={column.title} sort={column.sort} order={order} /> : column.title}
          </th>
        ))}
      </tr>
    </thead>
  )
}

function Row<T>({ row, columns, rowKey, peek, mark, pick }: Omit<TableProps<T>, 'rows' | 'label'> & { row: T }) {
  const open = (event: MouseEvent) => {
    const onControl = (event.target as Element).closest('a, button, input, label, .ant-popover')
    if (peek && !onControl && String(getSelection()) === '') {
      event.currentTarget.querySelector<HTMLElement>('a')?.focus({ preventScroll: true })
      peek(row)
    }
  }
  const key = rowKey(row)
  return (
    <tr className={[mark?.(row), peek ? 'peekable' : ''].filter(Boolean).join(' ') || undefined} onClick={open}>
      {pick ? (
        <td className="pick">
          {pick.may(row) ? (
            <input
              type="checkbox"
              aria-label={`选择 ${pick.name(row)}`}
              checked={pick.chosen.has(key)}
              onChange={() => pick.toggle(key)}
            />
          ) : null}
        </td>
      ) : null}
      {columns.map((column) => (
        <td
          key={column.key}
          data-label={column.title}
          className={
            [column.right && 'right', column.whole && 'whole', column.lead && 'lead'].filter(Boolean).join(' ') ||
            undefined
          }
        >
          {column.cell(row)}
        </td>
      ))}
    </tr>
  )
}

/** A table of rows; J and K (or the arrows) walk through the rows' links. */
export function Table<T>(props: TableProps<T>) {
  const body = useRowKeys()
  return (
    <table className="table" aria-label={props.label}>
      <Head columns={props.columns} pick={props.pick} order={props.order} />
      <tbody ref={body}>
        {props.rows.map((row) => (
          <Row key={props.rowKey(row)} row={row} {...props} />
        ))}
      </tbody>
    </table>
  )
}

/** A listing in a table with its states and 加载更多. `empty` stands where nothing matches. */
export function ListingTable<T>({
  listing,
  empty,
  ...table
}: Omit<TableProps<T>, 'rows'> & { listing: Listing<T>; empty: ReactNode }) {
  const [filters] = useFilters()
  if (listing.isPending) return <Waiting rows={10} />
  if (listing.error && listing.items.length === 0)
    return <Failed error={listing.error} retry={() => void listing.refetch()} />
  if (listing.items.length === 0)
    return <Nothing title={isFiltered(filters) ? '没有符合条件的记录' : '暂无记录'}>{empty}</Nothing>
  return (
    <>
      <div className="list-wide">
        <Table {...table} rows={listing.items} />
      </div>
      <div className="list-foot">
        <span>
          已显示 {count(listing.items.length)} 条{listing.hasNextPage ? '' : '，已到末尾'}
        </span>
        {listing.hasNextPage ? (
          <Button loading={listing.isFetchingNextPage} onClick={() => void listing.fetchNextPage()}>
            加载更多
          </Button>
        ) : null}
      </div>
    </>
  )
}
