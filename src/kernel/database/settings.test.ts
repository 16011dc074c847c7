import assert from 'node:assert/strict'
import { join } from 'node:path'
import { test } from 'node:test'
import { readSettings, StartRefusal } from './settings.ts'

test('settings: an empty environment has defaults, an empty variable counts as absent', () => {
  const expected = {
    dataDir: join(process.cwd(), 'data'),
    databaseUrl: null,
    host: '127.0.0.1',
    port: 8080,
    checkpointDir: null,
    fontDir: null,
    sharedBuffers: '256MB',
  }
  assert.deepEqual(readSettings({}), expected)
  assert.deepEqual(readSettings({ DATA_DIR: '', DATABASE_URL: '', HOST: '', PORT: '' }), expected)
})

test('settings: each variable is honoured', () => {
  const env = { DATA_DIR: '/srv/ecc', DATABASE_URL: 'postgres://a:b@db/ecc', HOST: '0.0.0.0', PORT: '0' }
  const folders = { CHECKPOINT_DIR: '/mnt/checkpoints', FONT_DIR: '/srv/fonts' }
  assert.deepEqual(readSettings({ ...env, ...folders, ECC_SHARED_BUFFERS: '1GB' }), {
    dataDir: '/srv/ecc',
    databaseUrl: 'postgres://a:b@db/ecc',
    host: '0.0.0.0',
    port: 0,
    checkpointDir: '/mnt/checkpoints',
    fontDir: '/srv/fonts',
    sharedBuffers: '1GB',
  })
})

for (const env of [
  { PORT: '80a' },
  { PORT: '-1' },
  { PORT: '65536' },
  { DATABASE_URL: 'mysql://db/ecc' },
  { DATABASE_URL: 'postgres://' },
  { ECC_SHARED_BUFFERS: '256' },
]) {
  test(`settings: refuses ${JSON.stringify(env)} and names the variable`, () => {
    const name = Object.keys(env)[0] ?? ''
    assert.throws(
      () => readSettings(env),
      (error) => error instanceof StartRefusal && error.message.includes(name),
    )
  })
}
