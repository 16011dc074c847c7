import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { readFile } from 'node:fs/promises'
import { createServer } from 'node:net'
import { createInterface } from 'node:readline'
import { setTimeout as sleep } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { ask, getRequest } from './keep-alive-client.ts'

// The two servers under load, each a process of its own, as they would be without the bench.

export interface RunningServer {
  port: number
  /** From the command to the first answer. */
  startMs: number
  rssMiB(): Promise<number>
  /** Processor time that its process has used so far, in milliseconds; 0 where this system does not tell. */
  cpuMs(): Promise<number>
  stop(): Promise<void>
}

const POLL_MS = 10
const START_LIMIT_MS = 120_000
const MIB_KB = 1024

/** The product, by its own command, on the data folder or database of the environment. */
export async function startProduct(): Promise<RunningServer> {
  const port = await freePort()
  const script = fileURLToPath(new URL('../bin/bootstrap.mjs', import.meta.url))
  const started = performance.now()
  const child = spawn(process.execPath, [script, 'start', '--no-demonstration'], {
    env: { ...process.env, PORT: String(port), HOST: '127.0.0.1' },
    stdio: ['ignore', 'ignore', 'inherit'],
  })
  for (;;) {
    const answer = await ask(port, getRequest('/api/me')).catch(() => null)
    if (answer?.status === 401) break
    if (child.exitCode !== null || performance.now() - started > START_LIMIT_MS) throw new Error('did not start')
    await sleep(POLL_MS)
  }
  return running(child, port, performance.now() - started)
}

/** The limit on the same database. */
export async function startLimit(url: string): Promise<RunningServer> {
  const started = performance.now()
  const child = spawn(process.execPath, [fileURLToPath(new URL('./limit-server.ts', import.meta.url))], {
    env: { ...process.env, LIMIT_DATABASE_URL: url },
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const [line] = (await once(createInterface(child.stdout), 'line')) as [string]
  return running(child, Number(line), performance.now() - started)
}

function running(child: ChildProcess, port: number, startMs: number): RunningServer {
  return {
    port,
    startMs: Math.round(startMs),
    rssMiB: () => memoryOf(child.pid ?? 0, 'VmRSS'),
    cpuMs: () => cpuOf(child.pid ?? 0),
    stop: async () => {
      if (child.exitCode !== null) return
      const ended = once(child, 'exit')
      child.kill('SIGTERM')
      await ended
    },
  }
}

/** Memory of a process in MiB: 'VmRSS' now, 'VmHWM' at its most. 0 where this system does not tell. */
export async function memoryOf(pid: number, line: 'VmRSS' | 'VmHWM'): Promise<number> {
  const status = await readFile(`/proc/${pid}/status`, 'utf8').catch(() => '')
  return Math.round(Number(new RegExp(`${line}:\\s+(\\d+)`).exec(status)?.[1] ?? 0) / MIB_KB)
}

const TICK_MS = 10

/** User and system time, which stand as the 14th and 15th field of stat, after a name that may hold anything. */
async function cpuOf(pid: number): Promise<number> {
  const stat = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => '')
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
  return (Number(fields[11] ?? 0) + Number(fields[12] ?? 0)) * TICK_MS
}

async function freePort(): Promise<number> {
  const server = createServer()
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as { port: number }
  await new Promise((resolve) => server.close(resolve))
  return port
}
