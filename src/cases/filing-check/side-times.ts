import { sql } from '#kernel/database/sql.ts'
import type { Session } from '#kernel/matter/acting.ts'
import type { Thing } from '#kernel/matter/matter.ts'
import type { ThingTable } from '#kernel/matter/wire.ts'

// 各环节用时（第十条）: how long the check has lain with the centre and with the filing division, from the record of its acts.

type Side = 'centre' | 'filing'

const SIDE_OF_STATE: Readonly<Record<string, Side>> = { checking: 'centre', rechecking: 'centre', returned: 'filing' }

const SIDES = ['centre', 'filing'] as const
const LABELS = { centre: '指挥中心核查', filing: '立案部门补正' } as const

interface Handed {
  to_state: string
  at: Date
}

/** Milliseconds with each side up to an instant; the log comes newest first. */
export function timesOfSides(log: readonly Handed[], at: Date): Readonly<Record<Side, number>> {
  const times = { centre: 0, filing: 0 }
  let end = at.getTime()
  for (const entry of log) {
    const begun = entry.at.getTime()
    const side = SIDE_OF_STATE[entry.to_state]
    if (side) times[side] += Math.max(0, end - begun)
    end = begun
  }
  return times
}

/** The two sums as the page of the check shows them. */
export async function timesTable({ tx, at }: Session, { courtId, id }: Thing): Promise<ThingTable> {
  const log = await tx.query<Handed>(sql`
    select to_state, at from act_log where court_id = ${courtId} and thing_id = ${id} order by seq desc`)
  const times = timesOfSides(log, at)
  return {
    title: '各环节用时',
    note: null,
    columns: ['环节', '用时'],
    rows: SIDES.map((side) => ({ path: null, cells: [LABELS[side], durationWords(times[side])] })),
  }
}

const MINUTE_MS = 60_000
const HOUR_MINUTES = 60
const DAY_MINUTES = 24 * HOUR_MINUTES

/** 1天2小时5分; minutes are left out beside days. */
export function durationWords(ms: number): string {
  const minutes = Math.floor(ms / MINUTE_MS)
  const days = Math.floor(minutes / DAY_MINUTES)
  const hours = Math.floor((minutes % DAY_MINUTES) / HOUR_MINUTES)
  if (days > 0) return hours > 0 ? `${days}天${hours}小时` : `${days}天`
  if (hours > 0) return minutes % HOUR_MINUTES > 0 ? `${hours}小时${minutes % HOUR_MINUTES}分` : `${hours}小时`
  return `${minutes}分`
}
