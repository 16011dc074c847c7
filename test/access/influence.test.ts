import assert from 'node:assert/strict'
import { test } from 'node:test'
import { requestSchema } from '#kernel/http/reply-schema.ts'
import type { Route } from '#kernel/http/route.ts'
import type { Client, Reply } from '#test/client.ts'
import { startTestServer } from '#test/harness.ts'
import { assertUnmarked, eightAtATime, faceOf, makeWorld, SOMEBODY, type World } from './asking.ts'
import { DECISIONS } from './decisions.ts'
import { markOf, type Place } from './marks.ts'
import { forbiddenMarks, reads, type Someone } from './model.ts'
import { plantMatters } from './plant-matters.ts'
import { plantCase, plantOrder } from './plant-things.ts'
import { put } from './put.ts'

// What is done in a court changes no byte of any answer to whoever may not read it: every list, filter, search, order,
// page, count, menu and export is asked by every kind of reader before and after, and must be the same, headers too.

const PLACES: readonly Place[] = ['own', 'below', 'above', 'sister', 'foreign']
/** Asked by reading, but each answer is recorded in the own court; the auditor's list then rightly grows. */
const RECORDED = /export$|^\/audit\/verification$/
/** The calendar is one for all courts, and so is what follows from its changes. */
const EVERYBODYS = '/calendar/recounts'
const PAGES_MOST = 4
/** One of each way of reading: oversees, is of the centre, of a team, of none, keeps something, holds nothing. */
const READERS: readonly Someone[] = [
  'president',
  'centre.clerk',
  'inspection',
  'team.clerk',
  'finance',
  'administrator.system',
  'administrator.security',
  'administrator.audit',
  'nobody',
]
const HEADERS: readonly Record<string, string>[] = [{}, { 'if-none-match': '*' }, { range: 'bytes=0-10' }]

type Schema = { properties?: Record<string, { type?: string; enum?: string[]; maximum?: number }> }

/** Ways to ask a list, drawn from what its query may hold. */
function queriesOf(route: Route, { at }: World): string[] {
  const decided = new URLSearchParams(DECISIONS[`GET ${route.path}`]?.query ?? '')
  const { properties = {} } = route.query ? (requestSchema(route.query) as Schema) : {}
  const values = Object.entries(properties).flatMap(([name, schema]): [string, string][] => {
    if (schema.enum) return schema.enum.map((value) => [name, value])
    if (name === 'q') return PLACES.flatMap((place) => textsOf(at[place], place)).map((text) => [name, text])
    if (name === 'scope')
      return [
        ['scope', 'own'],
        ['scope', 'subtree'],
      ]
    if (name === 'judge') return PLACES.map((place) => [name, at[place].judgeId])
    if (name === 'team') return PLACES.map((place) => [name, at[place].teamId])
    if (name === 'state') return ['handling', 'issued', 'closed'].map((state) => [name, state])
    return name === 'limit' ? [['limit', '1']] : []
  })
  const queries = values.map(([name, value]) => {
    const query = new URLSearchParams(decided)
    query.set(name, value)
    if (name !== 'scope' && 'scope' in properties) query.set('scope', 'subtree')
    return `?${query}`
  })
  return [...new Set([decided.size > 0 ? `?${decided}` : '', ...queries])]
}

function textsOf(there: World['at']['own'], place: Place): string[] {
  return [markOf(place, 'thing'), markOf(place, 'name'), there.caseNumber.slice(0, 18)]
}

/** A list is followed to its last page: a row that may not be seen may not take a place either. */
async function askAll(client: Client, path: string, query: string): Promise<Reply[]> {
  const replies = [await client.get(path + query)]
  while (query.includes('limit=1') && replies.length < PAGES_MOST) {
    const next = replies.at(-1)?.body?.next
    if (!next) break
    replies.push(await client.get(`${path}${query}&after=${next}`))
  }
  return replies
}

