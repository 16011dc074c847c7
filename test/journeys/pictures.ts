import { mkdir, readdir, rm } from 'node:fs/promises'
import { join } from 'node:path'
import type { Browser, Page } from 'playwright-core'

// The pictures that a journey leaves in test-results/journeys.

const SHOTS = join(import.meta.dirname, '..', '..', 'test-results', 'journeys')

/** Takes numbered pictures; those of an earlier run of the same journey go. */
export async function shooter(name: string): Promise<(page: Page) => Promise<void>> {
  await mkdir(SHOTS, { recursive: true })
  for (const old of await readdir(SHOTS)) if (old.startsWith(`${name}-`)) await rm(join(SHOTS, old))
  let taken = 0
  return async (page) => {
    taken += 1
    // The bar on top would else stand in the middle of the picture.
    await page.evaluate(() => scrollTo(0, 0))
    const path = join(SHOTS, `${name}-${String(taken).padStart(2, '0')}.png`)
    await page.screenshot({ path, fullPage: true, animations: 'disabled' })
  }
}

/** Where a journey broke off, every desk shows what stood on it. */
export async function shootAll(browser: Browser, name: string): Promise<void> {
  const pages = browser.contexts().flatMap((context) => context.pages())
  for (const [at, page] of pages.entries()) await page.screenshot({ path: join(SHOTS, `${name}-broken-${at + 1}.png`) })
}
