import assert from 'node:assert/strict'
import { test } from 'node:test'
import { articleTest } from '#test/articles.ts'
import type { Client } from '#test/client.ts'
import { startTestServer, type TestServer } from '#test/harness.ts'
import { ended } from '#test/http/bulk-jobs.ts'
import { fileCase } from '#test/http/filing-writes.ts'

async function act(client: Client, path: string, name: string, answers: object = {}) {
  const { version } = await client.read(path)
  return client.do(`${path}/${name}`, { version, ...answers })
}

/** A case that the centre has received, and who acts on it. */
async function begin(server: TestServer, changes: object = {}) {
  const { id, check, caseNumber } = await fileCase(server, changes)
  const [clerk, director] = [await server.as('linjing'), await server.as('maguodong')]
  await act(clerk, `/filing-checks/${check.id}`, 'receive')
  return { id, path: `/cases/${id}`, caseNumber, clerk, director }
}

const approve = (director: Client, one: { approval: { id: string }; version: number }) =>
  director.do(`/approvals/${one.approval.id}/approve`, { version: one.version })

const stored = async (server: TestServer, id: string) => {
  const [row] = await server.sql<{ track: string | null; reason: string | null }>(
    'select track, track_reason as reason from enforcement_case where id = $1',
    [id],
  )
  return [row?.track, row?.reason]
}

articleTest(['12'], 'proposed by the rules, approved by the director, changed later for a reason', async (t) => {
  const server = await startTestServer(t, { start: '2021-10-11T09:00:00+08:00' })
  const { id, path, clerk, director } = await begin(server)
  const before = await clerk.read(path)
  assert.deepEqual([before.track, before.triage.proposal.words], [null, '简案（速执团队）'])
  assert.deepEqual(
    before.triage.proposal.reasons.map(({ label }: { label: string }) => label),
    ['标的额小', '当事人少'],
  )
  const proposed = await act(clerk, path, 'triage')
  assert.deepEqual(await stored(server, id), [null, null], 'nothing before the director says so')
  const seen = (await director.read('/approvals')).items.find((one: { thingId: string }) => one.thingId === id)
  assert.match(JSON.stringify(seen.answers), /系统建议.*简案（速执团队）/)
  await approve(director, proposed)
  assert.deepEqual(await stored(server, id), ['简案', '标的额小（标的额不超过10万元）；当事人少（当事人2人）'])
  const sorted = await clerk.read(path)
  assert.equal(sorted.triage.standing.words, '简案（速执团队）')
  const entry = sorted.log.find(({ label }: { label: string }) => label === '繁简分流')
  assert.deepEqual(entry.answers[0], { label: '分流', value: '简案（速执团队）' })
  const twice = await clerk.post(`${path}/triage`, { version: sorted.version })
  assert.deepEqual([twice.status, twice.body.code], [409, 'act.condition'])
  assert.deepEqual(
    (await clerk.read('/cases?track=简案')).items.map((one: { id: string }) => one.id),
    [id],
  )

  const same = await clerk.post(`${path}/changeTrack`, { version: sorted.version, toTrack: '简案', reason: '试' })
  assert.deepEqual([same.status, same.body.fields[0].path], [400, 'toTrack'])
  const without = await clerk.post(`${path}/changeTrack`, { version: sorted.version, toTrack: '普案' })
  assert.deepEqual([without.status, without.body.fields[0].path], [400, 'reason'])
  const changed = await act(clerk, path, 'changeTrack', { toTrack: '普案', reason: '快执期限内未能执结' })
  await approve(director, changed)
  assert.deepEqual(await stored(server, id), ['普案', '快执期限内未能执结'])
})

