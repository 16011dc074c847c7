import assert from 'node:assert/strict'
import { test } from 'node:test'
import { type Route, route } from '#kernel/http/route.ts'
import type { Client } from '#test/client.ts'
import { startTestServer } from '#test/harness.ts'
import { ask, assertUnmarked, eightAtATime, faceOf, isMarked, makeWorld, SOMEBODY, type World } from './asking.ts'
import { DECISIONS, type Decision } from './decisions.ts'
import { COURTS, markOf, SHARED_MARK } from './marks.ts'
import { expected, expectedInScope, forbiddenMarks, RECORDED_MARKS, reads, type Someone, TARGETS } from './model.ts'

// Every route × every role × {own, other team, shared, subordinate, superior, sister,
// foreign, nothing}, from the live table of
// routes. What is refused is refused alike whether the thing exists or not, and no planted mark leaves its court.

const rows = Object.entries(DECISIONS)
const behindSignIn = rows.filter(([, decision]) => decision.who !== 'anyone')
const allMarks = [...forbiddenMarks('nobody'), markOf('own', 'name'), SHARED_MARK]

test('access: every route × every role × every court', async (t) => {
  const world = await makeWorld(await startTestServer(t))

  await t.test('every live route has its row, and no row is without a route', () => {
    const app = world.server.app.server as unknown as { swagger(): { paths: Record<string, Record<string, unknown>> } }
    const documented = Object.entries(app.swagger().paths).flatMap(([path, methods]) =>
      Object.keys(methods).map(
        (method) => `${method.toUpperCase()} ${path.replace(/^\/api/, '').replace(/\{(\w+)\}/g, ':$1')}`,
      ),
    )
    assert.deepEqual(undecided(documented, world.server.app.routes), [], 'decide in test/access/decisions.ts')
  })

  await t.test('a route that is added without a decision is seen, and so is a decision whose route is gone', () => {
    const { routes } = world.server.app
    const added = route({
      method: 'GET',
      path: '/cases/:id/everything',
      summary: '全部',
      access: 'signed-in',
      handle: async () => ({}),
    })
    assert.deepEqual(undecided([], [...routes, added]).slice(0, 1), ['GET /cases/:id/everything'])
    assert.deepEqual(undecided(['POST /cases/:id/hidden'], routes).slice(0, 1), ['POST /cases/:id/hidden'])
    const fewer = routes.filter(({ method, path }) => `${method} ${path}` !== 'GET /audit')
    assert.ok(undecided(OUTSIDE, fewer).includes('GET /audit'))
    assert.deepEqual(undecided(OUTSIDE, routes), [])
  })

  await t.test('nobody signed in: 401 on everything but the sign-in page', async () => {
    const stranger = world.server.anonymous()
    for (const [key, decision] of rows) {
      const reply = await ask(world, stranger, key, 'own')
      assert.equal(reply.status, decision.who === 'anyone' ? decision.allowed : 401, `${key}: ${reply.text}`)
      assertUnmarked(reply, allMarks, key)
    }
  })

  await t.test(
    'status as decided, refusals alike for what is foreign and what is not there, no mark given away',
    async () => {
      const faults: string[] = []
      let asked = 0
      await eightAtATime(SOMEBODY, async (someone) => {
        for (const [key, decision] of behindSignIn) {
          const count = await everyTarget(world, someone, key, decision, faults)
          asked += count
        }
      })
      assert.equal(faults.join('\n'), '')
      assert.ok(asked > 4_000, `only ${asked} requests`)
    },
  )

  await t.test('lists by scope: own, all below, one court below, above, beside, unknown', async () => {
    const scopes = { subtree: 'subtree', ...COURTS, none: '吉99' } as const
    const lists = behindSignIn.filter(([, decision]) => decision.scoped)
    await eightAtATime(SOMEBODY, async (someone) => {
      const client = world.people.get(someone) as Client
      for (const [key, decision] of lists) {
        const path = key.slice(4)
        const nothing = faceOf(await client.get(`${path}?scope=吉99`))
        for (const [place, scope] of Object.entries(scopes)) {
          const reply = await client.get(`${path}?scope=${encodeURIComponent(place === 'own' ? 'own' : scope)}`)
          const what = `${someone} asks ${path} for ${place}`
          assert.equal(
            reply.status,
            expectedInScope(someone, decision, place as keyof typeof scopes),
            `${what}: ${reply.text}`,
          )
          if (reply.status === 404) assert.equal(faceOf(reply), nothing, what)
          assertUnmarked(reply, forbiddenMarks(someone), what)
          if (reply.status === 200) assertShown(reply.text, path, place, someone, what)
          // The own court alone is less than what may be read.
          if (place === 'own') assert.ok(!isMarked(reply, markOf('below', 'thing')), `${what} shows a court below`)
        }
      }
    })
  })

  await t.test('search by name, number and certificate finds nothing beyond what may be read', async () => {
    await eightAtATime(SOMEBODY, async (someone) => {
      const client = world.people.get(someone) as Client
      for (const place of ['own', 'below', 'above', 'sister', 'foreign'] as const) {
        const finds = reads(someone, place)
        const { certificate, caseNumber } = world.at[place]
        const answers = [
          await client.get(`/cases?scope=subtree&q=${markOf(place, 'thing')}`),
          await client.get(`/cases?scope=subtree&q=${encodeURIComponent(caseNumber.slice(0, 20))}`),
          await client.post('/case-search', { certificate }),
        ]
        for (const [at, reply] of answers.entries()) {
          assertUnmarked(reply, forbiddenMarks(someone), `${someone} searches ${place}`)
          if (reply.status === 403) assert.ok(!reads(someone, 'own'))
          else assert.equal(reply.body.items.length > 0, finds, `${someone}, search ${at} in ${place}: ${reply.text}`)
        }
      }
    })
  })

  await t.test('an account that is stopped and a session that is idle get 401 everywhere, at once', async () => {
    const clerk = world.people.get('centre.clerk') as Client
    const { sql, time } = world.server
    await sql(`update account set state = 'stopped' where username = 'asks.centre.clerk'`)
    await refusedEverywhere(clerk)
    await sql(`update account set state = 'active' where username = 'asks.centre.clerk'`)
    assert.equal((await clerk.get('/me')).status, 200)
    time.pass({ minutes: 31 })
    await refusedEverywhere(clerk)
    await clerk.signIn()
    assert.equal((await clerk.send('DELETE', '/session')).status, 204)
    await refusedEverywhere(clerk)
  })

  async function refusedEverywhere(client: Client): Promise<void> {
    for (const [key] of behindSignIn) {
      const reply = await ask(world, client, key, 'own', 'centre.clerk')
      assert.equal(reply.status, 401, `${key}: ${reply.text}`)
      assertUnmarked(reply, allMarks, key)
    }
  }
})

