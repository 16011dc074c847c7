import { gramsOf, initialsOf, plainName } from '#cases/case/name-grams.ts'
import { type CaseClock, type ClockedCase, clocksOfCase, SUSPENDED_UNDATED } from '#cases/node-watch/case-clocks.ts'
import { nextRung, passedRungs } from '#kernel/clock-rule/rungs.ts'
import type { Law } from '#kernel/matter/acting.ts'
import { addDays, endOfDay, type On, startOfDay } from '#kernel/time/time.ts'
import { CopyLines } from './copy-lines.ts'
import { orderRows } from './order-rows.ts'
import { Random } from './random.ts'
import { AS_OF, BEGAN_ON, type SyntheticCase, syntheticCase } from './synthetic-case.ts'
import type { StaffedCourt, SyntheticPerson } from './synthetic-courts.ts'

// A case as the rows that the product would have written: its clocks come from the product's own pure core.

/** The instant at which the database stands: half past eight on the demonstration's first day. */
export const NOW = new Date(`${AS_OF}T08:30:00+08:00`)
const IMPORTER = '命令行导入'
const STREAM = 3
const MORNING_MS = 10 * 3_600_000

const TABLES = {
  enforcement_case:
    'court_id id number state opened_at opener_id opener_name filed_year type_code serial case_kind cause filed_on ' +
    'basis_number amount_fen arrived_fen holder_id holder_name holder_team_id team_name closed_on closing_way ' +
    'export_state export_as_of_on to_correct notes next_node next_due_on creditor_names debtor_names',
  case_party: 'court_id case_id seq side name plain_name grams initials',
  case_certificate: 'court_id case_id party_seq seq type number valid',
  case_fact: 'court_id case_id seq name fact_on amount_fen source recorder_id recorder_name recorded_at',
  clock:
    'court_id id kind thing_id name label rule_id rule_version start_on done_on due_on suspended watched backlog ' +
    'next_rung next_rung_at note explanation',
  clock_rung: 'court_id clock_id rung due_on fired_at',
  act_log:
    'court_id kind thing_id seq action from_state to_state answers on_date actor_id actor_court_id actor_name at',
  node_order: 'court_id clock_id due_on raised_at order_id',
  matter_supervision_order:
    'court_id id number state version opened_at opener_name holder_id holder_name case_id source target handler ' +
    'case_number node requirement reply',
} as const
export type Table = keyof typeof TABLES
export const TABLE_NAMES = Object.keys(TABLES) as Table[]
export type Tables = Readonly<Record<Table, CopyLines>>

export function columnsOf(table: Table): string[] {
  return TABLES[table].split(' ')
}

export function emptyTables(): Tables {
  return Object.fromEntries(TABLE_NAMES.map((table) => [table, new CopyLines(columnsOf(table))])) as Tables
}

export interface Place {
  seed: number
  staffed: StaffedCourt
  law: Law
  /** Numbers given so far in this court: '执 2021' → 17. */
  serials: Map<string, number>
}

/** Writes one case with everything that belongs to it. */
export function writeCase(tables: Tables, place: Place, index: number): void {
  const one = syntheticCase(place.seed, place.staffed, index)
  const random = new Random(place.seed, STREAM, place.staffed.court.id, index)
  const series = `${one.typeCode} ${one.year}`
  const serial = (place.serials.get(series) ?? 0) + 1
  place.serials.set(series, serial)
  const number = `（${one.year}）${place.staffed.court.code}${one.typeCode}${serial}号`
  const clocks = clocksOfCase(clockedCase(one), place.law, AS_OF)
  const written = {
    ...place,
    one,
    random,
    number,
    serial,
    openedAt: openedAt(one, index),
    opener: openerOf(place, one),
  }
  writeRow(tables, written, clocks)
  writeParties(tables, written)
  writeFacts(tables, written)
  writeLog(tables, written)
  for (const clock of clocks) writeClock(tables, written, clock)
}

export interface WrittenCase extends Place {
  one: SyntheticCase
  random: Random
  number: string
  serial: number
  openedAt: Date
  opener: SyntheticPerson | null
}

