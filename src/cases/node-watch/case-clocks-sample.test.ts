import assert from 'node:assert/strict'
import { test } from 'node:test'
import { stateOfWord } from '#cases/case/case-states.ts'
import { FACT_NAMES, FACTS, type FactName } from '#cases/case/fact-names.ts'
import { readExport } from '#cases/import/export-reading.ts'
import { makeCalendar } from '#kernel/calendar/calendar.ts'
import { HOLIDAY_NOTICES, seedDays } from '#kernel/calendar/seed.ts'
import { RULES } from '#rules/rules.ts'
import { recomputeDueOn } from '#test/recompute-due.ts'
import { readTruth, SAMPLE_PATH, type TruthRow } from '#test/sample.ts'
import { secondClocks } from '#test/second-clocks.ts'
import { type CaseClock, clocksOfCase } from './case-clocks.ts'

// Every clock of the sample, computed twice: by the product from the workbook, and here from the truth file beside it,
// with days and holidays of tyme4ts and not a line of the product's.

const AS_OF = '2021-09-30'

async function truthRows(): Promise<TruthRow[]> {
  const truth = await readTruth()
  const seen = new Set<string>()
  return truth.行.filter((row) => {
    if (row.拒收 !== null || seen.has(row.案号)) return false
    seen.add(row.案号)
    return true
  })
}

// The product's.

async function productClocks(): Promise<Map<string, CaseClock[]>> {
  const law = {
    rules: RULES,
    calendar: makeCalendar({ days: seedDays(), years: HOLIDAY_NOTICES.map(({ year }) => year) }),
  }
  const clocks = new Map<string, CaseClock[]>()
  for await (const row of readExport(SAMPLE_PATH, { courtCode: '吉0193', asOfOn: AS_OF })) {
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
      byHand: false,
    }
    clocks.set(caseNumber.canonical, clocksOfCase(one, law, AS_OF))
  }
  return clocks
}

test('all clocks of all cases of the sample equal a second computation that shares no code', async () => {
  const product = await productClocks()
  const rows = await truthRows()
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
