import { randomUUID } from 'node:crypto'
import { chown, mkdir, open, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { ownerOf } from './cluster-owner.ts'
import {
  awaitPostmaster,
  type ClusterOptions,
  findPostmaster,
  lastWords,
  postgresProgram,
  spawnAs,
  startPostmaster,
  stopPostmaster,
} from './postmaster.ts'
import { StartRefusal } from './settings.ts'

// The embedded Postgres in a data folder: postgres/ is the cluster, postgres.json (readable by its owner only) where it
// listens and its password, postgres.log what it says. Whoever calls holds the folder's lock.

const MAJOR = '18'
export const SUPERUSER = 'ecc'

interface Access {
  port: number
  password: string
}

/** Makes the cluster where there is none, starts it where it does not run. Returns the way in. Throws StartRefusal. */
export async function runCluster(dataDir: string, options: ClusterOptions): Promise<Access> {
  const cluster = join(dataDir, 'postgres')
  const version = await readFile(join(cluster, 'PG_VERSION'), 'utf8').catch(() => null)
  if (version === null) await createCluster(dataDir, cluster, options)
  else if (version.trim() !== MAJOR) {
    throw new StartRefusal(`${cluster} 由 Postgres ${version.trim()} 建立，本程序自带的是 ${MAJOR}：请另选 DATA_DIR。`)
  }
  const access = await readAccess(cluster)
  const running = await findPostmaster(cluster)
  const port =
    running === null ? await startPostmaster(cluster, access.port, options) : await awaitPostmaster(cluster, running)
  if (port !== access.port) await writeAccess(cluster, { ...access, port })
  return { ...access, port }
}

/** True where a data folder holds a cluster whose postmaster does not run. */
export async function hasEnded(dataDir: string): Promise<boolean> {
  const cluster = join(dataDir, 'postgres')
  const isThere = await readFile(join(cluster, 'PG_VERSION')).catch(() => null)
  return isThere !== null && (await findPostmaster(cluster)) === null
}

/**
 * Starts the postmaster of a data folder again where it has ended, on the port that its users know. Throws
 * StartRefusal.
 */
export async function reviveCluster(dataDir: string, options: ClusterOptions): Promise<void> {
  if (!(await hasEnded(dataDir))) return
  const cluster = join(dataDir, 'postgres')
  await startPostmaster(cluster, (await readAccess(cluster)).port, options, { samePort: true })
}

/** Stops the postmaster of a data folder where one runs. Throws StartRefusal when it does not stop. */
export async function stopCluster(dataDir: string): Promise<void> {
  const cluster = join(dataDir, 'postgres')
  const pid = await findPostmaster(cluster)
  if (pid !== null) await stopPostmaster(cluster, pid)
}

/** The folder gets its name when it is complete, so that a kill half-way leaves nothing that looks like a cluster. */
async function createCluster(dataDir: string, cluster: string, options: ClusterOptions): Promise<void> {
  for (const name of await readdir(dataDir)) {
    if (name.startsWith('postgres.new-')) await rm(join(dataDir, name), { recursive: true, force: true })
  }
  const draft = join(dataDir, `postgres.new-${randomUUID()}`)
  const access = { port: 0, password: randomUUID() }
  await initialise(draft, cluster, access.password, options)
  await writeAccess(cluster, access)
  await rename(draft, cluster).catch((error: unknown) => {
    throw new StartRefusal(`${cluster} 不是完整的数据库，请移走它，或另选 DATA_DIR。`, { cause: error })
  })
}

async function initialise(
  draft: string,
  cluster: string,
  password: string,
  { durable }: ClusterOptions,
): Promise<void> {
  const program = postgresProgram('initdb')
  const passwordFile = `${draft}.password`
  await mkdir(draft, { mode: 0o700 })
  const owner = await ownerOf(draft, program)
  const log = await open(`${cluster}.log`, 'a', 0o600)
  try {
    await writeFile(passwordFile, `${password}\n`, { mode: 0o600 })
    if (owner.ids.uid !== undefined) await chown(passwordFile, owner.ids.uid, owner.ids.gid ?? -1)
    const flags = ['-D', draft, '-U', SUPERUSER, `--pwfile=${passwordFile}`, '--auth=scram-sha-256', '--encoding=UTF8']
    flags.push('--locale=C.UTF-8', '--lc-messages=C', '--locale-provider=builtin', '--builtin-locale=C.UTF-8')
    const child = spawnAs(owner, program, durable ? flags : [...flags, '--no-sync'], log)
    const code = await new Promise((resolve) => child.once('exit', resolve).once('error', resolve))
    if (code !== 0) throw new StartRefusal(`数据库未能建立：${await lastWords(cluster)}`)
  } finally {
    await log.close()
    await rm(passwordFile, { force: true })
  }
}

async function readAccess(cluster: string): Promise<Access> {
  return readFile(`${cluster}.json`, 'utf8').then(
    (text) => JSON.parse(text) as Access,
    (error: unknown) => {
      throw new StartRefusal(`读不到 ${cluster}.json（内有数据库口令）：请恢复该文件，或改由其所有者启动。`, {
        cause: error,
      })
    },
  )
}

async function writeAccess(cluster: string, access: Access): Promise<void> {
  const draft = `${cluster}.json.new`
  await writeFile(draft, `${JSON.stringify(access)}\n`, { mode: 0o600, flush: true })
  await rename(draft, `${cluster}.json`)
}
