import type { FastifyInstance } from 'fastify'

// Stopping gracefully: nobody new is let in, whoever is inside is answered and told to close the line. A request that
// still arrives on an open line is answered like any other; a new line is refused, and the caller goes to the next
// server.

const SWEEP_MS = 50

/** Makes `app.close()` wait for the running requests, for at most `limitMs`; what has not ended by then is cut. */
export function drainOnClose(app: FastifyInstance, limitMs: number): void {
  let draining = false
  let sweep: NodeJS.Timeout | undefined
  let limit: NodeJS.Timeout | undefined
  app.addHook('onSend', async (_, reply) => {
    if (draining) reply.header('Connection', 'close')
  })
  app.addHook('preClose', async () => {
    draining = true
    // Node closes the lines that are idle now; those that fall idle later would keep the server for their whole time.
    sweep = setInterval(() => app.server.closeIdleConnections(), SWEEP_MS)
    limit = setTimeout(() => app.server.closeAllConnections(), limitMs)
  })
  app.server.on('close', () => {
    clearInterval(sweep)
    clearTimeout(limit)
  })
}
