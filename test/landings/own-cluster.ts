import { chmod, mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { TestContext } from 'node:test'
import { type App, composeApp, prepareDatabase } from '#app'
import { openDatabaseServer } from '#kernel/database/server.ts'
import { readSettings } from '#kernel/database/settings.ts'
import { loadPeople } from '#kernel/organisation/demonstration.ts'
import { Client } from '#test/client.ts'
import { TestTime } from '#test/harness.ts'

// A server on a Postgres of its own, which a test may freeze, kill and fill up.

export interface OwnCluster {
  app: App
  address: string
  url: string
  cluster: string
  /** Lines of the server's log. */
  lines: string[]
  as(username: string): Promise<Client>
}

/** Starts it in `folder`, else in a new one. A crashed Postgres must keep what it acknowledged, so it flushes. */
export async function startOwnCluster(t: Pick<TestContext, 'after'>, folder?: string): Promise<OwnCluster> {
  const dataDir = folder ?? (await mkdtemp(join(tmpdir(), 'ecc-landing-')))
  await chmod(dataDir, 0o711)
  const held = await openDatabaseServer({ ...readSettings({ DATA_DIR: dataDir }), sharedBuffers: '32MB' })
  await prepareDatabase(held.url)
  await loadPeople(held.url)
  const lines: string[] = []
  const app = await composeApp({
    url: held.url,
    dataDir,
    time: new TestTime('2021-09-30T09:00:00+08:00'),
    webFolder: null,
    log: (line) => lines.push(line),
    poolMaximum: 6,
  })
  app.worker.start()
  const address = await app.server.listen({ host: '127.0.0.1', port: 0 })
  t.after(async () => {
    await app.close()
    await held.release()
    if (folder === undefined) await rm(dataDir, { recursive: true, force: true })
  })
  return {
    app,
    address,
    url: held.url,
    cluster: join(dataDir, 'postgres'),
    lines,
    async as(username) {
      const client = new Client(address, username)
      await client.signIn()
      return client
    },
  }
}

/** The postmaster and every process that it has made. */
export async function processesOf(cluster: string): Promise<number[]> {
  const pid = Number((await readFile(join(cluster, 'postmaster.pid'), 'utf8')).split('\n')[0])
  const children = await readFile(`/proc/${pid}/task/${pid}/children`, 'utf8')
  return [pid, ...children.trim().split(' ').filter(Boolean).map(Number)]
}

export function signalAll(pids: readonly number[], signal: NodeJS.Signals): void {
  for (const pid of pids) {
    try {
      process.kill(pid, signal)
    } catch (error) {
      // One that ended meanwhile needs no signal.
      if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error
    }
  }
}
