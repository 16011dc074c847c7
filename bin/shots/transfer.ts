import type { Browser } from 'playwright-core'
import type { Session } from './session.ts'
import { settle } from './settle.ts'

// How many bytes cross the wire for a page on a browser that has seen nothing yet.

export interface Transfer {
  name: string
  bytes: number
  limitBytes: number
}

/** Encoded bytes of headers and bodies of everything a cold page loads. 1 kB = 1000 bytes. */
export async function measureTransfer(
  browser: Browser,
  url: string,
  page: { name: string; address: string; session: Session | null; limitBytes: number },
): Promise<Transfer> {
  const context = await browser.newContext({ viewport: { width: 1366, height: 768 }, locale: 'zh-CN' })
  try {
    if (page.session) await context.addCookies([{ ...page.session.cookie, url }])
    const tab = await context.newPage()
    const devtools = await context.newCDPSession(tab)
    await devtools.send('Network.enable')
    await devtools.send('Network.setCacheDisabled', { cacheDisabled: true })
    let bytes = 0
    devtools.on('Network.loadingFinished', ({ encodedDataLength }) => {
      bytes += encodedDataLength
    })
    await tab.goto(url + page.address)
    await settle(tab)
    return { name: page.name, bytes, limitBytes: page.limitBytes }
  } finally {
    await context.close()
  }
}
