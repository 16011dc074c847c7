import assert from 'node:assert/strict'
import { test } from 'node:test'
import { articleTest } from '#test/articles.ts'
import type { Client } from '#test/client.ts'
import { startTestServer } from '#test/harness.ts'

const GOOD = '11010519491231002X'
const WRONG = '110105194912310021'

async function openWrongCase(filing: Client) {
  return filing.do('/cases', {
    kind: '首次执行',
    cause: '民间借贷纠纷',
    filedOn: '2021-09-29',
    basisNumber: '（2021）吉0193民初7号',
    amountFen: '100',
    creditors: [{ name: '甲某', certificates: [GOOD] }],
    debtors: [{ name: '乙谋', certificates: [WRONG] }],
  })
}

articleTest(['10'], 'parties are corrected with a reason: flags go, numbers that were not touched stay', async (t) => {
  const server = await startTestServer(t)
  const filing = await server.as('fangmingyu')
  const made = await openWrongCase(filing)
  assert.deepEqual(made.toCorrect, ['证件号码校验错误'])
  assert.equal(made.mayCorrectParties, true)
  const body = {
    version: made.version,
    reason: '录入错字',
    parties: [
      { was: 1, side: 'creditor', name: '甲某', certificates: null },
      { was: 2, side: 'debtor', name: '乙某', certificates: ['110105194912310038', '91350100M000100Y43'] },
    ],
  }
  await filing.do(`/cases/${made.id}/parties`, body)
  const fixed = await filing.read(`/cases/${made.id}`)
  assert.deepEqual(fixed.toCorrect, [])
  assert.equal(fixed.debtors, '乙某')
  assert.equal(fixed.parties[1].certificates.length, 2)
  assert.equal(fixed.log[0].label, '更正当事人')
  const [kept] = await server.sql<{ number: string }>(
    'select number from case_certificate where case_id = $1 and party_seq = 1',
    [made.id],
  )
  assert.equal(kept?.number, GOOD)
  const found = await filing.read(`/cases?q=${encodeURIComponent('乙某')}`)
  assert.equal(found.items.length, 1)
})

test('a stale version, a party that was not there, and a judge are refused; nothing changes', async (t) => {
  const server = await startTestServer(t)
  const filing = await server.as('fangmingyu')
  const made = await openWrongCase(filing)
  const one = { was: 9, side: 'debtor', name: '丙某', certificates: null }
  const body = { version: made.version, reason: '试', parties: [one] }
  assert.equal((await filing.post(`/cases/${made.id}/parties`, { ...body, version: 0 })).body.code, 'thing.stale')
  const unknown = await filing.post(`/cases/${made.id}/parties`, body)
  assert.equal(unknown.body.fields[0].path, 'parties.0.was')
  const judge = await server.as('sunhaitao')
  assert.equal((await judge.post(`/cases/${made.id}/parties`, body)).status, 403)
  const after = await filing.read(`/cases/${made.id}`)
  assert.equal(after.version, made.version)
  assert.equal(after.parties.length, 2)
})