articleTest(
  ['12', '10'],
  'not before it has been received, nor by whom it does not concern; refused it stays',
  async (t) => {
    const server = await startTestServer(t, { start: '2021-10-11T09:00:00+08:00' })
    const { id, version } = await fileCase(server)
    const [clerk, filing] = [await server.as('linjing'), await server.as('fangmingyu')]
    const early = await clerk.post(`/cases/${id}/triage`, { version })
    assert.deepEqual([early.status, early.body.code], [409, 'filing-check.open'])
    assert.equal((await clerk.read(`/cases/${id}`)).approval, null, 'nothing is put before the director')
    assert.equal((await filing.post(`/cases/${id}/triage`, { version })).status, 403)

    const other = await begin(server)
    const proposed = await act(other.clerk, other.path, 'triage')
    await other.director.do(`/approvals/${proposed.approval.id}/reject`, {
      version: proposed.version,
      reason: '先查控再分流',
    })
    assert.deepEqual(await stored(server, other.id), [null, null])
  },
)

test('what was proposed is what is approved: a ledger entry confirmed in between is proposed anew', async (t) => {
  const server = await startTestServer(t, { start: '2021-10-11T09:00:00+08:00' })
  const { id, path, caseNumber, clerk, director } = await begin(server)
  const proposed = await act(clerk, path, 'triage')
  const listed = { caseNumber, party: '乙', category: '国有企业', ground: '出资企业' }
  const entry = await clerk.do('/special-parties', listed)
  await act(clerk, `/special-parties/${entry.id}`, 'confirm')
  const decision = `/approvals/${proposed.approval.id}`
  const refused = await director.post(`${decision}/approve`, { version: proposed.version })
  assert.deepEqual([refused.status, refused.body.code], [409, 'approval.content-changed'])
  assert.deepEqual(await stored(server, id), [null, null])
  const still = await clerk.read(path)
  assert.deepEqual([still.version, still.approval.id], [proposed.version, proposed.approval.id], 'nothing changed')
  await director.do(`${decision}/reject`, { version: proposed.version, reason: '台账已列入，请重新提请' })
  await approve(director, await act(clerk, path, 'triage'))
  assert.deepEqual((await stored(server, id))[0], '特案')
})

test('in bulk: proposed for many, approved together; a fact in between voids the one', async (t) => {
  const server = await startTestServer(t, { start: '2021-10-11T09:00:00+08:00' })
  const cases = []
  for (let n = 0; n < 3; n += 1) cases.push(await begin(server))
  const [one] = cases as [Awaited<ReturnType<typeof begin>>]
  const { clerk, director } = one
  const ids = cases.map(({ id }) => id)
  await finished(clerk, { list: 'cases', action: 'triage', ids, count: ids.length })
  assert.equal((await director.read('/approvals')).items.length, ids.length)
  await act(clerk, one.path, 'recordNode', { node: '首次网络查控发起', on: '2021-10-11' })
  const waiting = (await director.read('/approvals')).items.map((item: { id: string }) => item.id)
  assert.equal(waiting.length, 2)
  await finished(director, { list: 'approvals', action: 'approve', ids: waiting, count: 2 })
  const rows = await server.sql<{ track: string | null }>(
    'select track from enforcement_case where id = any($1) order by track',
    [ids],
  )
  assert.deepEqual(
    rows.map(({ track }) => track),
    ['简案', '简案', null],
  )
})

/** Starts a bulk job and waits until it is done. */
async function finished(client: Client, body: object): Promise<void> {
  const { id } = await client.do('/bulk-jobs', { filter: {}, answers: {}, ...body })
  const { state, refused } = await ended(client, id)
  assert.deepEqual([state, refused], ['done', 0])
}

articleTest(['12', '10'], 'a case that was sorted is drawn within the team of its track', async (t) => {
  const server = await startTestServer(t, { start: '2021-10-11T09:00:00+08:00' })
  const { path, clerk, director } = await begin(server)
  await approve(director, await act(clerk, path, 'triage'))
  const after = await act(clerk, path, 'assign')
  const [team] = await server.sql<{ kind: string }>('select kind from team where name = $1', [after.team])
  assert.equal(team?.kind, 'fast', `${after.judge} of ${after.team}`)
  const { items } = await clerk.read(`${path}/assignments`)
  const { candidates, track } = items[0].draw
  assert.equal(track, '简案')
  assert.ok(candidates.some(({ reasons }: { reasons: string[] }) => reasons.includes('所在团队不办理简案')))
})
