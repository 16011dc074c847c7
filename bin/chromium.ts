import { execFile, spawn } from 'node:child_process'
import { access, constants } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { delimiter, dirname, join } from 'node:path'
import { promisify } from 'node:util'
import { chromium } from 'playwright-core'
import { StartRefusal } from '#kernel/database/settings.ts'

// A Chromium for the browser journeys, and letters for what it draws: found, else fetched, else refused in one
// sentence.

const NAMES = ['chromium', 'chromium-browser', 'google-chrome-stable', 'google-chrome']
const FONTS = 'fonts-noto-cjk'
const VERSION_LIMIT_MS = 30_000
const DOWNLOAD_LIMIT_MS = 600_000
const INSTALL_LIMIT_MS = 1_200_000
const run = promisify(execFile)
const isRoot = process.getuid?.() === 0
const say = (sentence: string) => process.stderr.write(`${sentence}\n`)

/** The path of a Chromium that starts; makes one available where there is none. Throws StartRefusal. */
export async function findChromium(): Promise<string> {
  const given = process.env.CHROMIUM_PATH
  if (given) {
    if (await starts(given)) return given
    throw new StartRefusal(`CHROMIUM_PATH 所指的 ${given} 不能启动。`)
  }
  const path = (await findInstalled()) ?? (await download()) ?? (await installPackage())
  if (path !== null) return path
  const advice = isRoot
    ? '请安装 Chromium'
    : '请让管理员安装 Chromium（Debian：apt-get install chromium fonts-noto-cjk）'
  throw new StartRefusal(`没有可用的 Chromium，也未能下载：${advice}，或用 CHROMIUM_PATH 指明其路径。`)
}

/** Chinese letters for Chromium: a page drawn in empty boxes proves nothing. Only root can install them. */
export async function ensureFonts(): Promise<void> {
  const found = await run('fc-list', [':lang=zh', 'family']).catch(() => ({ stdout: '' }))
  if (found.stdout.trim() !== '') return
  if (isRoot && (await installWithApt(['fontconfig', FONTS]))) return
  say(`警告：这台机器没有中文字体，截图中的汉字会是空框；请安装 ${FONTS}。`)
}

async function findInstalled(): Promise<string | null> {
  const folders = (process.env.PATH ?? '').split(delimiter).filter((folder) => folder !== '')
  const candidates = NAMES.flatMap((name) => folders.map((folder) => join(folder, name)))
  for (const path of [...candidates, chromium.executablePath()]) {
    if (await starts(path)) return path
  }
  return null
}

/** A file of that name may be a mere signpost to another way of installing: what counts is that it answers. */
async function starts(path: string): Promise<boolean> {
  const answered = access(path, constants.X_OK).then(() => run(path, ['--version'], { timeout: VERSION_LIMIT_MS }))
  return answered.then(
    ({ stdout }) => /chrom/i.test(stdout),
    () => false,
  )
}

async function download(): Promise<string | null> {
  say('没有找到 Chromium，正在用 Playwright 下载……')
  const cli = join(dirname(createRequire(import.meta.url).resolve('playwright-core/package.json')), 'cli.js')
  const env = { ...process.env, PLAYWRIGHT_DOWNLOAD_CONNECTION_TIMEOUT: '15000' }
  const done = await runAloud(process.execPath, [cli, 'install', 'chromium'], env, DOWNLOAD_LIMIT_MS)
  const path = chromium.executablePath()
  return done && (await starts(path)) ? path : null
}

async function installPackage(): Promise<string | null> {
  if (!isRoot) return null
  say('正在用 apt-get 安装 Chromium……')
  return (await installWithApt(['chromium', FONTS])) ? findInstalled() : null
}

async function installWithApt(packages: readonly string[]): Promise<boolean> {
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' }
  const wait = ['-o', 'DPkg::Lock::Timeout=300']
  if (!(await runAloud('apt-get', [...wait, 'update'], env, INSTALL_LIMIT_MS))) return false
  const words = [...wait, 'install', '-y', '--no-install-recommends', ...packages]
  return runAloud('apt-get', words, env, INSTALL_LIMIT_MS)
}

/** Runs a program with its words on standard error; true where it ended well within the limit. */
function runAloud(program: string, words: string[], env: NodeJS.ProcessEnv, limitMs: number): Promise<boolean> {
  const child = spawn(program, words, { env, stdio: ['ignore', process.stderr, process.stderr], timeout: limitMs })
  return new Promise((resolve) => {
    child.once('error', () => resolve(false))
    child.once('exit', (code) => resolve(code === 0))
  })
}
