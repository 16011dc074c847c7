import assert from 'node:assert/strict'
import { test } from 'node:test'
import { makeCalendar } from '#kernel/calendar/calendar.ts'
import { HOLIDAY_NOTICES, seedDays } from '#kernel/calendar/seed.ts'
import { recomputeDueOn } from '#test/recompute-due.ts'
import { clockState, type Extension, explainDue, isHeld, type Suspension, suspensionsAsOf } from './due.ts'
import type { Rule } from './rule.ts'

const calendar = makeCalendar({ days: seedDays(), years: HOLIDAY_NOTICES.map(({ year }) => year) })

const PLAIN: Rule = {
  id: 'test.rule',
  version: 3,
  label: '期限',
  n: 1,
  unit: 'day',
  rolls: true,
  source: '某规定第一条',
  mark: 'V',
  internal: false,
  validFrom: '1990-01-01',
  validTo: null,
  note: null,
  startNote: null,
}

/** '10d' calendar days, '6m' months, '3w' working days; a final '!' for a limit that does not roll. */
function ruleOf(limit: string): Rule {
  const match = /^(\d+)([dmw])(!?)$/.exec(limit)
  assert.ok(match, limit)
  const unit = ({ d: 'day', m: 'month', w: 'working-day' } as const)[match[2] as 'd' | 'm' | 'w']
  return { ...PLAIN, n: Number(match[1]), unit, rolls: match[3] === '' }
}

/** '+5d' an extension; '05-01/05-09' a suspension from the first day up to the day before the second, '05-01/' open. */
function changesOf(startOn: string, text: string): { suspensions: Suspension[]; extensions: Extension[] } {
  const parts = text.split(' ').filter((part) => part !== '')
  const full = (day: string) => (day.length === 5 ? `${startOn.slice(0, 4)}-${day}` : day)
  return {
    suspensions: parts
      .filter((part) => part.includes('/'))
      .map((part) => {
        const [from = '', to = ''] = part.split('/')
        return { fromOn: full(from), toOn: to === '' ? null : full(to), ground: '公告期间' }
      }),
    extensions: parts
      .filter((part) => part.startsWith('+'))
      .map((part) => ({
        n: Number.parseInt(part.slice(1), 10),
        unit: part.endsWith('m') ? 'month' : 'day',
        ground: '案情复杂',
        approvedBy: '院长',
      })),
  }
}

type Line = [limit: string, startOn: string, changes: string, dueOn: string | null, skipped: number]

