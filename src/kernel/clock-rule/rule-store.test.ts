import assert from 'node:assert/strict'
import { test } from 'node:test'
import { RULES } from '#rules/rules.ts'
import { startTestServer } from '#test/harness.ts'
import type { Rule } from './rule.ts'
import { seedLaw } from './rule-store.ts'

test('every limit is shown with source, mark and validity', async (t) => {
  const server = await startTestServer(t)
  const { rules } = await (await server.as('sunhaitao')).read('/rules')
  assert.equal(rules.length, RULES.length)
  for (const rule of RULES) {
    const shown = rules.find(({ id, version }: Rule) => id === rule.id && version === rule.version)
    const { rolls: _, startNote: __, ...said } = rule
    assert.deepEqual(shown, said)
  }
})

test('seeding again changes nothing, a new version is added, and a changed one is refused by its name', async (t) => {
  const server = await startTestServer(t)
  const stored = () => server.sql('select * from clock_rule order by id, version')
  const before = await stored()
  await seedLaw(server.url)
  assert.deepEqual(await stored(), before)
  const [first] = RULES
  assert.ok(first)
  await seedLaw(server.url, [{ ...first, version: 99, n: first.n + 1 }])
  assert.equal((await stored()).length, before.length + 1)
  await assert.rejects(
    seedLaw(server.url, [{ ...first, n: first.n + 1 }]),
    new RegExp(`${first.id} 第${first.version}版.*n`),
  )
  await assert.rejects(seedLaw(server.url, [{ ...first, n: first.n + 1, source: '别的来源' }]), {
    message:
      `期限规则 ${first.id} 第${first.version}版与库中已有的同一版本不同（n、source）：` +
      '已公布的版本不能改动，请另立新版本',
  })
})

test('servers that start in the same instant seed together', async (t) => {
  const server = await startTestServer(t)
  const [first] = RULES
  assert.ok(first)
  const added = Array.from({ length: 20 }, (_, n) => ({ ...first, version: 100 + n }))
  await Promise.all(Array.from({ length: 6 }, () => seedLaw(server.url, added)))
  const rows = await server.sql('select version from clock_rule where version >= 100')
  assert.equal(rows.length, added.length)
})

test('a year that the court has corrected keeps its corrections when the server starts again', async (t) => {
  const server = await startTestServer(t)
  const reply = await (await server.as('anquan')).put('/calendar/days', {
    on: '2021-10-08',
    kind: 'off',
    name: '国庆节',
    reason: '更正',
  })
  assert.equal(reply.status, 200)
  await seedLaw(server.url)
  const days = await server.sql("select 1 from calendar_day where on_date = '2021-10-08' and kind = 'off'")
  assert.equal(days.length, 1)
})
