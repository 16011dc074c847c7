import assert from 'node:assert/strict'
import { articleTest } from '#test/articles.ts'
import { startTestServer } from '#test/harness.ts'
import { ANSWERS, openCase, prepare, withAddresses } from '#test/suite/issuing.ts'

articleTest(
  ['9', '36.1'],
  'a new address is a new version: what waits for approval was asked for without it',
  async (t) => {
    const server = await startTestServer(t)
    const { clerk, judge, president, judgeId } = await prepare(server)
    const { id, version } = await withAddresses(judge, (await openCase(clerk, judgeId)).id)
    const asked = await judge.do(`/cases/${id}/terminationRuling`, { version, ...ANSWERS.terminationRuling })
    assert.equal(asked.version, version + 1)
    const place = { party: '甲龘', address: '长春市甲龘路1号', phone: null, source: '户籍地' }

    const same = await judge.do(`/cases/${id}/addresses`, place)
    assert.deepEqual([same.version, same.approval.id], [asked.version, asked.approval.id], 'as it stood already')
    assert.equal((await server.sql('select 1 from party_address where case_id = $1', [id])).length, 2)

    const moved = await judge.do(`/cases/${id}/addresses`, { ...place, address: '长春市某街9号' })
    assert.deepEqual([moved.version, moved.approval], [asked.version + 1, null])
    const [entry] = moved.log
    assert.equal(entry.label, '登记送达地址')
    const said = entry.answers.map(({ value }: { value: string }) => value).sort()
    assert.deepEqual(said, ['户籍地', '甲龘', '长春市某街9号'].sort())
    const late = await president.post(`/approvals/${asked.approval.id}/approve`, { version: asked.version })
    assert.deepEqual([late.status, late.body.code], [409, 'approval.content-changed'])
    assert.deepEqual((await president.read('/approvals')).items, [])
    assert.deepEqual((await judge.read(`/cases/${id}/documents`)).items, [], 'nothing was issued')

    const again = await judge.do(`/cases/${id}/terminationRuling`, {
      version: moved.version,
      ...ANSWERS.terminationRuling,
    })
    await president.do(`/approvals/${again.approval.id}/approve`, { version: again.version })
    const [document] = await server.sql<{ said: string }>(
      'select snapshot::text as said from issued_document where thing_id = $1',
      [id],
    )
    assert.match(document?.said ?? '', /长春市某街9号/)
  },
)
