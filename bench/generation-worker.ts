import { parentPort, workerData } from 'node:worker_threads'
import { makeCalendar } from '#kernel/calendar/calendar.ts'
import { HOLIDAY_NOTICES, seedDays } from '#kernel/calendar/seed.ts'
import { RULES } from '#rules/rules.ts'
import { emptyTables, type Place, TABLE_NAMES, type Table, writeCase } from './case-rows.ts'
import type { StaffedCourt } from './synthetic-courts.ts'

// Makes the rows while the main thread hands them to the database: one chunk is sent for each that was asked for.

export interface GenerationPlan {
  seed: number
  courts: readonly { staffed: StaffedCourt; cases: number }[]
}

export interface Chunk {
  tables: Partial<Record<Table, { bytes: Uint8Array<ArrayBuffer>; rows: number }>>
  /** Of the courts finished with this chunk: the last number of each series. */
  series: { courtId: number; serials: [string, number][] }[]
  isLast: boolean
}

const CHUNK_CASES = 1_000

const plan = workerData as GenerationPlan
const port = parentPort
if (!port) throw new Error('runs as a worker only')

/** What is in force in a database that has just been made. */
const law = {
  rules: RULES,
  calendar: makeCalendar({ days: seedDays(), years: HOLIDAY_NOTICES.map(({ year }) => year) }),
}

function* chunks(): Generator<Chunk> {
  const tables = emptyTables()
  let waiting = 0
  let series: Chunk['series'] = []
  const chunk = (isLast: boolean): Chunk => {
    const taken = TABLE_NAMES.map((table) => [table, tables[table].take()] as const)
    const made = { tables: Object.fromEntries(taken), series, isLast }
    waiting = 0
    series = []
    return made
  }
  for (const { staffed, cases } of plan.courts) {
    const place: Place = { seed: plan.seed, staffed, law, serials: new Map() }
    for (let index = 1; index <= cases; index += 1) {
      writeCase(tables, place, index)
      waiting += 1
      if (waiting === CHUNK_CASES) yield chunk(false)
    }
    series.push({ courtId: staffed.court.id, serials: [...place.serials] })
  }
  yield chunk(true)
}

const made = chunks()
port.on('message', () => {
  const next = made.next()
  if (next.done) return
  const buffers = Object.values(next.value.tables).map(({ bytes }) => bytes.buffer)
  port.postMessage(next.value, buffers)
  if (next.value.isLast) port.close()
})
