import assert from 'node:assert/strict'
import { test } from 'node:test'
import { startTestServer } from '#test/harness.ts'
import { readTruth, withSample } from '#test/sample.ts'
import { SECOND_RULES, secondWarnings } from '#test/second-warnings.ts'

test('the warnings of the sample equal a second computation that shares no code', async (t) => {
  const server = await startTestServer(t)
  await withSample(server)
  const stored = await server.sql<{ number: string; rules: string[] }>(
    `select c.number, coalesce(array_agg(w.rule order by w.rule) filter (where w.rule = any($1)), '{}') as rules
     from enforcement_case c
     left join case_warning w on w.court_id = c.court_id and w.case_id = c.id and w.closed_at is null
     group by c.number`,
    [[...SECOND_RULES]],
  )
  const product = new Map(stored.map(({ number, rules }) => [number, rules]))
  const counts = new Map<string, number>()
  let cases = 0
  for (const row of (await readTruth()).行) {
    const own = product.get(row.案号)
    if (row.拒收 !== null || own === undefined) continue
    product.delete(row.案号)
    cases += 1
    const second = secondWarnings(row)
    assert.deepEqual(own, second.toSorted(), row.案号)
    for (const rule of second) counts.set(rule, (counts.get(rule) ?? 0) + 1)
  }
  assert.deepEqual([cases, product.size], [1182, 0])
  assert.ok([...counts.values()].reduce((all, n) => all + n, 0) > 100, JSON.stringify([...counts]))
  const [open] = await server.sql<{ wrong: number }>(
    `select count(*)::int as wrong from enforcement_case c where open_warnings <> (
       select count(*) from case_warning w where w.court_id = c.court_id and w.case_id = c.id
         and w.closed_at is null and w.explained_at is null)`,
  )
  assert.equal(open?.wrong, 0, 'the number beside a case is the number of its warnings')
})
