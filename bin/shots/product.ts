import { type ChildProcess, spawn } from 'node:child_process'
import { mkdtemp, rm } from 'node:fs/promises'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

// The product as `npm start` runs it, on a data folder and a port of its own, with the demonstration in it.

const START_LIMIT_MS = 180_000
const STOP_LIMIT_MS = 20_000

export interface Product {
  url: string
  stop(): Promise<void>
}

/** Starts the server and waits until it answers. Rejects with the server's last words when it ends before that. */
export async function startProduct(): Promise<Product> {
  const folder = await mkdtemp(join(tmpdir(), 'shots-'))
  const port = await freePort()
  const child = spawn(process.execPath, [join(import.meta.dirname, '..', 'start.ts')], {
    env: { ...process.env, DATA_DIR: folder, DATABASE_URL: '', HOST: '127.0.0.1', PORT: String(port) },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let said = ''
  for (const stream of [child.stdout, child.stderr]) {
    stream.on('data', (chunk: Buffer) => {
      said = (said + chunk.toString()).slice(-4_000)
    })
  }
  const stop = async () => {
    await ended(child)
    await rm(folder, { recursive: true, force: true })
  }
  const url = `http://127.0.0.1:${port}`
  try {
    await answering(`${url}/api/demonstration`, child)
  } catch (error) {
    await stop()
    throw new Error(`产品未能启动：${(error as Error).message}\n${said}`, { cause: error })
  }
  return { url, stop }
}

async function answering(url: string, child: ChildProcess): Promise<void> {
  const until = Date.now() + START_LIMIT_MS
  while (Date.now() < until) {
    if (child.exitCode !== null) throw new Error(`退出码 ${child.exitCode}`)
    const ok = await fetch(url).then(
      (answer) => answer.ok,
      () => false,
    )
    if (ok) return
    await new Promise((resolve) => setTimeout(resolve, 300))
  }
  throw new Error(`${START_LIMIT_MS / 1000} 秒内没有应答`)
}

/** Asks the server to end, so that it takes its database with it; kills it only when it does not. */
async function ended(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return
  const gone = new Promise((resolve) => child.once('exit', resolve))
  child.kill('SIGTERM')
  const timer = setTimeout(() => child.kill('SIGKILL'), STOP_LIMIT_MS)
  await gone
  clearTimeout(timer)
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer()
    server.once('error', reject)
    server.listen(0, '127.0.0.1', () => {
      const address = server.address()
      server.close(() => resolve(typeof address === 'object' && address ? address.port : 0))
    })
  })
}
