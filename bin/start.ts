import { createServer } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'
import { parseArgs } from 'node:util'
import { readSettings, type Settings, StartRefusal } from '#kernel/database/settings.ts'
import { type Started, startServer } from '#main'
import { onCallOff } from './command/call-off.ts'
import { officeFolder } from './office/folder.ts'

// npm start [-- --no-demonstration]: builds the web interface, opens the database, serves, and prints where and for
// whom. The demonstration goes into an empty database only. SIGINT, SIGTERM and SIGHUP end it with its Postgres.

const PORT_LIMIT_MS = 5_000
const STOP_LIMIT_MS = 25_000
const WATCH_MS = 250

async function main(): Promise<void> {
  const { values } = parseArgs({ options: { demonstration: { type: 'boolean', default: true } }, allowNegative: true })
  const settings = readSettings(process.env)
  await freePort(settings)
  const webFolder = await officeFolder()
  const started = await startServer(settings, { demonstration: values.demonstration, webFolder })
  stopOnRequest(started)
  announce(started)
}

/** Waits a moment for the port, which a server that was just killed may still hold. Throws StartRefusal. */
async function freePort({ host, port }: Settings): Promise<void> {
  for (let waited = 0; ; waited += WATCH_MS) {
    const server = createServer()
    const error = await new Promise<NodeJS.ErrnoException | null>((resolve) => {
      server.once('error', resolve)
      server.listen({ host, port }, () => server.close(() => resolve(null)))
    })
    if (error === null) return
    if (error.code !== 'EADDRINUSE') {
      throw new StartRefusal(`不能在 ${host}:${port} 上提供服务（${error.code}）：请检查 HOST 和 PORT。`)
    }
    if (waited >= PORT_LIMIT_MS)
      throw new StartRefusal(`端口 ${port} 已被占用：请停止占用它的程序，或用 PORT 另选一个。`)
    await sleep(WATCH_MS)
  }
}

function stopOnRequest(started: Started): void {
  let stopping = false
  const stop = () => {
    // A terminal and npm both pass Ctrl-C on: the second signal says nothing new.
    if (stopping) return
    stopping = true
    setTimeout(() => process.exit(1), STOP_LIMIT_MS).unref()
    started.stop().then(() => process.exit(0), fail)
  }
  onCallOff(stop)
  if (process.env.npm_lifecycle_event === 'start') stopWhenOrphaned(stop)
}

/** npm that is killed outright can't pass that on; nobody would know of a server that went on without it. */
function stopWhenOrphaned(stop: () => void): void {
  const parent = process.ppid
  setInterval(() => {
    if (process.ppid !== parent) stop()
  }, WATCH_MS).unref()
}

function announce({ address, accounts }: Started): void {
  console.log(`执行指挥中心平台已启动：${address}`)
  if (accounts.length === 0) return
  console.log('演示账号（用户名、口令、姓名、岗位）：')
  for (const { username, password, name, roles } of accounts) {
    console.log(`  ${username.padEnd(14)} ${password}  ${name}（${roles.join('、')}）`)
  }
}

function fail(error: unknown): never {
  console.error(error instanceof StartRefusal ? error.message : error)
  process.exit(1)
}

main().catch(fail)
