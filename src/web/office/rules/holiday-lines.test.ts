import assert from 'node:assert/strict'
import { test } from 'node:test'
import { readHolidayLines } from './holiday-lines.ts'

test('a span gives its days from Monday to Friday, a working weekend its day', () => {
  // 2021-10-01 is a Friday, so the 2nd and the 3rd are a weekend; 2021-10-09 is a Saturday.
  const { days, faults } = readHolidayLines('国庆节 10月1日至10月7日\n\n上班 10-9', 2021)
  assert.deepEqual(faults, [])
  assert.deepEqual(
    days.map(({ on }) => on),
    ['2021-10-01', '2021-10-04', '2021-10-05', '2021-10-06', '2021-10-07', '2021-10-09'],
  )
  assert.deepEqual(days.at(-1), { on: '2021-10-09', kind: 'work', name: '调休上班' })
  assert.equal(days[0]?.name, '国庆节')
})

test('what cannot be read is said with its line', () => {
  const { days, faults } = readHolidayLines('元旦 一月一日\n春节 2-17 2-11\n上班 10-11\n除夕 2022-01-31', 2021)
  assert.deepEqual(days, [])
  assert.deepEqual(
    faults.map(({ line }) => line),
    [1, 2, 3, 4],
  )
})
