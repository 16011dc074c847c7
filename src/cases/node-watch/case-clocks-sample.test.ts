import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { test } from 'node:test'
import { LegalHoliday, SolarDay, SolarMonth } from 'tyme4ts'
import { stateOfWord } from '#cases/case/case-states.ts'
import { FACT_NAMES, FACTS, type FactName } from '#cases/case/fact-names.ts'
import { readExport } from '#cases/import/export-reading.ts'
import { makeCalendar } from '#kernel/calendar/calendar.ts'
import { HOLIDAY_NOTICES, seedDays } from '#kernel/calendar/seed.ts'
import { RULES } from '#rules/rules.ts'
import { recomputeDueOn } from '#test/recompute-due.ts'
import { type CaseClock, clocksOfCase } from './case-clocks.ts'

// Every clock of the sample, computed twice: by the product from the workbook, and here from the truth file beside it,
// with days and holidays of tyme4ts and not a line of the product's.

const SAMPLE = new URL('../import/sample/', import.meta.url)
const AS_OF = '2021-09-30'

interface TruthRow {
  案号: string
  案由: string
  立案日期: string
  状态: '在执' | '已结' | '终本' | '中止'
  执行通知书发出日期: string | null
  首次网络查控发起日期: string | null
  案款到账日期: string | null
  案款发放日期: string | null
  结案日期: string | null
  拒收: string | null
  补正: string[]
}

interface Clock {
  node: string
  startOn: string
  dueOn: string | null
  doneOn: string | null
  state: string
}

function truthRows(): TruthRow[] {
  const truth = JSON.parse(readFileSync(new URL('样例-执行案件明细表.truth.json', SAMPLE), 'utf8')) as {
    行: TruthRow[]
  }
  const seen = new Set<string>()
  return truth.行.filter((row) => {
    if (row.拒收 !== null || seen.has(row.案号)) return false
    seen.add(row.案号)
    return true
  })
}

// The second computation.

function solar(on: string): SolarDay {
  const [year = 0, month = 0, day = 0] = on.split('-').map(Number)
  return SolarDay.fromYmd(year, month, day)
}

function text(day: SolarDay): string {
  return [day.getYear(), day.getMonth(), day.getDay()].map((part) => `${part}`.padStart(2, '0')).join('-')
}

function isOff(day: SolarDay): boolean {
  const legal = LegalHoliday.fromYmd(day.getYear(), day.getMonth(), day.getDay())
  return legal ? !legal.isWork() : [0, 6].includes(day.getWeek().getIndex())
}

function rolled(day: SolarDay): string {
  return isOff(day) ? rolled(day.next(1)) : text(day)
}

function daysAfter(on: string, days: number): string {
  return rolled(solar(on).next(days))
}

function monthsAfter(on: string, months: number): string {
  const day = solar(on)
  const month = SolarMonth.fromYm(day.getYear(), day.getMonth()).next(months)
  return rolled(SolarDay.fromYmd(month.getYear(), month.getMonth(), Math.min(day.getDay(), month.getDayCount())))
}

/** All clocks that law and issue give a case, before what its state does to them. */
function limitsOf(row: TruthRow): Clock[] {
  const sent = row.执行通知书发出日期
  const filed = row.立案日期
  const arrived = row.案款到账日期
  const limit = (node: string, startOn: string, dueOn: string, doneOn: string | null) => [
    { node, startOn, dueOn, doneOn, state: '' },
  ]
  const enforcing = /执(恢)?\d+号$/.test(row.案号)
  const months = row.案由 === '行政处罚非诉执行' ? 3 : 6
  return [
    ...(enforcing ? limit('执行通知书', filed, daysAfter(filed, 10), sent) : []),
    ...(enforcing ? limit('执行通知书（内控）', filed, daysAfter(filed, 3), sent) : []),
    ...(enforcing ? limit('首次网络查控', filed, daysAfter(filed, 5), row.首次网络查控发起日期) : []),
    ...(arrived ? limit('案款发放', arrived, daysAfter(arrived, 30), row.案款发放日期) : []),
    ...(enforcing ? limit('执行期限', filed, monthsAfter(filed, months), row.结案日期) : []),
  ]
}

function secondClocks(row: TruthRow): Clock[] {
  if (row.补正.includes('立案日期晚于导出日期')) return []
  return limitsOf(row).flatMap((clock): Clock[] => {
    const doneOn = clock.doneOn !== null && clock.doneOn <= AS_OF ? clock.doneOn : null
    const dueOn = clock.dueOn ?? ''
    const known = { ...clock, doneOn }
    if (doneOn !== null && doneOn <= dueOn) return [{ ...known, state: 'met' }]
    // The sample has no column 中止日期: what was not met in time before can't be dated.
    if (row.状态 === '中止') return [{ ...known, dueOn: null, state: doneOn ? 'uncomputed' : 'suspended' }]
    if (doneOn !== null) return [{ ...known, state: 'late' }]
    const ended = ['已结', '终本'].includes(row.状态) && clock.node !== '案款发放'
    if (ended && !(row.结案日期 !== null && dueOn < row.结案日期)) return []
    return [{ ...known, state: AS_OF > dueOn ? 'overdue' : 'running' }]
  })
}

// The product's.

async function productClocks(): Promise<Map<string, CaseClock[]>> {
  const law = {
    rules: RULES,
    calendar: makeCalendar({ days: seedDays(), years: HOLIDAY_NOTICES.map(({ year }) => year) }),
  }
  const path = decodeURIComponent(new URL('样例-执行案件明细表.xlsx', SAMPLE).pathname)
  const clocks = new Map<string, CaseClock[]>()
  for await (const row of readExport(path, { courtCode: '吉0193', asOfOn: AS_OF })) {
    if (row.kind !== 'accepted') continue
    const { caseNumber, kind, cause, filedOn, suspendedOn, state, facts } = row.case
    const dated = new Map<FactName, string>([['filed', filedOn]])
    for (const name of FACT_NAMES) {
      const on = [...facts].find(([column]) => column === FACTS[name].column)?.[1]
      if (on !== undefined) dated.set(name, on)
    }
    if (suspendedOn) dated.set('suspended', suspendedOn)
    const one = {
      kind,
      cause,
      state: stateOfWord(state, dated.has('closed')),
      facts: dated,
      suspensions: [],
      extensions: [],
      toCorrect: row.toCorrect,
    }
    clocks.set(caseNumber.canonical, clocksOfCase(one, law, AS_OF))
  }
  return clocks
}

test('all clocks of all cases of the sample equal a second computation that shares no code', async () => {
  const product = await productClocks()
  const rows = truthRows()
  assert.deepEqual([...product.keys()].sort(), rows.map((row) => row.案号).sort())
  assert.equal(rows.length, 1182)
  for (const row of rows) {
    const told = (product.get(row.案号) ?? []).map(({ name: node, startOn, doneOn, state, due }) => ({
      node,
      startOn,
      dueOn: due.dueOn,
      doneOn,
      state,
    }))
    assert.deepEqual(told, secondClocks(row), row.案号)
  }
  const states = new Set(rows.flatMap(secondClocks).map(({ state }) => state))
  assert.deepEqual([...states].sort(), ['late', 'met', 'overdue', 'running', 'suspended', 'uncomputed'])
})

test('every due date of the sample follows from its own answer', async () => {
  let checked = 0
  for (const { due } of [...(await productClocks()).values()].flat()) {
    if (due.dueOn === null) continue
    assert.equal(recomputeDueOn(due), due.dueOn)
    checked += 1
  }
  assert.ok(checked > 2000, String(checked))
})
