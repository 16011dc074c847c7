import assert from 'node:assert/strict'
import { test } from 'node:test'
import { readSettings } from '#kernel/database/settings.ts'
import { deriveAll, staleFiles } from './derived-files.ts'
import { withScratchDatabase } from './scratch-database.ts'

const postgresOfRun = process.env.TEST_DATABASE_URL ?? readSettings(process.env).databaseUrl

test('derived/ is what the declarations and the migrations say now', async () => {
  const fresh = await withScratchDatabase(postgresOfRun, deriveAll)
  assert.ok(fresh.has('matters/supervision-order.md'))
  assert.deepEqual(await staleFiles(fresh), [], 'run npm run derive, read the difference and commit it')
  const changed = new Map(fresh).set('routes.txt', 'GET /api/nothing\n')
  changed.delete('schema.sql')
  assert.deepEqual(await staleFiles(changed), ['routes.txt', 'schema.sql'], 'a changed and an extra file are named')
})
