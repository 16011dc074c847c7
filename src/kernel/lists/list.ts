import { createHash } from 'node:crypto'
import { z } from 'zod'
import type { PersonActor } from '#kernel/authorisation/may.ts'
import type { Role } from '#kernel/authorisation/roles.ts'
import type { Row } from '#kernel/database/database.ts'
import { raw, type Sql, sql } from '#kernel/database/sql.ts'
import type { Session } from '#kernel/matter/acting.ts'

// A list that is registered: its columns with their titles, and the question behind it. Chosen columns, counting,
// export and bulk acts all ask this one question, so that what is counted, exported and acted on is what is shown.

export interface ListColumn<T> {
  key: string
  label: string
  /** Money comes in fen and stands in yuan; everything else is text. */
  type: 'text' | 'money'
  /** In a file, in characters. */
  width: number
  /** Shown where nobody has chosen; 'wide' only where the list covers more than the own court. */
  shown: boolean | 'wide'
  value: (item: T) => string | null
}

/** Who asks, and in which transaction. */
export type Asking = Pick<Session, 'tx' | 'at' | 'on' | 'services'> & { actor: PersonActor }

export interface Matching {
  /** All rows that match, as a statement without order; each has `id` and `number`. */
  rows: Sql
  /** Their order, by columns of those rows. */
  order: Sql
}

export interface List<T = unknown, Q = unknown> {
  /** Its name in addresses, saved views and chosen columns. */
  name: string
  title: string
  articles: readonly string[]
  readers: readonly Role[]
  columns: readonly ListColumn<T>[]
  /** Filters and order, without the page. */
  query: z.ZodObject
  /** What matches for this reader; null where nothing can. `columns` are those that will be read. */
  matching(asking: Asking, query: Q, columns: readonly string[]): Promise<Matching | null>
  itemsOf(asking: Asking, rows: readonly Row[], columns: readonly string[]): Promise<T[]>
}

/** A list with its own types, as the registry holds it. */
export function list<T, Q>(declared: List<T, Q>): List {
  return declared as unknown as List
}

/** Keys of columns in a query, parted by commas; one that is not registered is refused. */
export function columnsParameter(columns: readonly { key: string }[]) {
  const known = new Set(columns.map(({ key }) => key))
  return z
    .string()
    .max(2_000)
    .transform((text) => text.split(','))
    .refine((keys) => keys.every((key) => known.has(key)), '没有所选的列')
    .refine((keys) => new Set(keys).size === keys.length, '所选的列有重复')
    .optional()
}

/** The columns that a list shows where nobody has chosen. */
export function defaultColumns(one: Pick<List, 'columns'>, scope: string | undefined): string[] {
  const isWide = scope !== undefined && scope !== 'own'
  return one.columns.filter(({ shown }) => shown === true || (shown === 'wide' && isWide)).map(({ key }) => key)
}

/** How many rows match, counted no further than `most`. */
export async function countOf(asking: Asking, matching: Matching | null, most: number): Promise<number> {
  if (!matching) return 0
  const row = await asking.tx.one<{ n: bigint }>(
    sql`select count(*) as n from (select 1 from (${matching.rows}) matching limit ${most}) counted`,
  )
  return Number(row.n)
}

const BATCH = 500

/** The matching rows in their order and as they stood at one moment, some hundreds at a time. */
export async function* batchesOf({ tx }: Asking, { rows, order }: Matching): AsyncGenerator<Row[]> {
  // Statements are kept prepared by their text: a cursor of other columns needs another name.
  const cursor = raw(`list_${digestOf(rows.text)}`)
  await tx.run(sql`declare ${cursor} no scroll cursor for select * from (${rows}) matching order by ${order}`)
  for (;;) {
    const batch = await tx.query<Row>(sql`fetch forward ${raw(String(BATCH))} from ${cursor}`)
    if (batch.length > 0) yield batch
    if (batch.length < BATCH) break
  }
  await tx.run(sql`close ${cursor}`)
}

function digestOf(text: string): string {
  return createHash('sha256').update(text).digest('hex').slice(0, 24)
}
