import assert from 'node:assert/strict'
import { readFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { after, before, test } from 'node:test'
import { type Browser, chromium } from 'playwright-core'
import { findChromium } from './chromium.ts'
import { CHROMIUM_ARGUMENTS } from './shots/browser.ts'
import { checkPage } from './shots/page-checks.ts'
import { settle } from './shots/settle.ts'

// Each check of `npm run shots` is shown to bite on a page with one fault, and the sound page to pass them all.

let browser: Browser
let axeSource: string

before(async () => {
  axeSource = await readFile(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')
  browser = await chromium.launch({ executablePath: await findChromium(), args: CHROMIUM_ARGUMENTS })
})
after(() => browser?.close())

async function findingsOf(body: string): Promise<string[]> {
  const page = await browser.newPage({ viewport: { width: 390, height: 844 } })
  try {
    const head = '<!doctype html><html lang="zh-CN"><head><title>案件</title></head>'
    await page.setContent(`${head}<body><main id="root"><h1>案件</h1>${body}</main></body></html>`)
    await settle(page)
    return await checkPage(page, axeSource)
  } finally {
    await page.close()
  }
}

test('a sound page has no findings', async () => {
  const sound = [
    '<p>标的额 1,234,567.00 元，执行通知书（PDF）</p>',
    '<p lang="en">username: clerk</p>',
    '<div style="overflow:hidden;width:200px">到位 300,000.00</div>',
    '<div style="overflow:hidden;white-space:nowrap;width:60px">很长很长很长很长的名称</div>',
  ]
  assert.deepEqual(await findingsOf(sound.join('')), [])
})

const FAULTS: readonly [name: string, body: string, finding: RegExp][] = [
  ['a page wider than the screen', '<div style="width:500px">案件</div>', /^横向滚动：页面/],
  [
    'a box that scrolls sideways',
    '<div tabindex="0" style="overflow-x:auto;width:100px"><p style="width:300px">案件</p></div>',
    /^横向滚动：div/,
  ],
  [
    'an amount cut off',
    '<div style="overflow:hidden;white-space:nowrap;width:40px">1,234,567.00</div>',
    /^数字被截断：“1,234,567.00”/,
  ],
  ['a foreign word', '<p>提交 Submit</p>', /^外文“Submit”/],
  ['a foreign word for screen readers', '<button aria-label="Close">×</button>', /^外文“Close”/],
  ['text too pale to read', '<p style="color:#ddd;background:#fff">案件</p>', /^无障碍 color-contrast/],
]

for (const [name, body, finding] of FAULTS) {
  test(`found: ${name}`, async () => {
    const findings = await findingsOf(body)
    assert.equal(findings.length, 1, findings.join('\n'))
    assert.match(findings[0] ?? '', finding)
  })
}