export function clockedCase(one: SyntheticCase): ClockedCase {
  const { kind, cause, state, toCorrect, imported } = one
  const facts = new Map(one.facts.map(({ name, on }) => [name, on]))
  return { kind, cause, state, facts, suspensions: [], extensions: [], toCorrect, byHand: !imported }
}

function openedAt(one: SyntheticCase, index: number): Date {
  const day = startOfDay(one.imported ? BEGAN_ON : one.filedOn).getTime() + MORNING_MS
  return new Date(Math.min(day + (index % 20_000) * 1_000, NOW.getTime() - 60_000))
}

function openerOf({ staffed }: Place, one: SyntheticCase): SyntheticPerson | null {
  return one.imported ? null : (staffed.people.find(({ role }) => role === 'filing') ?? null)
}

const STATE_WORDS = { handling: '在执', suspended: '中止', closed: '已结', terminated: '终本' } as const

function writeRow(tables: Tables, written: WrittenCase, clocks: readonly CaseClock[]): void {
  const { one, staffed, number, serial, opener } = written
  const next = clocks
    .filter((clock) => isWatched(clock) && clock.due.dueOn !== null)
    .sort((a, b) => order(a.due.dueOn, b.due.dueOn) || order(a.name, b.name))[0]
  const undated = one.state === 'suspended' && !one.facts.some(({ name }) => name === 'suspended')
  const names = (side: string) => {
    return one.parties
      .filter((party) => party.side === side)
      .map((party) => party.name)
      .join('、')
  }
  tables.enforcement_case.add([
    ...[staffed.court.id, one.id, number, one.state, written.openedAt.toISOString(), opener?.id ?? null],
    ...[opener?.name ?? IMPORTER, one.year, one.typeCode, serial, one.kind, one.cause, one.filedOn, one.basisNumber],
    ...[one.amountFen, one.arrivedFen, one.judge?.id ?? null, one.judge?.name ?? null, one.judge?.team?.id ?? null],
    ...[one.judge?.team?.name ?? null, one.closedOn, one.closingWay],
    ...[one.imported ? STATE_WORDS[one.state] : null, one.imported ? BEGAN_ON : null],
    ...[one.toCorrect, undated ? [SUSPENDED_UNDATED] : [], next?.name ?? null, next?.due.dueOn ?? null],
    ...[names('creditor'), names('debtor')],
  ])
}

const order = (a: string | null, b: string | null) => ((a ?? '') < (b ?? '') ? -1 : (a ?? '') > (b ?? '') ? 1 : 0)

function writeParties(tables: Tables, { one, staffed }: WrittenCase): void {
  const courtId = staffed.court.id
  one.parties.forEach(({ side, name, certificate }, at) => {
    const plain = plainName(name)
    tables.case_party.add([courtId, one.id, at + 1, side, name, plain, gramsOf(plain), initialsOf(name)])
    if (!certificate) return
    const { type, number, valid } = certificate
    tables.case_certificate.add([courtId, one.id, at + 1, 1, type, number, valid])
  })
}

/** What had happened before the court began with the system came with the import; the rest was entered by the judge. */
function writeFacts(tables: Tables, { one, staffed, openedAt: at }: WrittenCase): void {
  const hand = one.judge ?? (staffed.people[0] as SyntheticPerson)
  one.facts
    .toSorted((a, b) => order(a.on, b.on))
    .forEach(({ name, on }, index) => {
      const imported = one.imported && (on <= BEGAN_ON || on > AS_OF)
      tables.case_fact.add([
        ...[staffed.court.id, one.id, index + 1, name, on, name === 'funds-arrived' ? one.arrivedFen : null],
        ...[imported ? 'import' : 'hand', imported ? null : hand.id, imported ? IMPORTER : hand.name],
        (imported ? at : enteredAt(on, at)).toISOString(),
      ])
    })
}

