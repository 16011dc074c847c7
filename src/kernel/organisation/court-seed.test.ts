import assert from 'node:assert/strict'
import { test } from 'node:test'
import { COURTS } from '#rules/courts.ts'
import { startTestServer } from '#test/harness.ts'
import { seedCourts } from './court-seed.ts'

test('the courts stand in four levels, each below its parent, with ids and codes of their own', async (t) => {
  const server = await startTestServer(t)
  const rows = await server.sql<{ id: number; code: string; level: string; parent_id: number | null; line: number[] }>(
    'select id, code, level, parent_id, line from court',
  )
  assert.equal(rows.length, COURTS.length)
  const levels = ['supreme', 'high', 'intermediate', 'basic']
  for (const { id, level, parent_id, line } of rows) {
    assert.equal(line.at(-1), id)
    assert.equal(line.at(-2) ?? null, parent_id)
    assert.equal(line.length, levels.indexOf(level) + 1)
  }
  const own = rows.find(({ code }) => code === '吉0193')
  assert.deepEqual(own?.line, [1, 22, 2201, 220193])
  assert.equal(new Set(COURTS.map(({ id }) => id)).size, COURTS.length)
  assert.equal(rows.filter(({ level }) => level === 'intermediate').length, 12)
})

test('a court that has been corrected is left alone when the server starts again', async (t) => {
  const server = await startTestServer(t)
  await server.sql("update court set code_checked = true, name = '长春新区法院' where code = '吉0193'")
  await seedCourts(server.url)
  const rows = await server.sql<{ name: string }>("select name from court where code = '吉0193'")
  assert.deepEqual(rows, [{ name: '长春新区法院' }])
})
