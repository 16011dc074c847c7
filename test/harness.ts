import { createHash, randomUUID } from 'node:crypto'
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { TestContext } from 'node:test'
import { after } from 'node:test'
import pg from 'pg'
import { type App, chaptersWith, composeApp, prepareDatabase } from '#app'
import { openDatabaseServer } from '#kernel/database/server.ts'
import { readSettings } from '#kernel/database/settings.ts'
import type { Kind } from '#kernel/matter/matter.ts'
import { tableStatements } from '#kernel/matter/table.ts'
import { loadPeople } from '#kernel/organisation/demonstration.ts'
import type { Time } from '#kernel/time/time.ts'
import { COURTS } from '#rules/courts.ts'
import { RULES } from '#rules/rules.ts'
import { noteRead } from './articles.ts'
import { Client } from './client.ts'

// A whole server for a test: own database (a copy of a prepared template), own time, the named cast of the
// demonstration. Tests act through HTTP and read back through HTTP or SQL.

export class TestTime implements Time {
  #now: Date
  constructor(start: string) {
    this.#now = new Date(start)
  }
  now(): Date {
    return new Date(this.#now)
  }
  /** To an instant, e.g. '2021-10-08T09:00:00+08:00'. Time never runs by itself in a test. */
  travelTo(instant: string): void {
    this.#now = new Date(instant)
  }
  pass(by: { days?: number; hours?: number; minutes?: number }): void {
    const minutes = (by.days ?? 0) * 1_440 + (by.hours ?? 0) * 60 + (by.minutes ?? 0)
    this.#now = new Date(this.#now.getTime() + minutes * 60_000)
  }
}

export const START = '2021-09-30T09:00:00+08:00'

export interface TestServer {
  app: App
  time: TestTime
  /** What people's phones count by: the test's time, unless said otherwise. */
  deviceTime: Time
  url: string
  address: string
  dataDir: string
  /** A person of the cast, signed in; signs in again by itself when time has ended the session. */
  as(username: string): Promise<Client>
  anonymous(): Client
  /** Reads the database as its owner, past row security. */
  sql<R = Record<string, unknown>>(text: string, values?: unknown[]): Promise<R[]>
  stop(): Promise<void>
}

let cluster: Promise<{ url: string; release(): Promise<void> }> | undefined

/** The Postgres of the test run, or of this process alone where a file is run by hand. */
function testCluster(): Promise<{ url: string; release(): Promise<void> }> {
  cluster ??= openTestCluster()
  return cluster
}

async function openTestCluster() {
  const given = process.env.TEST_DATABASE_URL
  if (given) return { url: given, release: async () => {} }
  const dataDir = join(tmpdir(), `ecc-test-${process.getuid?.() ?? 0}`)
  return openDatabaseServer(readSettings({ DATA_DIR: dataDir }), { durable: false })
}

// At the root of the run: inside a test it would be the end of that test alone.
after(async () => {
  await (await administrator)?.end()
  await (await cluster)?.release()
})

function withDatabase(url: string, name: string): string {
  const changed = new URL(url)
  changed.pathname = `/${name}`
  return changed.toString()
}

let administrator: Promise<pg.Client> | undefined

/** Who makes and drops databases: one line for all of this process's tests, for a line costs more than what it asks. */
function administratorOf(url: string): Promise<pg.Client> {
  administrator ??= (async () => {
    const client = new pg.Client({ connectionString: withDatabase(url, 'postgres'), pipeline: true })
    await client.connect()
    return client
  })()
  return administrator
}

/** One process at a time: a template can't be copied while it is made. */
async function inTurn<T>(client: pg.Client, work: () => Promise<T>): Promise<T> {
  await client.query('select pg_advisory_lock(4611)')
  try {
    return await work()
  } finally {
    await client.query('select pg_advisory_unlock(4611)')
  }
}

const templates = new Map<readonly Kind[], Promise<string>>()
const NO_KINDS: readonly Kind[] = []

function templateFor(url: string, kinds: readonly Kind[]): Promise<string> {
  const known = templates.get(kinds)
  if (known) return known
  const made = makeTemplate(url, kinds)
  templates.set(kinds, made)
  // One that failed is made anew for whoever comes next.
  made.catch(() => templates.delete(kinds))
  return made
}

/** The template, made once for a state of the schema, the kinds and the cast; whoever comes first makes it. */
async function makeTemplate(url: string, kinds: readonly Kind[]): Promise<string> {
  const folder = new URL('../migrations/', import.meta.url)
  const files = (await readdir(folder)).sort()
  const hash = createHash('sha256')
  for (const file of files) hash.update(await readFile(new URL(file, folder)))
  hash.update(JSON.stringify([COURTS, RULES]))
  hash.update(await readFile(new URL('../src/kernel/organisation/demonstration.ts', import.meta.url)))
  for (const kind of chaptersWith(kinds).flatMap((chapter) => chapter.kinds)) hash.update(tableStatements(kind).join())
  const name = `ecc_template_${hash.digest('hex').slice(0, 16)}`
  const client = await administratorOf(url)
  await inTurn(client, async () => {
    const found = await client.query('select 1 from pg_database where datname = $1', [name])
    if (found.rowCount === 1) return
    const making = `${name}_making`
    await client.query(`drop database if exists ${making} with (force)`)
    await client.query(`create database ${making}`)
    await prepareDatabase(withDatabase(url, making), kinds)
    await loadPeople(withDatabase(url, making))
    await client.query(`alter database ${making} rename to ${name}`)
  })
  return name
}

export interface ServerOptions {
  kinds?: readonly Kind[]
  start?: string
  webFolder?: string
  /** The machine's, where another server of the product stands on the same database. */
  deviceTime?: Time
}

/** Starts a server on a database of its own; stops and drops it when the test is over. */
export async function startTestServer(t: Pick<TestContext, 'after'>, options: ServerOptions = {}): Promise<TestServer> {
  const { url } = await testCluster()
  const kinds = options.kinds ?? NO_KINDS
  const template = await templateFor(url, kinds)
  const name = `ecc_t_${randomUUID().replaceAll('-', '')}`
  const client = await administratorOf(url)
  // Copied as files: its hundreds of tables and indexes would go through the log page by page otherwise.
  const copy = `create database ${name} template ${template} strategy file_copy`
  await inTurn(client, () => client.query(copy))
  const own = withDatabase(url, name)
  const dataDir = await mkdtemp(join(tmpdir(), 'ecc-data-'))
  const time = new TestTime(options.start ?? START)
  const deviceTime = options.deviceTime ?? time
  const faults: string[] = []
  const app = await composeApp({
    url: own,
    dataDir,
    time,
    deviceTime,
    webFolder: options.webFolder ?? null,
    moreKinds: kinds,
    log: (line) => faults.push(line),
    poolMaximum: 12,
  })
  const address = await app.server.listen({ host: '127.0.0.1', port: 0 })
  const reader = new pg.Pool({ connectionString: own, max: 2 })
  reader.on('error', () => {})
  const clients = new Map<string, Client>()
  const stop = async () => {
    await reader.end()
    await app.close()
    await client.query(`drop database if exists ${name} with (force)`)
    await rm(dataDir, { recursive: true, force: true })
    if (faults.length > 0) throw new Error(`the server logged faults:\n${faults.join('\n')}`)
  }
  t.after(stop)
  return {
    app,
    time,
    deviceTime,
    url: own,
    address,
    dataDir,
    async as(username) {
      const known = clients.get(username) ?? new Client(address, username)
      clients.set(username, known)
      await known.signIn()
      return known
    },
    anonymous: () => new Client(address, null),
    async sql<R>(text: string, values: unknown[] = []) {
      const { rows } = await reader.query(text, values)
      noteRead()
      return rows as R[]
    },
    stop,
  }
}
