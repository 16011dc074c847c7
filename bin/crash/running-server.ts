import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { openSync, readFileSync } from 'node:fs'
import { createInterface } from 'node:readline'
import { setTimeout as sleep } from 'node:timers/promises'

// A server of the product as a process of its own on a throw-away data folder, that can be killed and started again.

const PROGRAM = new URL('../../test/crash/server.ts', import.meta.url).pathname
const START_LIMIT_MS = 60_000
const STOP_LIMIT_MS = 30_000
const AGAIN_MS = 200
const TELL_LIMIT_MS = 10_000
const LAST_WORDS = 1_500
const MIB = 1024 * 1024

export class RunningServer {
  readonly name: string
  readonly #env: Readonly<Record<string, string>>
  readonly #log: string
  readonly #output: number
  readonly #died: (sentence: string) => void
  #child: ChildProcess | undefined
  #isExpected = false
  #address = ''
  #databaseUrl = ''

  /**
   * On an embedded database in `dataDir`, or on the one given. Its words go to the file `log`; `died` hears of an end
   * that nobody asked for.
   */
  constructor(
    name: string,
    place: { dataDir: string; log: string; databaseUrl?: string },
    died: (sentence: string) => void,
  ) {
    this.name = name
    this.#env = {
      DATA_DIR: place.dataDir,
      ...(place.databaseUrl === undefined ? {} : { SERVER_DATABASE_URL: place.databaseUrl }),
    }
    this.#log = place.log
    this.#output = openSync(place.log, 'a')
    this.#died = died
  }

  get address(): string {
    return this.#address
  }

  get pid(): number {
    return this.#child?.pid ?? 0
  }

  get databaseUrl(): string {
    return this.#databaseUrl
  }

  /** Starts it, again and again while a database that was just killed makes a start fail. Returns the milliseconds. */
  async start(): Promise<number> {
    const began = performance.now()
    while (!(await this.#attempt())) {
      if (performance.now() - began > START_LIMIT_MS) throw new Error(`${this.name} 在一分钟内没有启动`)
      await sleep(AGAIN_MS)
    }
    return performance.now() - began
  }

  async #attempt(): Promise<boolean> {
    const child = spawn(process.execPath, ['--expose-gc', PROGRAM], {
      env: { ...process.env, ...this.#env, PORT: '0', HOST: '127.0.0.1' },
      stdio: ['ignore', 'pipe', this.#output, 'ipc'],
    })
    if (!child.stdout) throw new Error('no output')
    for await (const line of createInterface({ input: child.stdout })) {
      const said = JSON.parse(line) as { address: string; databaseUrl: string }
      this.#address = said.address
      this.#databaseUrl = said.databaseUrl
      this.#child = child
      this.#isExpected = false
      child.once('exit', (code, signal) => {
        if (!this.#isExpected) this.#died(`${this.name} 自行退出（${code ?? signal}）：${this.#lastWords()}`)
      })
      return true
    }
    return false
  }

  /**
   * What it holds when all that it let go of has been collected, in MiB; its resident size only says when V8 last did
   * so. 0 where it does not answer.
   */
  async heldMiB(): Promise<number> {
    const child = this.#child
    if (!child?.connected) return 0
    const told = once(child, 'message', { signal: AbortSignal.timeout(TELL_LIMIT_MS) }).catch(() => [0])
    child.send('held')
    const [bytes] = (await told) as [number]
    return Math.round((bytes / MIB) * 10) / 10
  }

  /** The end of its log, where a fault that ended it left its stack. */
  #lastWords(): string {
    return readFileSync(this.#log, 'utf8').slice(-LAST_WORDS).trim()
  }

  /** Kills it as a power cut would. */
  async kill(): Promise<void> {
    await this.#end('SIGKILL')
  }

  /** Asks it to stop and waits; false where it did not end by itself, and well, in time. */
  async stop(): Promise<boolean> {
    const cut = setTimeout(() => this.#child?.kill('SIGKILL'), STOP_LIMIT_MS)
    const code = await this.#end('SIGTERM')
    clearTimeout(cut)
    return code === 0
  }

  async #end(signal: NodeJS.Signals): Promise<number | null> {
    const child = this.#child
    if (!child || child.exitCode !== null || child.signalCode !== null) return child?.exitCode ?? null
    this.#isExpected = true
    const gone = once(child, 'exit')
    child.kill(signal)
    const [code] = await gone
    return code as number | null
  }
}
