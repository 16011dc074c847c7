import type { Page } from 'playwright-core'
import { foreignWords } from '#document/screen-words.ts'

// What a machine can see wrong with a page. Each check returns sentences; none means nothing was found.

/** All checks of a page that has settled. `axeSource` is the text of axe-core's script. */
export async function checkPage(page: Page, axeSource: string): Promise<string[]> {
  return [
    ...(await page.evaluate(findSidewaysScroll)),
    ...(await page.evaluate(findCutNumbers)),
    ...(await findForeignWords(page)),
    ...(await findAxeViolations(page, axeSource)),
  ]
}

/** Runs in the page: the document, or a box in it, is wider than the room it has. */
function findSidewaysScroll(): string[] {
  const found: string[] = []
  const root = document.documentElement
  if (root.scrollWidth > root.clientWidth) found.push(`横向滚动：页面宽 ${root.scrollWidth}，可见 ${root.clientWidth}`)
  for (const element of document.body.querySelectorAll('*')) {
    const scrolls = /auto|scroll/.test(getComputedStyle(element).overflowX)
    if (!scrolls || element.clientWidth === 0 || element.scrollWidth <= element.clientWidth + 1) continue
    const name = `${element.tagName.toLowerCase()}.${[...element.classList].slice(0, 2).join('.')}`
    found.push(`横向滚动：${name} 内容宽 ${element.scrollWidth}，可见 ${element.clientWidth}`)
  }
  return found
}

/** Runs in the page: a text with digits reaches out of a box that hides what is outside it. */
function findCutNumbers(): string[] {
  const found: string[] = []
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT)
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    const text = node.textContent?.trim() ?? ''
    if (!/\d/.test(text) || !node.parentElement?.checkVisibility({ opacityProperty: true, visibilityProperty: true }))
      continue
    const range = document.createRange()
    range.selectNodeContents(node)
    const box = range.getBoundingClientRect()
    if (box.width <= 1 || box.height <= 1) continue
    for (let around: Element | null = node.parentElement; around; around = around.parentElement) {
      const style = getComputedStyle(around)
      if (/auto|scroll/.test(style.overflowX) || style.position === 'fixed') break
      if (!/hidden|clip/.test(style.overflowX)) continue
      const room = around.getBoundingClientRect()
      // A box of one pixel is the usual way to speak to screen readers only.
      if (room.width <= 1 || room.height <= 1) break
      if (box.right > room.right + 1 || box.left < room.left - 1) {
        found.push(`数字被截断：“${text.slice(0, 40)}”`)
        break
      }
    }
  }
  return found
}

/** Visible texts, placeholders, hints and names for screen readers; what is marked lang="en" is meant to be Latin. */
async function findForeignWords(page: Page): Promise<string[]> {
  const texts = await page.evaluate(() => {
    const said: string[] = [document.title]
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT)
    for (let node = walker.nextNode(); node; node = walker.nextNode()) {
      const parent = node.parentElement
      if (!parent || parent.closest('[lang="en"], script, style, noscript') || !parent.checkVisibility()) continue
      said.push(node.textContent ?? '')
    }
    for (const element of document.body.querySelectorAll('[placeholder], [title], [aria-label], [alt]')) {
      // The icons of Ant Design carry their file's name and mean nothing beside the control they adorn.
      if (element.closest('[lang="en"], .anticon') || !element.checkVisibility()) continue
      for (const name of ['placeholder', 'title', 'aria-label', 'alt']) said.push(element.getAttribute(name) ?? '')
    }
    return said
  })
  const words = texts.flatMap((text) =>
    foreignWords(text).map((word) => `外文“${word}”：“${text.trim().slice(0, 40)}”`),
  )
  return [...new Set(words)]
}

interface AxeViolation {
  id: string
  impact: string | null
  help: string
  nodes: { target: string[]; failureSummary?: string }[]
}

/** Violations that axe calls serious or critical. */
async function findAxeViolations(page: Page, axeSource: string): Promise<string[]> {
  await page.evaluate(axeSource)
  const violations = await page.evaluate(async () => {
    const { axe } = window as unknown as { axe: { run(options: object): Promise<{ violations: AxeViolation[] }> } }
    return (await axe.run({ resultTypes: ['violations'] })).violations
  })
  return violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .map(({ id, help, nodes }) => {
      const where = nodes.slice(0, 3).map(({ target }) => target.join(' '))
      return `无障碍 ${id}：${help}（${nodes.length} 处，如 ${where.join('；')}）`
    })
}
