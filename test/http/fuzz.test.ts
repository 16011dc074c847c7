import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { test } from 'node:test'
import fc from 'fast-check'
import type { Role } from '#kernel/authorisation/roles.ts'
import type { Access, Route } from '#kernel/http/route.ts'
import { CATALOGUE } from '#kernel/problem/catalogue.ts'
import { plant } from '#test/access/plant.ts'
import type { Client, Reply } from '#test/client.ts'
import { startTestServer } from '#test/harness.ts'
import { anyRequest, type Request } from './hostile-requests.ts'

// Whatever is asked: no fault, no answer outside the catalogue, and the server goes on. A failure prints its seed; the
// same run again by FUZZ_SEED, a longer one by FUZZ_RUNS.

const SEED = Number(process.env.FUZZ_SEED ?? 20_211_118)
const RUNS = Number(process.env.FUZZ_RUNS ?? 1_500)

/** People whose posts together open every route. */
const ASKERS = {
  linjing: 'centre.clerk',
  luoxiaoming: 'centre.head',
  sunhaitao: 'team.judge',
  maguodong: 'director',
  fangmingyu: 'filing',
  xitong: 'administrator.system',
  anquan: 'administrator.security',
  shenji: 'administrator.audit',
} as const satisfies Record<string, Role>

test(`${RUNS} requests over all routes, seed ${SEED}: no fault`, async (t) => {
  const server = await startTestServer(t)
  const planted = await plant(server, 'below')
  const clients = await Promise.all(Object.keys(ASKERS).map((username) => server.as(username)))
  const ids = [
    planted.caseId,
    planted.orderId,
    planted.victimId,
    planted.approvalId,
    planted.clockId,
    planted.importId,
    planted.teamId,
    planted.judgeId,
    planted.postId,
    planted.caseAttachmentId,
    planted.orderAttachmentId,
    planted.privateNoticeId,
    randomUUID(),
  ]
  // The stream never ends, and the own password would end the asker.
  const routes = server.app.routes.filter(({ path }) => path !== '/stream' && path !== '/me/password')
  const byName = new Map(routes.map((route) => [`${route.method} ${route.path}`, route]))
  const routeOf = ({ name }: Request) => byName.get(name) as Route
  const statuses = new Map<number, number>()
  const succeeded = new Set<string>()

  await fc.assert(
    fc.asyncProperty(anyRequest(server.app, routes, ids), fc.nat(), async (request, who) => {
      const reply = await ask(askerOf(clients, routeOf(request).access, who), routeOf(request), request)
      assertSound(reply, request)
      statuses.set(reply.status, (statuses.get(reply.status) ?? 0) + 1)
      if (reply.status < 300) succeeded.add(request.name)
    }),
    { seed: SEED, numRuns: RUNS, endOnFailure: true },
  )

  const byStatus = JSON.stringify(Object.fromEntries([...statuses].toSorted()))
  t.diagnostic(`answers by status: ${byStatus}; ${succeeded.size} routes succeeded`)
  assert.ok(succeeded.size >= routes.length / 3, `only ${[...succeeded]} came past the schemas`)
  for (const client of clients) assert.equal((await client.get('/me')).status, 200)
  const auditor = await server.as('shenji')
  assert.equal((await auditor.read('/audit/verification')).ok, true)
})

/** Mostly somebody whom the route lets in, now and then anybody. */
function askerOf(clients: readonly Client[], access: Access, who: number): Client {
  const fit =
    Array.isArray(access) && who % 4 !== 0 ? clients.filter(({ username }) => access.includes(roleOf(username))) : []
  const among = fit.length > 0 ? fit : clients
  return among[who % among.length] as Client
}

const roleOf = (username: string | null) => ASKERS[username as keyof typeof ASKERS]

async function ask(client: Client, route: Route, { params, query, text }: Request): Promise<Reply> {
  const path = route.path.replace(/:(\w+)/g, (_, name: string) => encodeURIComponent(params[name] ?? ''))
  if (route.uploadLimitBytes === null) return client.send(route.method, `${path}${query}`, text ?? undefined)
  const body = JSON.parse(text ?? '{}') ?? {}
  const fields = typeof body === 'object' ? Object.entries(body as Record<string, unknown>) : []
  const file = {
    name: `${params.attachmentId?.replace(/[^\w案号]/g, '')}.pdf`,
    content: Buffer.from(`%PDF-1.4 ${text}`),
  }
  return client.upload(
    `${path}${query}`,
    Object.fromEntries(
      fields.slice(0, 9).map(([name, value]) => [name, typeof value === 'string' ? value : JSON.stringify(value)]),
    ),
    file,
  )
}

function assertSound(reply: Reply, { name, params, query, text }: Request): void {
  const asked = `${name} ${JSON.stringify(params)} ${query} ${text?.slice(0, 500)}`
  assert.ok(reply.status < 500, `${reply.status} to ${asked}: ${reply.text.slice(0, 300)}`)
  if (reply.status < 400) return
  const entry = (CATALOGUE as Record<string, { status: number }>)[reply.body?.code]
  assert.equal(entry?.status, reply.status, `${asked}: ${reply.text.slice(0, 300)}`)
}
