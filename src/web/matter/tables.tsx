import type { ThingView } from '#kernel/matter/wire.ts'
import { Go } from '#web/office/parts/go.tsx'
import { Box } from '#web/office/parts/page-head.tsx'
import { type Column, Table } from '#web/office/parts/table.tsx'

type ThingTable = ThingView['tables'][number]
type Row = ThingTable['rows'][number]

function First({ row }: { row: Row }) {
  const [text = ''] = row.cells
  return row.path ? <Go to={row.path}>{text}</Go> : text
}

function columnsOf({ columns }: ThingTable): Column<Row>[] {
  return columns.map((title, at) => ({
    key: title,
    title,
    whole: at === 0,
    lead: at === 0,
    cell: (row) => (at === 0 ? <First row={row} /> : row.cells[at]),
  }))
}

/** What hangs on a matter besides its fields, as its kind lists it. */
export function ThingTables({ tables }: { tables: ThingView['tables'] }) {
  return tables.map((table) => (
    <Box key={table.title} title={table.title}>
      <div className="stack">
        {table.note ? <p className="soft">{table.note}</p> : null}
        <div className="list-wide">
          <Table
            label={table.title}
            columns={columnsOf(table)}
            rows={table.rows}
            rowKey={({ cells }) => cells.join()}
          />
        </div>
      </div>
    </Box>
  ))
}
