import { mkdir, readFile, rm } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import { type Browser, chromium } from 'playwright-core'
import { ensureFonts, findChromium } from './chromium.ts'
import { officeFolder } from './office/folder.ts'
import { CHROMIUM_ARGUMENTS } from './shots/browser.ts'
import { checkPage } from './shots/page-checks.ts'
import { prepare } from './shots/preparation.ts'
import { startProduct } from './shots/product.ts'
import { declaredRoutes, type Stop, stopsOf } from './shots/routes.ts'
import { type Session, signInAll } from './shots/session.ts'
import { settle } from './shots/settle.ts'
import { measureTransfer, type Transfer } from './shots/transfer.ts'

// npm run shots: a picture of every route at three sizes in shots/, and what a machine can see wrong with each.
// The last line of standard output is one JSON object; exit status 1 where anything was found.

const SIZES = [
  { width: 1366, height: 768 },
  { width: 1920, height: 1080 },
  { width: 390, height: 844 },
]
const SIGN_IN_LIMIT_BYTES = 150_000
const WORKBENCH_LIMIT_BYTES = 600_000
const FOLDER = join(import.meta.dirname, '..', 'shots')

interface Shot {
  picture: string
  address: string
  findings: string[]
}

async function main(): Promise<number> {
  const axeSource = await readFile(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')
  const routes = await declaredRoutes()
  const executablePath = await findChromium()
  await rm(FOLDER, { recursive: true, force: true })
  await mkdir(FOLDER, { recursive: true })
  await ensureFonts()
  const product = await startProduct(await officeFolder())
  try {
    const browser = await chromium.launch({ executablePath, args: CHROMIUM_ARGUMENTS })
    try {
      const sessions = await signInAll(product.url)
      await prepare(sessions)
      const { stops, faults } = await stopsOf(routes, sessions)
      const shots = await shootAll(browser, product.url, stops, axeSource)
      const transfers = await measureAll(browser, product.url, sessions)
      return report(shots, transfers, faults)
    } finally {
      await browser.close()
    }
  } finally {
    await product.stop()
  }
}

async function shootAll(browser: Browser, url: string, stops: readonly Stop[], axeSource: string): Promise<Shot[]> {
  const shots: Shot[] = []
  for (const size of SIZES) {
    for (const stop of stops) shots.push(await shoot(browser, url, stop, size, axeSource))
  }
  return shots
}

async function shoot(
  browser: Browser,
  url: string,
  stop: Stop,
  size: { width: number; height: number },
  axeSource: string,
): Promise<Shot> {
  const context = await browser.newContext({
    viewport: size,
    locale: 'zh-CN',
    bypassCSP: true,
    reducedMotion: 'reduce',
  })
  const findings: string[] = []
  const picture = `${nameOf(stop)}-${size.width}.png`
  try {
    if (stop.session) await context.addCookies([{ ...stop.session.cookie, url }])
    const page = await context.newPage()
    page.on('console', (message) => {
      if (message.type() === 'error') findings.push(`控制台：${message.text().slice(0, 200)}`)
    })
    page.on('pageerror', (error) => findings.push(`脚本错误：${error.message.slice(0, 200)}`))
    await page.goto(url + stop.address)
    await settle(page)
    if (new URL(page.url()).pathname !== stop.address) findings.push(`转到了 ${new URL(page.url()).pathname}`)
    await page.screenshot({ path: join(FOLDER, picture), fullPage: true })
    findings.push(...(await checkPage(page, axeSource)))
  } catch (error) {
    findings.push(`打不开：${(error as Error).message.split('\n')[0]}`)
  } finally {
    await context.close()
  }
  return { picture, address: stop.address, findings }
}

function nameOf({ route, address }: Stop): string {
  const words = route.startsWith('/$path') ? route.replace('$path', address.split('/')[1] ?? '') : route
  return words.replaceAll('$', '').split('/').filter(Boolean).join('-') || 'workbench'
}

async function measureAll(browser: Browser, url: string, sessions: readonly Session[]): Promise<Transfer[]> {
  const worker = sessions.find(({ menu }) => menu.includes('/backlog')) ?? sessions[0] ?? null
  return [
    await measureTransfer(browser, url, {
      name: '登录页',
      address: '/sign-in',
      session: null,
      limitBytes: SIGN_IN_LIMIT_BYTES,
    }),
    await measureTransfer(browser, url, {
      name: '工作台（冷启动）',
      address: '/',
      session: worker,
      limitBytes: WORKBENCH_LIMIT_BYTES,
    }),
  ]
}

function report(shots: readonly Shot[], transfers: readonly Transfer[], faults: readonly string[]): number {
  for (const fault of faults) console.log(`✗ ${fault}`)
  for (const { picture, findings } of shots) {
    console.log(`${findings.length === 0 ? '✓' : '✗'} ${picture}`)
    for (const finding of findings) console.log(`    ${finding}`)
  }
  const heavy = transfers.filter(({ bytes, limitBytes }) => bytes > limitBytes)
  for (const { name, bytes, limitBytes } of transfers) {
    console.log(
      `${bytes > limitBytes ? '✗' : '✓'} ${name}：${(bytes / 1000).toFixed(0)} kB（上限 ${limitBytes / 1000} kB）`,
    )
  }
  const findings = faults.length + heavy.length + shots.reduce((sum, shot) => sum + shot.findings.length, 0)
  console.log(JSON.stringify({ pictures: shots.length, findings, transfers }))
  return findings === 0 ? 0 : 1
}

process.exitCode = await main()