function enteredAt(on: On, earliest: Date): Date {
  const afternoon = startOfDay(on).getTime() + 1.6 * MORNING_MS
  return new Date(Math.min(Math.max(afternoon, earliest.getTime() + 60_000), NOW.getTime() - 30_000))
}

const ENDING_ACTS = { closed: 'close', terminated: 'terminate', suspended: 'suspend' } as const
const ENDING_FACTS = { closed: 'closed', terminated: 'closed', suspended: 'suspended' } as const

/** The opening entry, and the act that brought the case where it is, if that came after the opening. */
function writeLog(tables: Tables, { one, staffed, openedAt: at, opener, random }: WrittenCase): void {
  const courtId = staffed.court.id
  const endedOn = one.state === 'handling' ? null : one.facts.find(({ name }) => name === endingFact(one.state))?.on
  const later = endedOn !== null && endedOn !== undefined && endedOn > BEGAN_ON
  const answers = one.imported
    ? { 来源: '导入', 行号: random.whole(4, 60_000) }
    : { 案件类型: one.kind, 立案日期: one.filedOn }
  tables.act_log.add([
    ...[courtId, 'case', one.id, 1, one.imported ? 'import' : 'open', null, later ? 'handling' : one.state],
    ...[JSON.stringify(answers), one.imported ? null : one.filedOn, opener?.id ?? null, courtId],
    ...[opener?.name ?? IMPORTER, at.toISOString()],
  ])
  if (!later || one.state === 'handling') return
  const hand = one.judge ?? (staffed.people[0] as SyntheticPerson)
  tables.act_log.add([
    ...[courtId, 'case', one.id, 2, ENDING_ACTS[one.state], 'handling', one.state],
    ...[JSON.stringify({ on: endedOn }), endedOn, hand.id, courtId, hand.name, enteredAt(endedOn, at).toISOString()],
  ])
}

function endingFact(state: keyof typeof STATE_WORDS): string {
  return state === 'handling' ? '' : ENDING_FACTS[state]
}

function isWatched({ doneOn, suspended, ended }: CaseClock): boolean {
  return doneOn === null && !suspended && !ended
}

function writeClock(tables: Tables, written: WrittenCase, clock: CaseClock): void {
  const { one, staffed, random } = written
  const id = random.uuid()
  const stands = isWatched(clock)
  const backlog = one.imported && isArrears(one, clock)
  const timed = { rule: clock.rule, dueOn: clock.due.dueOn }
  const passed = stands && !backlog ? passedRungs(timed, NOW) : []
  const next = stands && !backlog ? nextRung(timed, NOW, new Set(passed.map(({ name }) => name))) : null
  tables.clock.add([
    ...[staffed.court.id, id, 'case', one.id, clock.name, clock.name, clock.rule.id, clock.rule.version],
    ...[clock.startOn, clock.doneOn, clock.due.dueOn, clock.suspended, stands, backlog],
    ...[next?.name ?? null, next?.at.toISOString() ?? null, clock.note, JSON.stringify(clock.due)],
  ])
  for (const rung of passed)
    tables.clock_rung.add([staffed.court.id, id, rung.name, clock.due.dueOn, rung.at.toISOString()])
  if (passed.at(-1)?.name === 'overdue' && clock.due.dueOn !== null && !clock.name.includes('内控')) {
    const raisedOn = addDays(clock.due.dueOn, 1)
    const raisedAt = new Date(Math.max(endOfDay(clock.due.dueOn).getTime(), written.openedAt.getTime()))
    const orderId = orderRows(tables, written, { clock, raisedOn, raisedAt })
    tables.node_order.add([staffed.court.id, id, clock.due.dueOn, raisedAt.toISOString(), orderId])
  }
}

/** 存量超期: overdue already when the case came in, and not ended by then. */
function isArrears(one: SyntheticCase, clock: CaseClock): boolean {
  const { dueOn } = clock.due
  if (dueOn === null || dueOn >= BEGAN_ON || (clock.doneOn !== null && clock.doneOn <= BEGAN_ON)) return false
  return one.closedOn === null || one.closedOn > BEGAN_ON || clock.name === '案款发放'
}
