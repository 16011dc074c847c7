import assert from 'node:assert/strict'
import type { TestContext } from 'node:test'
import { type App, composeApp } from '#app'
import { Client } from '#test/client.ts'
import type { TestServer } from '#test/harness.ts'

// A second server on the database of a first one: own connections, own memory, own listeners, the same time and files.

export interface SecondServer {
  app: App
  address: string
  /** What the server wrote into its log. */
  faults: string[]
  as(username: string): Promise<Client>
  /** Stops it gracefully; a second time changes nothing. */
  stop(): Promise<void>
}

interface Choices {
  /** Another folder than the first server's. */
  dataDir?: string
  poolMaximum?: number
  port?: number
}

export async function startSecondServer(
  t: Pick<TestContext, 'after'>,
  first: TestServer,
  { dataDir = first.dataDir, poolMaximum = 8, port = 0 }: Choices = {},
): Promise<SecondServer> {
  const faults: string[] = []
  const app = await composeApp({
    url: first.url,
    dataDir,
    time: first.time,
    webFolder: null,
    log: (line) => faults.push(line),
    poolMaximum,
  })
  const address = await app.server.listen({ host: '127.0.0.1', port })
  let stopped: Promise<void> | undefined
  const stop = () => {
    stopped ??= app.close()
    return stopped
  }
  t.after(stop)
  return {
    app,
    address,
    faults,
    stop,
    async as(username) {
      const client = new Client(address, username)
      await client.signIn()
      return client
    },
  }
}

/**
 * Waits until something holds, looking again and again; fails where it does not hold in time. Returns the milliseconds.
 */
export async function holds(
  sentence: string,
  limitMs: number,
  look: () => boolean | Promise<boolean>,
): Promise<number> {
  const began = performance.now()
  while (!(await look())) {
    assert.ok(performance.now() - began <= limitMs, `${sentence} within ${limitMs} ms`)
    await new Promise((resume) => setTimeout(resume, 10))
  }
  return performance.now() - began
}
