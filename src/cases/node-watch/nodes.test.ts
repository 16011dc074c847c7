import assert from 'node:assert/strict'
import { RECORDABLE_LABELS } from '#cases/case/fact-choices.ts'
import { FACTS, type FactName } from '#cases/case/fact-names.ts'
import { articleTest } from '#test/articles.ts'
import { startTestServer } from '#test/harness.ts'
import { NODES } from './nodes.ts'

articleTest(['17'], 'every node is begun and ended on the case page, and says so there', async (t) => {
  const server = await startTestServer(t, { start: '2021-10-11T09:00:00+08:00' })
  const clerk = await server.as('linjing')
  let one = await clerk.do('/cases', {
    kind: '首次执行',
    filedOn: '2021-10-11',
    creditors: [{ name: '甲有限公司' }],
    debtors: [{ name: '乙' }],
  })
  const enter = async (name: FactName) => {
    const node = FACTS[name].label
    if (!RECORDABLE_LABELS.includes(node) || one.facts.some((fact: { label: string }) => fact.label === node)) return
    const amount = name === 'funds-arrived' ? { arrivedFen: '100' } : {}
    one = await clerk.do(`/cases/${one.id}/recordNode`, { version: one.version, node, on: '2021-10-11', ...amount })
  }
  const stateOf = (rule: string) =>
    one.clocks.find((clock: { due: { ruleId: string } }) => clock.due.ruleId === rule)?.state
  for (const { starts } of NODES) for (const start of starts) await enter(start)
  for (const { rule } of NODES) {
    const id = typeof rule === 'string' ? rule : rule({ cause: null })
    assert.ok(['running', 'met'].includes(stateOf(id)), `${id}: ${stateOf(id)}`)
  }
  for (const { done } of NODES) await enter(done)
  one = await clerk.read(`/cases/${one.id}`)
  for (const { rule, done } of NODES) {
    const id = typeof rule === 'string' ? rule : rule({ cause: null })
    assert.equal(stateOf(id), done === 'closed' ? 'running' : 'met', id)
  }
})
