import type { Page } from 'playwright-core'

const SETTLE_LIMIT_MS = 20_000
const BUSY = '.waiting, .ant-skeleton, .ant-spin-spinning, [aria-busy="true"]'

/** Waits until a page shows something, waits for nothing and has stood still for half a second. */
export async function settle(page: Page): Promise<void> {
  await page.waitForFunction(
    (busy) => {
      const state = window as unknown as { stillSince?: number; lastLook?: string }
      const root = document.getElementById('root')
      const look = `${document.body.querySelectorAll('*').length} ${root?.textContent?.length ?? 0}`
      const waits = !root || root.textContent?.trim() === '' || document.querySelector(busy) !== null
      if (waits || look !== state.lastLook) {
        state.lastLook = look
        state.stillSince = performance.now()
        return false
      }
      return performance.now() - (state.stillSince ?? 0) > 500
    },
    BUSY,
    { timeout: SETTLE_LIMIT_MS, polling: 100 },
  )
}
