import assert from 'node:assert/strict'
import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { chmod, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, test } from 'node:test'
import pg from 'pg'
import { findPostmaster } from './postmaster.ts'
import { openDatabaseServer } from './server.ts'
import { StartRefusal } from './settings.ts'

// The embedded Postgres for real: several processes, and every death they can die.

const folders: string[] = []

after(async () => {
  for (const folder of folders) {
    // Attaching and leaving stops what a failed test left running.
    await openDatabaseServer(settingsFor(folder)).then((server) => server.release())
    await rm(folder, { recursive: true })
  }
})

async function emptyFolder(mode = 0o755): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'ecc-server-'))
  await chmod(folder, mode)
  folders.push(folder)
  return folder
}

function settingsFor(dataDir: string, databaseUrl: string | null = null) {
  return { dataDir, databaseUrl, sharedBuffers: '16MB' }
}

const postmasterOf = (folder: string) => findPostmaster(join(folder, 'postgres'))

async function ask(url: string, statement: string) {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  try {
    return (await client.query(statement)).rows
  } finally {
    await client.end()
  }
}

/** Another process that opens the server and releases it when its input ends. */
async function openElsewhere(folder: string): Promise<{ url: string; child: ChildProcess }> {
  const program = `
    import { openDatabaseServer } from ${JSON.stringify(new URL('server.ts', import.meta.url).href)}
    const server = await openDatabaseServer(${JSON.stringify(settingsFor(folder))})
    console.log(server.url)
    process.stdin.on('end', () => server.release()).resume()`
  const child = spawn(process.execPath, ['--input-type=module', '-e', program], { stdio: ['pipe', 'pipe', 'inherit'] })
  const [line] = await Promise.race([once(child.stdout, 'data'), once(child, 'exit')])
  return { url: String(line).trim(), child }
}

async function end(child: ChildProcess): Promise<void> {
  const gone = once(child, 'exit')
  child.stdin?.end()
  assert.deepEqual(await gone, [0, null])
}

async function kill(child: ChildProcess): Promise<void> {
  const gone = once(child, 'exit')
  child.kill('SIGKILL')
  await gone
}

test('database server: two processes share one, the last to leave stops it, and it comes back as it was', async () => {
  const folder = await emptyFolder()
  const mine = await openDatabaseServer(settingsFor(folder))
  await ask(mine.url, 'create table kept as select 1 as n')
  const other = await openElsewhere(folder)
  assert.equal(other.url, mine.url)
  await mine.release()
  assert.deepEqual(await ask(other.url, 'select n from kept'), [{ n: 1 }])
  await end(other.child)
  assert.equal(await postmasterOf(folder), null)
  const again = await openDatabaseServer(settingsFor(folder))
  assert.deepEqual(await ask(again.url, 'select n from kept'), [{ n: 1 }])
  await again.release()
})

test('database server: it knows Chinese characters, and its password is for its owner only', async () => {
  const folder = await emptyFolder()
  const server = await openDatabaseServer(settingsFor(folder))
  assert.deepEqual(await ask(server.url, `select '张' ~ '[[:alpha:]]' as known`), [{ known: true }])
  await assert.rejects(ask(server.url.replace(/:[^:@]+@/, ':wrong@'), 'select 1'), /password/)
  await server.release()
})

test('database server: a killed owner leaves it running; the next attaches and can stop it', async () => {
  const folder = await emptyFolder()
  const owner = await openElsewhere(folder)
  const postmaster = await postmasterOf(folder)
  await kill(owner.child)
  const mine = await openDatabaseServer(settingsFor(folder))
  assert.equal(mine.url, owner.url)
  assert.equal(await postmasterOf(folder), postmaster)
  await mine.release()
  assert.equal(await postmasterOf(folder), null)
})

test('database server: killed with its owner it recovers, also when its pid now belongs to another', async () => {
  const folder = await emptyFolder()
  const owner = await openElsewhere(folder)
  await ask(owner.url, 'create table kept as select 1 as n')
  process.kill((await postmasterOf(folder)) ?? 0, 'SIGKILL')
  await kill(owner.child)
  const pidFile = join(folder, 'postgres', 'postmaster.pid')
  await writeFile(pidFile, (await readFile(pidFile, 'utf8')).replace(/^\d+/, String(process.ppid)))
  const mine = await openDatabaseServer(settingsFor(folder))
  assert.deepEqual(await ask(mine.url, 'select n from kept'), [{ n: 1 }])
  await mine.release()
})

test('database server: two that race to make it get the same; a second folder gets its own', async () => {
  const [folder, beside] = await Promise.all([emptyFolder(), emptyFolder(0o700)])
  const racing = await Promise.all([openElsewhere(folder), openElsewhere(folder), openElsewhere(beside)])
  const [first, second, third] = racing.map(({ url }) => url)
  assert.equal(first, second)
  assert.notEqual(new URL(third ?? '').port, new URL(first ?? '').port)
  await Promise.all(racing.map(({ child }) => end(child)))
  assert.deepEqual(await Promise.all([folder, beside].map(postmasterOf)), [null, null])
})

test('database server: one given by its address is checked first and left running', async () => {
  const folder = await emptyFolder()
  const embedded = await openDatabaseServer(settingsFor(folder))
  const given = await openDatabaseServer(settingsFor('/nowhere', embedded.url))
  assert.equal(given.url, embedded.url)
  await given.release()
  const [known] = await ask(embedded.url, 'select 1 as n')
  assert.deepEqual(known, { n: 1 })
  const locale = `locale_provider libc locale 'C'`
  await ask(embedded.url, `create database deaf template template0 encoding 'UTF8' ${locale}`)
  await ask(embedded.url, `create database narrow template template0 encoding 'LATIN1' ${locale}`)
  for (const [name, reason] of [
    ['deaf', /LC_CTYPE 是 C/],
    ['narrow', /编码是 LATIN1/],
    ['missing', /连不上/],
  ] as const) {
    const opening = openDatabaseServer(settingsFor('/nowhere', embedded.url.replace(/\w+$/, name)))
    await assert.rejects(opening, (error) => error instanceof StartRefusal && reason.test(error.message))
  }
  await embedded.release()
})