// Worked out by hand from the State Council's notices, before the code was run.
const GOLDEN: readonly Line[] = [
  // calendar days: the first day is not counted, a last day that is off rolls
  ['10d', '2021-03-01', '', '2021-03-11', 0],
  ['10d', '2021-03-02', '', '2021-03-12', 0],
  ['10d', '2021-03-03', '', '2021-03-15', 2],
  ['10d', '2021-03-04', '', '2021-03-15', 1],
  ['10d', '2021-03-05', '', '2021-03-15', 0],
  ['3d', '2021-03-05', '', '2021-03-08', 0],
  ['3d', '2021-03-03', '', '2021-03-08', 2],
  ['5d', '2021-03-01', '', '2021-03-08', 2],
  ['30d', '2021-08-31', '', '2021-09-30', 0],
  ['30d', '2021-02-28', '', '2021-03-30', 0],
  ['30d', '2020-02-28', '', '2020-03-30', 1],
  // National Day 2021: 1–7 October off; 26 September (Sunday) and 9 October (Saturday) worked
  ['10d', '2021-09-20', '', '2021-09-30', 0],
  ['10d', '2021-09-21', '', '2021-10-08', 7],
  ['10d', '2021-09-27', '', '2021-10-08', 1],
  ['10d', '2021-09-28', '', '2021-10-08', 0],
  ['10d', '2021-09-29', '', '2021-10-09', 0],
  ['10d', '2021-09-30', '', '2021-10-11', 1],
  ['30d', '2021-09-01', '', '2021-10-08', 7],
  ['5d', '2021-09-21', '', '2021-09-26', 0],
  ['3d', '2021-09-22', '', '2021-09-26', 1],
  // Mid-autumn 2021: 19–21 September off, 18 (Saturday) worked
  ['5d', '2021-09-13', '', '2021-09-18', 0],
  ['5d', '2021-09-14', '', '2021-09-22', 3],
  // Labour Day 2021: 1–5 May off, 25 April (Sunday) and 8 May (Saturday) worked
  ['10d', '2021-04-21', '', '2021-05-06', 5],
  ['10d', '2021-04-28', '', '2021-05-08', 0],
  ['10d', '2021-04-15', '', '2021-04-25', 0],
  // Qingming, Dragon Boat, Spring Festival and New Year 2021
  ['3d', '2021-03-31', '', '2021-04-06', 3],
  ['3d', '2021-06-09', '', '2021-06-15', 3],
  ['10d', '2021-02-01', '', '2021-02-18', 7],
  ['30d', '2021-01-12', '', '2021-02-18', 7],
  ['10d', '2021-02-10', '', '2021-02-20', 0],
  ['5d', '2021-02-02', '', '2021-02-07', 0],
  ['10d', '2020-12-22', '', '2021-01-04', 3],
  // Spring Festival 2020, extended: 24 January to 2 February off; 19 January (Sunday) worked
  ['10d', '2020-01-14', '', '2020-02-03', 10],
  ['10d', '2020-01-22', '', '2020-02-03', 2],
  ['5d', '2020-01-14', '', '2020-01-19', 0],
  // leap days and other years
  ['3d', '2020-02-26', '', '2020-03-02', 2],
  ['10d', '2024-02-19', '', '2024-02-29', 0],
  ['10d', '2024-01-30', '', '2024-02-09', 0],
  ['10d', '2024-02-01', '', '2024-02-18', 7],
  ['5d', '2015-08-29', '', '2015-09-06', 3],
  ['10d', '2014-12-22', '', '2015-01-04', 3],
  ['10d', '2022-01-21', '', '2022-02-07', 7],
  ['10d', '2022-01-20', '', '2022-01-30', 0],
  // months: the same day, or the month's last
  ['6m', '2021-03-31', '', '2021-09-30', 0],
  ['6m', '2021-03-30', '', '2021-09-30', 0],
  ['6m', '2020-08-31', '', '2021-03-01', 1],
  ['6m', '2020-08-30', '', '2021-03-01', 1],
  ['6m', '2019-08-28', '', '2020-02-28', 0],
  ['6m', '2019-08-29', '', '2020-03-02', 2],
  ['6m', '2019-08-31', '', '2020-03-02', 2],
  ['6m', '2023-08-31', '', '2024-02-29', 0],
  ['6m', '2021-04-01', '', '2021-10-08', 7],
  ['6m', '2021-07-01', '', '2022-01-04', 3],
  ['3m', '2021-11-30', '', '2022-02-28', 0],
  ['3m', '2021-06-26', '', '2021-09-26', 0],
  ['3m', '2021-06-19', '', '2021-09-22', 3],
  ['1m', '2021-01-31', '', '2021-03-01', 1],
  // working days: every day off on the way is skipped
  ['1w', '2021-03-01', '', '2021-03-02', 0],
  ['1w', '2021-03-05', '', '2021-03-08', 2],
  ['1w', '2021-09-25', '', '2021-09-26', 0],
  ['1w', '2021-09-30', '', '2021-10-08', 7],
  ['3w', '2021-09-16', '', '2021-09-22', 3],
  ['10w', '2021-09-24', '', '2021-10-13', 9],
  ['3w', '2020-01-22', '', '2020-02-04', 10],
  ['5w', '2021-04-28', '', '2021-05-08', 5],
  ['3w', '2021-12-30', '', '2022-01-05', 3],
  // limits that do not roll
  ['10d!', '2021-09-21', '', '2021-10-01', 0],
  ['6m!', '2021-04-01', '', '2021-10-01', 0],
  ['10d!', '2026-12-28', '', '2027-01-07', 0],
  // years without notice
  ['10d', '2026-12-21', '', '2026-12-31', 0],
  ['10d', '2026-12-22', '', null, 0],
  ['6m', '2026-07-01', '', null, 0],
  ['3w', '2026-12-28', '', '2026-12-31', 0],
  ['10d', '2013-12-15', '', null, 0],
  ['10d', '2013-12-23', '', '2014-01-02', 0],
  // suspensions: their days are not counted
  ['10d', '2021-03-01', '03-05/03-10', '2021-03-16', 0],
  ['10d', '2021-03-01', '02-20/03-03', '2021-03-12', 0],
  ['10d', '2021-03-01', '03-12/03-20', '2021-03-11', 0],
  ['10d', '2021-03-01', '02-01/02-20', '2021-03-11', 0],
  ['10d', '2021-03-01', '02-20/03-02', '2021-03-11', 0],
  ['10d', '2021-03-01', '03-05/03-06', '2021-03-12', 0],
  ['10d', '2021-03-01', '03-05/03-05', '2021-03-11', 0],
  ['10d', '2021-03-01', '03-05/03-08 03-03/03-06', '2021-03-16', 0],
  ['10d', '2021-03-01', '03-03/03-10 03-05/03-08', '2021-03-18', 0],
  ['10d', '2021-03-01', '03-03/03-05 03-05/03-08', '2021-03-16', 0],
  ['10d', '2021-03-01', '03-12/03-15 03-03/03-05', '2021-03-16', 0],
  ['10d', '2021-03-01', '03-11/03-13', '2021-03-15', 2],
  ['10d', '2021-03-03', '03-15/03-18', '2021-03-18', 2],
  ['6m', '2021-01-04', '03-01/04-01', '2021-08-04', 0],
  ['3w', '2021-03-01', '03-03/03-08', '2021-03-09', 0],
  ['10d', '2021-03-01', '03-05/', null, 0],
  ['10d', '2021-03-01', '03-11/', null, 0],
  ['10d', '2021-03-01', '03-12/', '2021-03-11', 0],
  ['10d', '2021-03-03', '03-15/', null, 2],
  ['10d', '2021-03-01', '03-05/ 03-03/03-04', null, 0],
  // extensions: added to the limit before it rolls
  ['10d', '2021-03-01', '+5d', '2021-03-16', 0],
  ['10d', '2021-09-15', '+3d', '2021-09-28', 0],
  ['6m', '2021-01-04', '+3m', '2021-10-08', 4],
  ['6m', '2020-08-31', '+3m', '2021-05-28', 0],
  ['6m', '2021-01-04', '+3m +3m', '2022-01-04', 0],
  ['6m', '2021-01-04', '+3m 03-01/04-01', '2021-11-04', 0],
  ['5w', '2021-03-01', '+3d', '2021-03-11', 2],
  ['5w', '2021-03-01', '+5d', '2021-03-15', 4],
]

