import { identifier, join, raw, type Sql, sql } from '#kernel/database/sql.ts'

// Three-way: what the last export said, what this one says, what stands in the case. A column changes only where the
// export itself has changed; else the hand that corrected it in between would be undone by every new download.

/** Columns that an export fills, each with the key of what it said (parties are told as a whole). */
const MERGED: readonly (readonly [column: string, key: string])[] = [
  ['state', 'state'],
  ['case_kind', 'case_kind'],
  ['cause', 'cause'],
  ['filed_on', 'filed_on'],
  ['basis_number', 'basis_number'],
  ['amount_fen', 'amount_fen'],
  ['arrived_fen', 'arrived_fen'],
  ['holder_id', 'holder_name'],
  ['holder_name', 'holder_name'],
  ['holder_team_id', 'team_name'],
  ['team_name', 'team_name'],
  ['closed_on', 'closed_on'],
  ['closing_way', 'closing_way'],
  ['remark', 'remark'],
  ['to_correct', 'to_correct'],
  ['creditor_names', 'parties'],
  ['debtor_names', 'parties'],
]

/** Columns that always follow the last export. */
const FOLLOWING = ['export_state', 'export_as_of_on', 'export_digest', 'export_columns', 'notes'] as const

const INSERTED = [
  'id',
  'number',
  'filed_year',
  'type_code',
  'serial',
  ...MERGED.map(([column]) => column),
  ...FOLLOWING,
]

/** The columns that an export gives a case, for the insert and for its values. */
export const EXPORT_COLUMNS: Sql = join(INSERTED.map(identifier))
export const EXPORT_VALUES: Sql = join(INSERTED.map((column) => sql`r.${identifier(column)}`))

/** Whether the export itself says something else of a column than the last one did. */
function hasMoved(key: string, stored: string, incoming: string): Sql {
  const said = (table: string) => `${table}.export_columns ->> '${key}'`
  return raw(`(${stored}.export_columns is null or ${said(stored)} is distinct from ${said(incoming)})`)
}

/** The assignments of an update: merged columns where the export has changed, the following ones always. */
export const EXPORT_MERGE: Sql = join([
  ...MERGED.map(([column, key]) => {
    const name = identifier(column)
    return sql`${name} = case when ${hasMoved(key, 'enforcement_case', 'excluded')}
      then excluded.${name} else enforcement_case.${name} end`
  }),
  ...FOLLOWING.map((column) => sql`${identifier(column)} = excluded.${identifier(column)}`),
  raw('version = enforcement_case.version + 1'),
])

/** One column of the comparison below. */
export interface Compared {
  column: string
  /** What stands in the case, and what the export says; as text. */
  was: string | null
  said: string | null
  /** The export has changed and its word is taken; else what stands in the case stays. */
  moved: boolean
}

/** For the row `c` of a case and the row `r` of an export: every merged column as `Compared`, by the same rule. */
export const EXPORT_COMPARISON: Sql = sql`jsonb_build_array(${join(
  MERGED.map(([column, key]) => {
    const text = (table: string) =>
      raw(column === 'to_correct' ? `array_to_string(${table}.to_correct, '、')` : `${table}.${column}::text`)
    return sql`jsonb_build_object('column', ${raw(`'${column}'`)}, 'was', ${text('c')}, 'said', ${text('r')},
      'moved', ${hasMoved(key, 'c', 'r')})`
  }),
)})`

/**
 * Whether a date `i` of an export is entered where `k` is the last entry: where there is none, or where an export
 * entered another one. What a hand entered stands.
 */
export const FACT_ENTERS: Sql = raw(
  `(k.name is null or (k.source = 'import' and (k.fact_on, k.amount_fen) is distinct from (i.fact_on, i.amount_fen)))`,
)

/** What an export said of the merged columns, as it is kept for the next one. */
export function saidOf(record: Readonly<Record<string, unknown>>, parties: string): Record<string, unknown> {
  const keys = new Set(MERGED.map(([, key]) => key).filter((key) => key !== 'parties'))
  return { ...Object.fromEntries([...keys].map((key) => [key, record[key] ?? null])), parties }
}
