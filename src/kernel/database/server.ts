import { mkdir } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import pg from 'pg'
import { hasEnded, reviveCluster, runCluster, SUPERUSER, stopCluster } from './cluster.ts'
import { bePresent, underLock } from './folder-lock.ts'
import { type Settings, StartRefusal } from './settings.ts'

// Where the data live. Every command opens the server and releases it; on one data folder they share one postmaster,
// which the first starts and the last stops, in whatever order and by whatever death they go.

const DATABASE = 'ecc'
const LEAST_VERSION = 15
const NO_SUCH_DATABASE = '3D000'
const LOOK_MS = 1_000

export interface DatabaseServer {
  /** For pg: an owner of the database `ecc`, or what DATABASE_URL says. */
  url: string
  /** Gives the server up. Stops the embedded one where no other process uses it. */
  release(): Promise<void>
}

/**
 * The Postgres that the settings name: the one of DATABASE_URL, checked and left running, or the embedded one in
 * `<dataDir>/postgres`, made and started where need be. `durable: false` is for throw-away folders of tests. Throws
 * StartRefusal.
 */
export async function openDatabaseServer(
  settings: Pick<Settings, 'dataDir' | 'databaseUrl' | 'sharedBuffers'>,
  { durable = true }: { durable?: boolean } = {},
): Promise<DatabaseServer> {
  if (settings.databaseUrl !== null) {
    await checkServer(settings.databaseUrl)
    return { url: settings.databaseUrl, release: async () => {} }
  }
  const dataDir = resolve(settings.dataDir)
  await mkdir(dataDir, { recursive: true }).catch((error: unknown) => {
    throw new StartRefusal(`不能建立数据文件夹 ${dataDir}：请检查 DATA_DIR 及其权限。`, { cause: error })
  })
  const lock = join(dataDir, 'postgres.lock')
  return underLock(lock, async () => {
    const presence = bePresent(join(dataDir, 'postgres.users'))
    const leave = async () => {
      if (presence.leave()) await stopCluster(dataDir)
    }
    try {
      const options = { sharedBuffers: settings.sharedBuffers, durable }
      const { port, password } = await runCluster(dataDir, options)
      const url = `postgres://${SUPERUSER}:${password}@127.0.0.1:${port}/${DATABASE}`
      await ensureDatabase(url)
      const endWatch = keepWatch(async () => {
        if (await hasEnded(dataDir)) await underLock(lock, () => reviveCluster(dataDir, options))
      })
      let released: Promise<void> | undefined
      const release = () => {
        released ??= endWatch().then(() => underLock(lock, leave))
        return released
      }
      return { url, release }
    } catch (error) {
      await leave()
      throw error
    }
  })
}

/**
 * Looks once a second whether the embedded Postgres still runs, and starts it again where it was killed or had to give
 * up (a full disk): those who use it reconnect by themselves. Returns how to end the watch.
 */
function keepWatch(revive: () => Promise<void>): () => Promise<void> {
  let isOver = false
  let timer: NodeJS.Timeout | undefined
  let running: Promise<void> = Promise.resolve()
  const look = () => {
    // Why it could not start stands in its own log; the next look tries again.
    running = revive()
      .catch(() => undefined)
      .then(wait)
  }
  const wait = () => {
    if (!isOver) timer = setTimeout(look, LOOK_MS).unref()
  }
  wait()
  return async () => {
    isOver = true
    clearTimeout(timer)
    await running
  }
}

async function ensureDatabase(url: string): Promise<void> {
  const found = await withClient(url, async () => true).catch((error: { code?: string }) => {
    if (error.code === NO_SUCH_DATABASE) return false
    throw error
  })
  if (!found) await withClient(url.replace(/\w+$/, 'postgres'), (client) => client.query(`create database ${DATABASE}`))
}

/** Refuses a server on which the product would lose or misread something. The message never holds the password. */
async function checkServer(url: string): Promise<void> {
  const row = await withClient(url, async (client) => {
    const found = await client.query(
      `select current_setting('server_version_num')::int / 10000 as version, pg_encoding_to_char(encoding) as encoding,
              datctype, to_jsonb(d) ->> 'datlocprovider' = 'b' as builtin
         from pg_database d where datname = current_database()`,
    )
    return found.rows[0]
  }).catch((error: Error) => {
    const { host, pathname } = new URL(url)
    throw new StartRefusal(`连不上 DATABASE_URL 所指的数据库 ${host}${pathname}：${error.message}。`, { cause: error })
  })
  if (row.version < LEAST_VERSION) {
    throw new StartRefusal(`DATABASE_URL 所指的是 Postgres ${row.version}，至少需要 ${LEAST_VERSION}。`)
  }
  if (row.encoding !== 'UTF8') {
    throw new StartRefusal(`DATABASE_URL 所指数据库的编码是 ${row.encoding}，存不下全部汉字：请以 UTF8 编码重建。`)
  }
  if (!row.builtin && /^(C|POSIX)$/.test(row.datctype)) {
    throw new StartRefusal(
      `DATABASE_URL 所指数据库的 LC_CTYPE 是 ${row.datctype}，不认识汉字，无法检索：请以 C.UTF-8 重建。`,
    )
  }
}

async function withClient<T>(url: string, work: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 10_000 })
  client.on('error', () => {})
  try {
    await client.connect()
    return await work(client)
  } finally {
    await client.end().catch(() => {})
  }
}
