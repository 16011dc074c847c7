import assert from 'node:assert/strict'
import { test } from 'node:test'
import pg from 'pg'
import { startTestServer } from '#test/harness.ts'

test('the index on parts of numbers serves the search and never a whole number', async (t) => {
  const { url } = await startTestServer(t)
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  const planOf = async (condition: string) => {
    const { rows } = await client.query(`explain select id from enforcement_case where ${condition}`)
    return JSON.stringify(rows)
  }
  try {
    await client.query('begin')
    // With nothing else to go by, whatever can serve is taken.
    await client.query('alter table enforcement_case drop constraint enforcement_case_court_id_number_key')
    await client.query('set local enable_seqscan = off')
    assert.match(await planOf(`(number || '') like '%吉0193执%'`), /case_number_part/)
    assert.doesNotMatch(await planOf(`number = '（2021）吉0193执1号'`), /case_number_part/)
    assert.doesNotMatch(await planOf(`number = any(array['（2021）吉0193执1号'])`), /case_number_part/)
  } finally {
    await client.end()
  }
})
