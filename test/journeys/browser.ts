import assert from 'node:assert/strict'
import type { TestContext } from 'node:test'
import { type Browser, chromium, type Locator, type Page } from 'playwright-core'
import { findChromium } from '#bin/chromium.ts'
import { officeFolder } from '#bin/office/folder.ts'
import { CHROMIUM_ARGUMENTS } from '#bin/shots/browser.ts'
import { DEMONSTRATION_PASSWORD } from '#kernel/organisation/demonstration.ts'
import { type ServerOptions, startTestServer, type TestServer } from '#test/harness.ts'
import { shootAll, shooter } from './pictures.ts'

// People at their desks: each has a browser context of his own on the server of the test. What the page says on its
// console as an error, and every script error, fails the journey when it ends.

const WAIT_MS = 15_000
const STEPS_MOST = 80
const DESKTOP = { width: 1366, height: 768 }

interface FilePayload {
  name: string
  mimeType: string
  buffer: Buffer
}

const MISSED_MS = 3_000

/** Somebody's desk: his page, and what is done on it. */
export class Desk {
  readonly page: Page
  readonly #shoot: (page: Page) => Promise<void>
  readonly #address: string

  constructor(page: Page, address: string, shoot: (page: Page) => Promise<void>) {
    this.page = page
    this.#address = address
    this.#shoot = shoot
  }

  async open(path: string): Promise<void> {
    await this.page.goto(this.#address + path)
  }

  /** Signs in by the form, as far as the workbench or the first page of this person's posts. */
  async signIn(username: string, password: string = DEMONSTRATION_PASSWORD): Promise<void> {
    await this.open('/sign-in')
    await this.page.getByLabel('账号', { exact: true }).fill(username)
    await this.page.getByLabel('密码').fill(password)
    const listening = this.page.waitForResponse('**/api/stream')
    await this.page.getByRole('button', { name: '登录', exact: true }).click()
    await this.page.getByRole('heading', { level: 1 }).filter({ hasNotText: '执行指挥中心平台' }).waitFor()
    // From here on nothing that is sent to this person is missed.
    await listening
  }

  /** Waits until a text stands on screen. */
  async sees(text: string | RegExp, where: Page | Locator = this.page): Promise<void> {
    await where.getByText(text).first().waitFor()
  }

  /** What still slides into its place is missed by a click. */
  async #still(): Promise<void> {
    const isStill = () => !document.getAnimations().some(({ playState }) => playState === 'running')
    await this.page.waitForFunction(isStill, undefined, { timeout: MISSED_MS }).catch(() => {})
  }

  async click(name: string | RegExp, where: Page | Locator = this.page): Promise<void> {
    await this.#still()
    await where.getByRole('button', { name, ...(typeof name === 'string' ? { exact: true } : {}) }).click()
  }

  /** Ticks a box, or takes its tick away. */
  async tick(box: Locator, to = true): Promise<void> {
    await box.waitFor()
    await this.#still()
    await box.setChecked(to)
  }

  /** Through the menu on the left, whose group is opened where it is closed. */
  async choose(entry: string): Promise<void> {
    const menu = this.page.getByRole('navigation', { name: '主菜单' })
    const group = menu.locator('.menu-group', { has: this.page.locator('.menu-item', { hasText: entry }) })
    await menu.locator('.menu-item', { hasText: entry }).first().waitFor({ state: 'attached' })
    const closed = group.getByRole('button', { expanded: false })
    if ((await closed.count()) > 0) await closed.click()
    await menu.getByRole('link', { name: entry }).click()
    await this.page.getByRole('heading', { level: 1, name: entry }).waitFor()
  }

  /** A picture of the page in test-results/journeys. */
  async shot(): Promise<void> {
    await this.#shoot(this.page)
  }

  dialog(title: string): Locator {
    return this.page.getByRole('dialog', { name: title })
  }

  region(name: string): Locator {
    return this.page.getByRole('region', { name, exact: true })
  }

