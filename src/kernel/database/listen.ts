import pg from 'pg'

const RECONNECT_MS = 1_000
const LISTENER = { keepAlive: true, connectionTimeoutMillis: 10_000, query_timeout: 10_000 }

/** Hears a channel of the database on a connection of its own, which it makes anew where it breaks. */
export async function listen(
  url: string,
  channel: string,
  hear: (payload: string | null) => void,
): Promise<() => Promise<void>> {
  let stopped = false
  let client: pg.Client | undefined
  let timer: NodeJS.Timeout | undefined
  const connect = async (): Promise<void> => {
    const next = new pg.Client({ connectionString: url, ...LISTENER })
    client = next
    next.on('notification', (message) => hear(message.payload ?? ''))
    next.on('error', () => {})
    next.on('end', again)
    try {
      await next.connect()
      await next.query(`listen ${channel}`)
    } catch (error) {
      next.end().catch(() => {})
      throw error
    }
  }
  const reconnect = () => void connect().then(() => hear(null), again)
  function again(): void {
    if (stopped) return
    clearTimeout(timer)
    timer = setTimeout(reconnect, RECONNECT_MS)
    timer.unref()
  }
  await connect()
  return async () => {
    stopped = true
    clearTimeout(timer)
    await client?.end().catch(() => {})
  }
}