/** Mounted on the server itself, beside the table of routes. */
const OUTSIDE = ['POST /session', 'DELETE /session', 'GET /demonstration']

/** Routes that are served and not decided about, then decisions about what is not served. */
function undecided(documented: readonly string[], routes: readonly Pick<Route, 'method' | 'path'>[]): string[] {
  const live = new Set([...documented, ...routes.map(({ method, path }) => `${method} ${path}`)])
  const decided = Object.keys(DECISIONS)
  return [...[...live].filter((key) => !decided.includes(key)), ...decided.filter((key) => !live.has(key))]
}

async function everyTarget(
  world: World,
  someone: Someone,
  key: string,
  decision: Decision,
  faults: string[],
): Promise<number> {
  const client = world.people.get(someone) as Client
  const marks = forbiddenMarks(someone).filter((mark) => key !== 'GET /audit' || !RECORDED_MARKS.includes(mark))
  const targets = decision.over ? TARGETS[decision.over] : (['own'] as const)
  const nothing = decision.over ? faceOf(await ask(world, client, key, 'none', someone)) : ''
  for (const target of targets) {
    const reply = await ask(world, client, key, target, someone)
    const what = `${someone}: ${key} → ${target}`
    const wanted = expected(someone, decision, target)
    if (reply.status !== wanted)
      faults.push(`${what}: ${reply.status} instead of ${wanted}, ${reply.text.slice(0, 200)}`)
    if (reply.status === 404 && faceOf(reply) !== nothing) faults.push(`${what} differs from what is not there`)
    faults.push(...marks.filter((mark) => isMarked(reply, mark)).map((mark) => `${what} gives away ${mark}`))
  }
  return targets.length + 1
}

/** What may be read is really there: a list that is always empty would give nothing away either. */
function assertShown(text: string, path: string, place: string, someone: Someone, what: string): void {
  // Counts by state name no thing; what they count is held against a recount elsewhere.
  if (path === '/people' || path === '/teams' || path.endsWith('/counts')) return
  const places =
    place === 'subtree' ? (['own', 'below'] as const) : place === 'own' ? (['own'] as const) : (['below'] as const)
  for (const one of places) {
    const isThere = path.endsWith('count') ? JSON.parse(text).count > 0 : text.includes(markOf(one, 'thing'))
    if (reads(someone, one)) assert.ok(isThere, `${what}: ${one} is missing`)
  }
}
