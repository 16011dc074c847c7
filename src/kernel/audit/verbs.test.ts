import assert from 'node:assert/strict'
import { globSync, readFileSync } from 'node:fs'
import { test } from 'node:test'
import { chaptersWith } from '#app'
import { summaryText, VERBS, verbLabel } from './verbs.ts'

const kinds = chaptersWith().flatMap((chapter) => [...chapter.kinds])

test('every verb that the code writes has its word', () => {
  const written = globSync('src/**/*.ts', { exclude: ['**/*.test.ts'] }).flatMap((path) =>
    [...readFileSync(path, 'utf8').matchAll(/\bverb: '([^']+)'/g)].map(([, verb]) => verb as string),
  )
  assert.ok(written.length > 10)
  const nameless = written.filter((verb) => verbLabel(kinds, verb).includes('其他操作'))
  assert.deepEqual(nameless, [])
  assert.ok(Object.values(VERBS).every((word) => /^[一-鿿]+$/.test(word)))
})

test('an act of a matter is named by its declaration, with approval before it', () => {
  const kind = kinds.find(({ id }) => id === 'supervision-order')
  assert.ok(kind)
  assert.equal(verbLabel(kinds, 'supervision-order.receive'), '事项督办：签收')
  assert.equal(verbLabel(kinds, 'supervision-order.open'), '事项督办：发起')
  assert.equal(verbLabel(kinds, 'supervision-order.propose:receive'), '事项督办：呈批 签收')
  assert.equal(verbLabel(kinds, 'supervision-order.reject:receive'), '事项督办：审批不同意 签收')
  assert.equal(verbLabel(kinds, 'supervision-order.other:receive'), '事项督办：other 签收')
  assert.equal(verbLabel(kinds, 'supervision-order.approve:receive'), '事项督办：审批同意 签收')
  assert.equal(verbLabel(kinds, 'supervision-order.:receive'), '事项督办：签收')
  assert.equal(verbLabel(kinds, 'supervision-order.explain'), '事项督办：说明预警理由')
  assert.equal(verbLabel(kinds, 'supervision-order.attach'), '事项督办：上传材料')
  assert.equal(verbLabel(kinds, 'supervision-order.parties'), '事项督办：更正当事人')
  assert.equal(verbLabel(kinds, 'supervision-order.import'), '事项督办：导入')
  assert.equal(verbLabel(kinds, 'supervision-order.no-such-act'), '事项督办：其他操作')
  assert.equal(verbLabel(kinds, 'no-such-kind.act'), '其他操作')
  assert.equal(verbLabel(kinds, 'supervision-order'), '其他操作')
  assert.equal(verbLabel(kinds, 'case.unmask'), '查看完整证件号码', 'the table goes before the declaration')
  assert.equal(verbLabel([], 'session.sign-in'), '登录')
})

test('a summary is one line in words: states by name, without ids', () => {
  const stored = JSON.stringify({
    操作: '签收',
    由: 'issued',
    至: 'handling',
    事项: '9d2a4a52-52a5-4f6b-8f0a-3a4f5a8f1e22',
    n: 1,
  })
  assert.equal(summaryText(kinds, 'supervision-order', stored), '操作：签收；由：待签收；至：办理中')
  assert.equal(summaryText(kinds, null, '{"通过":true,"空":null}'), '通过：是')
  const told = (facts: unknown) => summaryText(kinds, null, JSON.stringify(facts))
  assert.equal(
    told({ 通过: false, 无: '', 数: 0, 列: ['甲', true, 2], 表: { 甲: 1 } }),
    '通过：否；数：0；列：甲、是、2；表：{"甲":1}',
  )
  assert.equal(told({ 由: 'issued', n: '甲', a1: 'x' }), '由：issued', 'a state of no kind stays as it is')
  assert.equal(told({ 操作: 'passOn', 动作: 'passOn' }), '操作：转办；动作：passOn')
  const receive = JSON.stringify({ 操作: 'receive' })
  assert.equal(summaryText(kinds, 'supervision-order', receive), '操作：签收')
  assert.equal(summaryText(kinds, 'filing-check', receive), '操作：接收')
  assert.equal(told({ 操作: 'no-such-act' }), '操作：no-such-act')
  const id = '9d2a4a52-52a5-4f6b-8f0a-3a4f5a8f1e22'
  assert.equal(
    told({ 甲: `${id}0`, 乙: `x${id}`, 丙: id, 丁: id.replaceAll('-', '') }),
    `甲：${id}0；乙：x${id}；丁：${id.replaceAll('-', '')}`,
  )
  assert.equal(told({}), '')
})