for (const [limit, startOn, changes, dueOn, skipped] of GOLDEN) {
  test(`${limit} from ${startOn}${changes && ` with ${changes}`} is due ${dueOn ?? 'on no known day'}`, () => {
    const due = explainDue({
      rule: ruleOf(limit),
      startFact: '立案日期',
      startOn,
      calendar,
      ...changesOf(startOn, changes),
    })
    assert.equal(due.dueOn, dueOn)
    if (dueOn === null && !isHeld(due)) return
    assert.equal(due.skipped.length, skipped)
    assert.equal(recomputeDueOn(due), dueOn)
  })
}

test('a due date tells its whole story', () => {
  const due = explainDue({
    rule: ruleOf('10d'),
    startFact: '立案日期',
    startOn: '2021-09-15',
    calendar,
    suspensions: [
      { fromOn: '2021-09-20', toOn: '2021-09-22', ground: '公告期间' },
      { fromOn: '2021-09-21', toOn: '2021-09-23', ground: '鉴定期间' },
      { fromOn: '2021-11-01', toOn: '2021-11-02', ground: '暂缓' },
    ],
    extensions: [{ n: 3, unit: 'day', ground: '案情复杂', approvedBy: '院长' }],
  })
  assert.deepEqual(due, {
    ruleId: 'test.rule',
    version: 3,
    source: '某规定第一条',
    mark: 'V',
    startFact: '立案日期',
    startOn: '2021-09-15',
    n: 10,
    unit: 'day',
    skipped: [
      { on: '2021-10-01', why: '国庆节' },
      { on: '2021-10-02', why: '周六' },
      { on: '2021-10-03', why: '周日' },
      { on: '2021-10-04', why: '国庆节' },
      { on: '2021-10-05', why: '国庆节' },
      { on: '2021-10-06', why: '国庆节' },
      { on: '2021-10-07', why: '国庆节' },
    ],
    suspensions: [{ fromOn: '2021-09-20', toOn: '2021-09-23', days: 3, ground: '公告期间；鉴定期间' }],
    extensions: [{ n: 3, unit: 'day', ground: '案情复杂', approvedBy: '院长' }],
    dueOn: '2021-10-08',
  })
})

