import assert from 'node:assert/strict'
import { test } from 'node:test'
import { REMINDERS } from '#rules/reminders.ts'
import { RULES } from '#rules/rules.ts'
import { type Rule, ruleOn } from './rule.ts'

const version = (number: number, validFrom: string, validTo: string | null): Rule => ({
  id: 'test.rule',
  version: number,
  label: '期限',
  n: number,
  unit: 'day',
  rolls: true,
  source: '某规定第一条',
  mark: 'V',
  internal: false,
  validFrom,
  validTo,
  note: null,
  startNote: null,
})

test('the version in force on the day of the start counts, both its ends included', () => {
  const rules = [version(1, '2000-01-01', '2021-12-31'), version(2, '2022-01-01', null)]
  assert.equal(ruleOn(rules, 'test.rule', '2000-01-01').version, 1)
  assert.equal(ruleOn(rules, 'test.rule', '2021-12-31').version, 1)
  assert.equal(ruleOn(rules, 'test.rule', '2022-01-01').version, 2)
  assert.throws(() => ruleOn(rules, 'test.rule', '1999-12-31'), /test\.rule/)
  assert.throws(() => ruleOn(rules, 'other', '2021-01-01'), /other/)
})

test('of two versions in force the later one counts', () => {
  const rules = [version(2, '2020-01-01', null), version(1, '2000-01-01', null)]
  assert.equal(ruleOn(rules, 'test.rule', '2021-01-01').version, 2)
  assert.deepEqual(
    rules.map((rule) => rule.version),
    [2, 1],
    'the list is left as it was',
  )
})

test('the limits are those of the law and of the court', () => {
  const limits = RULES.map(({ id, n, unit, mark }) => `${id} ${n} ${unit} ${mark}`)
  const wanted = [
    'node.notice 10 day V',
    'node.notice.internal 3 day V',
    'node.inquiry 5 day C',
    'node.disbursement 30 day V',
    'node.term 6 month V',
    'node.term.administrative 3 month V',
    'supervision.receive 1 working-day C',
    'supervision.answer 5 working-day C',
    'supervision.answer.high 3 working-day C',
    'supervision.answer.supreme 1 working-day C',
    'supervision.review 3 working-day C',
    'delegated.check 1 working-day C',
    'delegated.mend 3 working-day C',
    'delegated.reply 10 working-day C',
    'delegated.handle 10 working-day C',
    'approval.decide 7 day M',
    'filing.mend 3 working-day C',
  ]
  for (const limit of wanted) assert.ok(limits.includes(limit), limit)
})

test('every rule is sound: one row a version, no two in force at once, a source, a setting that looks like one', () => {
  for (const rule of RULES) {
    const { id, version: number, n, validFrom, validTo, source, mark, label, internal } = rule
    const twins = RULES.filter((other) => other !== rule && other.id === id)
    assert.ok(n > 0 && Number.isInteger(n), id)
    assert.ok(source !== '' && label !== '', id)
    assert.ok(validTo === null || validFrom <= validTo, id)
    assert.ok(
      twins.every((other) => other.version !== number),
      `${id} ${number}`,
    )
    for (const other of twins) {
      assert.ok((validTo ?? '9999') < other.validFrom || (other.validTo ?? '9999') < validFrom, `${id} overlaps`)
    }
    assert.equal(
      source.includes('本院设置'),
      mark === 'C',
      `${id}: a setting must not look like law, nor law like a setting`,
    )
    assert.equal(label.includes('内控'), internal, id)
  }
})

test('every limit has its reminders', () => {
  for (const rule of RULES)
    assert.ok(
      REMINDERS.some((reminder) => reminder.fits(rule)),
      rule.id,
    )
})