  /** Picks from a list that opens, by the words of the option; where the list can be searched, by typing them. */
  async pick(label: string, option: string, where: Page | Locator = this.page): Promise<void> {
    const box = where.getByRole('combobox', { name: label })
    const select = box.locator('xpath=ancestor::*[contains(concat(" ", @class, " "), " ant-select ")]')
    const chosen = select.filter({ hasText: option })
    await box.click()
    if ((await box.getAttribute('readonly')) === null) {
      await box.fill(option)
      await this.openOption(option, '.ant-select-item-option-active').waitFor()
      await box.press('Enter')
    } else {
      await this.openOption(option).click()
      // A list that was still sliding into its place is missed by a click, and stays open.
      await chosen.waitFor({ timeout: MISSED_MS }).catch(() => this.openOption(option).click())
    }
    await chosen.waitFor()
    await this.#settled()
  }

  /** An option of the list that is open now. */
  openOption(words: string, kind = '.ant-select-item-option'): Locator {
    const open = this.page.locator('.ant-select-dropdown:not(.ant-select-dropdown-hidden)')
    return open.locator(kind, { hasText: words }).first()
  }

  /** Walks with the tabulator until something has the focus: what can't be reached fails. */
  async tabTo(target: Locator, key: 'Tab' | 'Shift+Tab' = 'Tab'): Promise<void> {
    await target.waitFor()
    for (let steps = 0; steps < STEPS_MOST; steps += 1) {
      if (await target.evaluate((element) => element === document.activeElement)) return
      await this.page.keyboard.press(key)
    }
    throw new Error(`the keyboard does not reach ${target}`)
  }

  /** Types a date and takes it with the enter key, once its calendar is open; done when that is closed again. */
  async enterDate(label: string, date: string, where: Page | Locator = this.page): Promise<void> {
    const box = where.getByLabel(label)
    const calendar = this.page.locator('.ant-picker-dropdown:not(.ant-picker-dropdown-hidden)')
    await box.fill(date)
    await calendar.waitFor()
    await box.press('Enter')
    await calendar.waitFor({ state: 'hidden' })
    await this.#settled()
  }

  /** A dialog that opens, a list or calendar that closes moves the focus a frame later: what is typed then is lost. */
  async #settled(): Promise<void> {
    await this.page.evaluate(() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))))
  }

  /** Chooses a file through the page's own button. */
  async chooseFile(file: string | FilePayload): Promise<void> {
    const asked = this.page.waitForEvent('filechooser')
    await this.click('选择文件')
    await (await asked).setFiles(file)
  }

  /** The words on the buttons of the panel 办理 (of a case: 待办), in their order. */
  async actions(panel = '办理'): Promise<string[]> {
    return this.region(panel).getByRole('button').allInnerTexts()
  }

  /** Presses an action's button and answers its dialog, which the caller fills in and confirms. */
  async begin(action: string, panel = '办理'): Promise<Locator> {
    await this.click(action, this.region(panel))
    const dialog = this.dialog(action)
    await dialog.waitFor()
    await this.#settled()
    return dialog
  }

  /** An action that asks nothing: its button, and the dialog's button of the same name. */
  async act(action: string, panel = '办理'): Promise<void> {
    await this.click(action, await this.begin(action, panel))
  }

  /** Adds a paper to the thing on the page, with where its original is kept. */
  async attach(document: string, file: FilePayload, shelfMark?: string): Promise<void> {
    await this.click(`添加${document}`)
    const adding = this.dialog(`添加${document}`)
    await this.chooseFile(file)
    if (shelfMark) await adding.getByLabel('纸质原件存放位置（卷宗柜架号）').fill(shelfMark)
    await this.click('添加', adding)
    await this.sees(file.name, this.region('文书材料'))
  }

  /** Opens a thing from a group of the workbench by a part of its words. */
  async openWork(group: string, words: string): Promise<void> {
    await this.page.getByRole('tablist', { name: '工作台分组' }).waitFor()
    const tab = this.page.getByRole('tab', { name: group })
    if ((await tab.count()) > 0) await tab.click()
    await this.page.getByRole('table', { name: group }).getByRole('link').filter({ hasText: words }).first().click()
  }

  /** The value of a fact under 内容, by its label. */
  async fact(label: string): Promise<string> {
    const pair = this.region('内容')
      .locator('.facts > div')
      .filter({ has: this.page.getByText(label, { exact: true }) })
    return plain(await pair.locator('dd').innerText())
  }

  /** The line of a limit under 期限, by its whole name. */
  clockLine(name: string): Locator {
    const named = this.page.locator('.clock-name').filter({ hasText: new RegExp(`^${name}$`) })
    return this.region('期限').locator('.clock-line').filter({ has: named })
  }

  /** The heading of the page: of a thing, its number. */
  async title(): Promise<string> {
    return plain(await this.page.getByRole('heading', { level: 1 }).innerText())
  }

  /** Waits for a state in the state line, and answers the line as it is read. */
  async stateLine(state: string): Promise<string> {
    const line = this.page.locator('.state-line')
    await line.locator('.word', { hasText: new RegExp(`^${state}$`) }).waitFor()
    return plain(await line.innerText())
  }
}