test('suspensions that touch are told as one, those apart one by one', () => {
  const told = (text: string) =>
    explainDue({
      rule: ruleOf('10d'),
      startFact: '立案日期',
      startOn: '2021-03-01',
      calendar,
      ...changesOf('2021-03-01', text),
    }).suspensions.map(({ fromOn, toOn, days }) => `${fromOn} ${toOn} ${days}`)
  assert.deepEqual(told('03-03/03-05 03-05/03-08'), ['2021-03-03 2021-03-08 5'])
  assert.deepEqual(told('03-03/03-05 03-06/03-08'), ['2021-03-03 2021-03-05 2', '2021-03-06 2021-03-08 2'])
})

test('an open suspension is told and keeps the due date open; a missing year is not taken for one', () => {
  const ask = (startOn: string, text: string) =>
    explainDue({ rule: ruleOf('10d'), startFact: '立案日期', startOn, calendar, ...changesOf(startOn, text) })
  const held = ask('2021-03-01', '03-05/')
  assert.deepEqual(held.suspensions, [{ fromOn: '2021-03-05', toOn: null, days: 0, ground: '公告期间' }])
  assert.equal(isHeld(held), true)
  assert.equal(isHeld(ask('2026-12-22', '')), false)
  assert.equal(isHeld(ask('2021-03-01', '03-12/')), false)
})

test('a clock runs up to and including its due date and is overdue from the next day', () => {
  const at = (dueOn: string | null, doneOn: string | null, asOfOn: string, suspended = false) =>
    clockState({ dueOn, doneOn, suspended }, asOfOn)
  assert.equal(at('2021-03-11', null, '2021-03-10'), 'running')
  assert.equal(at('2021-03-11', null, '2021-03-11'), 'running')
  assert.equal(at('2021-03-11', null, '2021-03-12'), 'overdue')
  assert.equal(at('2021-03-11', '2021-03-11', '2021-03-20'), 'met')
  assert.equal(at('2021-03-11', '2021-03-12', '2021-03-20'), 'late')
  assert.equal(at(null, null, '2021-03-12'), 'uncomputed')
  assert.equal(at(null, '2021-03-12', '2021-03-12'), 'uncomputed')
  assert.equal(at(null, null, '2021-03-12', true), 'suspended')
  assert.equal(at(null, '2021-03-12', '2021-03-12', true), 'met')
})

test('on a day, later suspensions do not exist and one that ended later was still open', () => {
  const all = [
    { fromOn: '2021-03-01', toOn: '2021-03-05', ground: '甲' },
    { fromOn: '2021-04-01', toOn: null, ground: '乙' },
  ]
  const open = (asOfOn: string) => suspensionsAsOf(all, asOfOn).map(({ ground, toOn }) => `${ground}${toOn ?? ''}`)
  assert.deepEqual(open('2021-02-28'), [])
  assert.deepEqual(open('2021-03-01'), ['甲'])
  assert.deepEqual(open('2021-03-04'), ['甲'])
  assert.deepEqual(open('2021-03-05'), ['甲2021-03-05'])
  assert.deepEqual(open('2021-04-01'), ['甲2021-03-05', '乙'])
})
