import pg from 'pg'

const RECONNECT_MS = 1_000
const LISTENER = { keepAlive: true, pipeline: true, connectionTimeoutMillis: 10_000, query_timeout: 10_000 }

type Hear = (payload: string | null) => void

interface Line {
  client: pg.Client
  ready: Promise<void>
}

/**
 * Hears channels of the database, all on one connection, which is made anew where it breaks: then each hearer is told
 * so with null, for it may have missed something.
 */
export function openListening(url: string): (channel: string, hear: Hear) => Promise<() => Promise<void>> {
  const hearers = new Map<string, Hear>()
  let line: Line | undefined
  let timer: NodeJS.Timeout | undefined

  function open(): Line {
    const client = new pg.Client({ connectionString: url, ...LISTENER })
    client.on('notification', ({ channel, payload }) => hearers.get(channel)?.(payload ?? ''))
    client.on('error', () => {})
    const opened: Line = { client, ready: begin(client) }
    client.on('end', () => lose(opened))
    opened.ready.catch(() => lose(opened))
    line = opened
    return opened
  }
  async function begin(client: pg.Client): Promise<void> {
    await client.connect()
    await client.query([...hearers.keys()].map((channel) => `listen ${channel}`).join(';'))
  }
  function lose(lost: Line): void {
    if (line !== lost) return
    line = undefined
    lost.client.end().catch(() => {})
    timer = setTimeout(reconnect, RECONNECT_MS)
    timer.unref()
  }
  function reconnect(): void {
    if (hearers.size === 0) return
    const tell = () => {
      for (const hear of hearers.values()) hear(null)
    }
    ;(line ?? open()).ready.then(tell, () => {})
  }

  return async (channel, hear) => {
    hearers.set(channel, hear)
    try {
      if (line) await line.ready.then(() => line?.client.query(`listen ${channel}`))
      else await open().ready
    } catch (error) {
      hearers.delete(channel)
      throw error
    }
    return async () => {
      hearers.delete(channel)
      if (hearers.size > 0) return
      clearTimeout(timer)
      const last = line
      line = undefined
      await last?.client.end().catch(() => {})
    }
  }
}