/** Text as it is read: one blank between words. */
export function plain(text: string): string {
  return text.replace(/\s+/g, ' ').trim()
}

export interface Journey {
  server: TestServer
  /** A person of the cast, signed in at a desk of his own; the same desk each time. */
  at(username: string): Promise<Desk>
  /** A desk where nobody has signed in. */
  stranger(options?: DeskOptions): Promise<Desk>
}

export interface DeskOptions {
  viewport?: { width: number; height: number }
  /** Refusals that this journey asks for: the browser notes an answer of this status on its console. */
  refusals?: readonly number[]
}

/** Starts a server with the built web and a browser; `name` leads the names of the pictures. */
export async function startJourney(
  t: Pick<TestContext, 'after'> & { readonly error?: unknown },
  name: string,
  options: Omit<ServerOptions, 'webFolder'> = {},
): Promise<Journey> {
  const [webFolder, executablePath] = await Promise.all([officeFolder(), findChromium()])
  const browser = await chromium.launch({ executablePath, args: CHROMIUM_ARGUMENTS })
  // Pages go before their server, or they would complain of its going.
  t.after(async () => {
    if (t.error) await shootAll(browser, name)
    await browser.close()
  })
  const server = await startTestServer(t, { ...options, webFolder })
  const complaints: string[] = []
  t.after(() => assert.deepEqual(complaints, [], 'what the pages complained of'))
  const desks = new Map<string, Desk>()
  const shoot = await shooter(name)
  const stranger = async (deskOptions: DeskOptions = {}) =>
    new Desk(await openPage(browser, complaints, deskOptions), server.address, shoot)
  return {
    server,
    stranger,
    async at(username) {
      const known = desks.get(username)
      if (known) return known
      // Where time travels, a page that is left open finds its session ended and says so to itself.
      const desk = await stranger({ refusals: [401] })
      desks.set(username, desk)
      await desk.signIn(username)
      return desk
    },
  }
}

async function openPage(
  browser: Browser,
  complaints: string[],
  { viewport = DESKTOP, refusals = [] }: DeskOptions,
): Promise<Page> {
  const context = await browser.newContext({ viewport, locale: 'zh-CN', reducedMotion: 'reduce' })
  context.setDefaultTimeout(WAIT_MS)
  const page = await context.newPage()
  page.on('pageerror', (error) => complaints.push(`${page.url()}: ${error.message}`))
  page.on('console', (message) => {
    const text = message.text()
    const isAskedFor = refusals.some((status) => text.includes(`the server responded with a status of ${status}`))
    if (message.type() === 'error' && !isAskedFor) complaints.push(`${page.url()}: ${text}`)
  })
  return page
}
