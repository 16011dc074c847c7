import { addDays } from '#kernel/time/time.ts'
import type { TestServer } from '#test/harness.ts'
import type { Write } from './send-write.ts'

// One request that succeeds for each write route of 审批代理; each takes days of its own, for nobody has two deputies.

const HEAD = 'luoxiaoming'
let taken = 0

async function absence(server: TestServer) {
  const [deputy] = await server.sql<{ id: string }>("select person_id as id from account where username = 'chensiyu'")
  const fromOn = addDays('2021-10-08', taken)
  taken += 1
  return { handler: deputy?.id, fromOn, toOn: fromOn, reason: '外出' }
}

export const DEPUTY_WRITES: Readonly<Record<string, (server: TestServer) => Promise<Write>>> = {
  'POST /approval-deputies': async (server) => ({
    by: HEAD,
    path: '/approval-deputies',
    body: await absence(server),
  }),
  'POST /approval-deputies/:id/end': async (server) => {
    const { id, version } = await (await server.as(HEAD)).do('/approval-deputies', await absence(server))
    return { by: HEAD, path: `/approval-deputies/${id}/end`, body: { version } }
  },
}