test('access: what is done elsewhere changes no byte of an answer', async (t) => {
  const world = await makeWorld(await startTestServer(t))
  const lists = world.server.app.routes.filter(
    ({ method, path }) => method === 'GET' && !path.includes(':') && path !== '/stream' && path !== EVERYBODYS,
  )
  const asked = lists.flatMap((route) => queriesOf(route, world).map((query) => ({ path: route.path, query })))
  const silent = asked.filter(({ path }) => !RECORDED.test(path))
  const recorded = asked.filter(({ path }) => RECORDED.test(path))
  let count = 0

  /** Every answer to every role, by who asked what. */
  async function answers(which: typeof asked): Promise<Map<string, string>> {
    const faces = new Map<string, string>()
    await eightAtATime(READERS, async (someone) => {
      const client = world.people.get(someone) as Client
      for (const { path, query } of which) {
        const replies = await askAll(client, path, query)
        count += replies.length
        for (const reply of replies) assertUnmarked(reply, forbiddenMarks(someone), `${someone} ${path}${query}`)
        faces.set(`${someone} ${path}${query}`, replies.map(faceOf).join('\n'))
      }
    })
    return faces
  }

  function changed(before: Map<string, string>, after: Map<string, string>): string[] {
    return [...before].filter(([key, face]) => after.get(key) !== face).map(([key]) => key)
  }
  const whoOf = (key: string) => key.split(' ')[0] as Someone

  await t.test('lists, filters, searches, sorting, pages, counts and menus', async () => {
    assert.ok(asked.length > 60, `only ${asked.length} ways to ask`)
    const first = await answers(silent)
    for (const place of ['above', 'sister', 'foreign'] as const) await plantMore(world, place)
    const second = await answers(silent)
    assert.deepEqual(changed(first, second), [])
    await plantMore(world, 'below')
    const third = await answers(silent)
    const noticed = changed(second, third)
    assert.deepEqual(
      noticed.filter((key) => !reads(whoOf(key), 'below')),
      [],
    )
    const ownOnly = /scope=own| \/(notices|approvals|imports|saved-views|rules|courts|audit)/
    assert.deepEqual(
      // Counts tell each court also together with those below it.
      noticed.filter((key) => ownOnly.test(key) && !key.includes('/counts')),
      [],
      'nor in what is asked of the own court alone',
    )
    assert.ok(
      noticed.some((key) => key.startsWith('president /cases')),
      'whoever oversees it sees it',
    )
    await plantMore(world, 'own')
    const own = changed(third, await answers(silent))
    for (const path of ['/cases?scope=own', '/supervision-orders', '/me', '/notices', '/workbench', '/backlog']) {
      assert.ok(
        own.some((key) => key.includes(` ${path}`)),
        `${path} shows what is done in the own court`,
      )
    }
    assert.ok(count > 2_000, `only ${count} requests`)
  })

  await t.test('exports', async () => {
    const first = await answers(recorded)
    for (const place of ['above', 'sister', 'foreign', 'below'] as const) await plantMore(world, place)
    const exports = changed(first, await answers(recorded)).filter((key) => key.includes('export?'))
    assert.deepEqual(
      exports.filter((key) => !key.includes('xlsx')),
      [],
      'an export holds the own court alone',
    )
  })

  await t.test(
    'a foreign thing answers like none under the own court’s nested id and under any If-None-Match',
    async () => {
      for (const [kind, id, attachment] of [
        ['cases', 'caseId', 'caseAttachmentId'],
        ['supervision-orders', 'orderId', 'orderAttachmentId'],
        ['service-tasks', 'serviceId', 'serviceAttachmentId'],
        ['offline-inquiries', 'inquiryId', 'inquiryAttachmentId'],
        ['asset-clues', 'clueId', 'clueAttachmentId'],
        ['investigation-applications', 'applicationId', 'applicationAttachmentId'],
      ] as const) {
        for (const someone of ['president', 'team.clerk', 'finance', 'administrator.audit'] as const) {
          const client = world.people.get(someone) as Client
          for (const headers of HEADERS) {
            const ask = async (thing: string, paper: string) => {
              const address = `/${kind}/${thing}`
              const replies = [
                await client.send('GET', address, undefined, { headers }),
                await client.send('GET', `${address}/attachments/${paper}`, undefined, { headers }),
              ]
              return replies.map(faceOf)
            }
            const { own, none } = world.at
            const nothing = await ask(none[id], own[attachment])
            for (const place of ['above', 'sister', 'foreign'] as const) {
              const there = world.at[place]
              assert.deepEqual(await ask(there[id], own[attachment]), nothing, `${someone} ${kind} ${place}`)
              assert.deepEqual(await ask(there[id], there[attachment]), nothing, `${someone} ${kind} ${place}`)
            }
          }
        }
      }
    },
  )
})

/** One more case, order, approval, overdue clock, notice to every role and account in a court. */
async function plantMore(world: World, place: Place): Promise<void> {
  const { server, at } = world
  const there = at[place]
  await plantMatters(server, place, { ...there, ...(await plantCase(server, place, there)) })
  await plantOrder(server, place, there)
  const words = place === 'own' ? '新的通知' : markOf(place, 'private')
  const notice = { court_id: there.courtId, at: '2021-09-02T09:00:00+08:00', title: words, body: words }
  for (const role of SOMEBODY.filter((one) => one !== 'nobody'))
    await put(server, 'outbox', { ...notice, to_role: role })
}
