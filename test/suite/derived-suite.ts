import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { chaptersWith } from '#app'
import { ROLE_NAMES } from '#kernel/authorisation/roles.ts'
import { type Kind, statesOf, whosOf } from '#kernel/matter/matter.ts'
import { addDays, endOfDay, startOfDay } from '#kernel/time/time.ts'
import { REMINDER_MINUTE } from '#rules/reminders.ts'
import { startTestServer, type TestServer } from '#test/harness.ts'
import { membersOf } from './cast.ts'
import { COURT, Driver, type Overrides } from './driver.ts'
import { type Opening, openingsOf, pathsOf } from './paths.ts'

// The suite that every kind gets from its declaration: state × action × role over HTTP, each clock at its boundary and
// across a holiday, each refusal, and the replay of every log. Nothing here knows the kind by name.

/** The last day of a month, too. */
const BEFORE_ALL_RULES = '1900-01-31'

export interface SuiteOptions {
  /** Openings that hold together where the simplest answers don't. */
  openings?: (driver: Driver) => Promise<Opening[]>
  answers?: Overrides
}

export function derivedSuite(kind: Kind, options: SuiteOptions = {}): void {
  describe(`${kind.title}（${kind.id}）`, () => {
    test('state × action × role: abilities and refusals as declared', async (t) => {
      const server = await startTestServer(t, { kinds: extra(kind) })
      const driver = new Driver(server, kind, options.answers)
      const paths = pathsOf(kind, await openings(driver, options))
      for (const state of Object.keys(kind.states)) assert.ok(paths.has(state), `${state} is reached by nobody`)
      for (const [state, path] of paths) {
        const thing = await driver.walk(path)
        assert.equal(thing.state, state)
        await everyRole(server, kind, thing)
      }
    })

    for (const [name, clock] of Object.entries(kind.clocks ?? {})) {
      test(`clock ${clock.label}: runs on the due day, overdue the second after, told once`, async (t) => {
        const server = await startTestServer(t, { kinds: extra(kind) })
        await clockAtItsBoundary(new Driver(server, kind, options.answers), name, options)
      })
    }

    test('refusals: unknown field, missing answer, missing paper, stale version, and nothing is changed', async (t) => {
      const server = await startTestServer(t, { kinds: extra(kind) })
      await refusals(new Driver(server, kind, options.answers), options)
    })

    test('replay: every log folds to the state that is stored', async (t) => {
      const server = await startTestServer(t, { kinds: extra(kind) })
      const driver = new Driver(server, kind, options.answers)
      for (const path of pathsOf(kind, await openings(driver, options)).values()) await driver.walk(path)
      await replay(server, kind)
    })
  })
}

/** A kind of the chapters is there already; a dropped-in one is given to the server. */
function extra(kind: Kind): Kind[] {
  return chaptersWith().some((chapter) => chapter.kinds.includes(kind)) ? [] : [kind]
}

async function openings(driver: Driver, options: SuiteOptions): Promise<Opening[]> {
  if (options.openings) return options.openings(driver)
  return openingsOf(driver.kind, (await driver.answersFor(driver.kind.fields)) as Opening)
}

interface Seen {
  id: string
  state: string
  version: number
}

async function everyRole(server: TestServer, kind: Kind, thing: Seen): Promise<void> {
  const [held] = await server.sql<{ teamId: string | null }>(
    `select holder_team_id as "teamId" from "${kind.table}" where id = $1`,
    [thing.id],
  )
  const teamId = held?.teamId ?? null
  for (const role of ROLE_NAMES) {
    const members = await membersOf(server, COURT, role)
    // Somebody of the team that holds it, where it has one.
    const member = members.find((one) => one.teamId === teamId) ?? members[0]
    if (!member) throw new Error(`the cast has nobody as ${role}`)
    const roles = await rolesOf(server, member.personId)
    const client = await server.as(member.username)
    const view = await client.get(`/${kind.path}/${thing.id}`)
    const isOutside = role.startsWith('team.') && teamId !== null && member.teamId !== teamId
    const reads = roles.some((one) => kind.readers.includes(one as never))
    assert.equal(view.status, reads ? 200 : 404, `${role} reading ${kind.id} in ${thing.state}`)
    for (const [name, action] of Object.entries(kind.actions)) {
      const whos = whosOf(action.by)
      if (whos.every((who) => who === 'system')) continue
      if (whos.some((who) => who === 'holder' || who === 'opener' || who.includes(':'))) continue
      const may = whos.some((who) => roles.includes(who)) && reads && !isOutside
      const offered = view.body?.abilities?.some((one: { name: string }) => one.name === name) ?? false
      const inState = action.from.includes(thing.state)
      if (offered) assert.ok(may && inState, `${role} is offered ${name} in ${thing.state}`)
      if (may && inState && !action.when) assert.ok(offered, `${role} is not offered ${name} in ${thing.state}`)
      if (may && inState) continue
      const tried = await client.post(`/${kind.path}/${thing.id}/${name}`, { version: thing.version })
      const wanted = reads ? (may ? 409 : 403) : 404
      assert.equal(tried.status, wanted, `${role} doing ${name} in ${thing.state}: ${tried.text}`)
    }
  }
}

async function rolesOf(server: TestServer, personId: string): Promise<string[]> {
  const rows = await server.sql<{ role: string }>('select role from post where person_id = $1 and to_on is null', [
    personId,
  ])
  return rows.map((row) => row.role)
}

async function clockAtItsBoundary(driver: Driver, name: string, options: SuiteOptions): Promise<void> {
  const { server, kind } = driver
  const all = await openings(driver, options)
  const clock = kind.clocks?.[name]
  if (!clock) throw new Error(`no clock ${name}`)
  const path = statesOf(clock.while)
    .map((state) => pathsOf(kind, all).get(state))
    .find((one) => one !== undefined)
  assert.ok(path, `no way into ${String(clock.while)}`)
  const thing = await driver.walk(path)
  const running = thing.clocks.find(
    (one: { name: string; doneOn: unknown }) => one.name === clock.label && one.doneOn === null,
  )
  assert.ok(running, `${clock.label} does not run in ${thing.state}`)
  const dueOn = running.due.dueOn as string
  if (clock.actsOn === 'due') return actsInTheMorning(server, kind, thing, dueOn)
  // The cast begins the day before the National Day holiday of 2021: nothing may fall due on 1–7 October.
  assert.ok(dueOn > '2021-10-07' || dueOn <= '2021-09-30', `${clock.label} falls due in the holiday, on ${dueOn}`)
  server.time.travelTo(new Date(endOfDay(dueOn).getTime() - 1_000).toISOString())
  await server.app.worker.sweep()
  assert.equal(await stateOf(server, kind, thing.id, running.id), 'running')
  server.time.travelTo(endOfDay(dueOn).toISOString())
  await server.app.worker.sweep()
  await server.app.worker.sweep()
  // The end of a term is awaited: it is met by it.
  assert.equal(await stateOf(server, kind, thing.id, running.id), clock.term ? 'met' : 'overdue')
  const told = await server.sql<{ n: string }>(
    `select count(*) as n from outbox where thing_id = $1 and to_role = $2 and title like $3`,
    [thing.id, clock.overdue, `${clock.label}${clock.term ? '已届满' : '已超期'}%`],
  )
  assert.equal(Number(told[0]?.n), 1, `${clock.overdue} is told once`)
  server.time.travelTo(endOfDay(addDays(dueOn, 3)).toISOString())
  await server.app.worker.sweep()
  const rungs = await server.sql(`select rung from clock_rung where clock_id = $1 and rung = 'overdue'`, [running.id])
  assert.equal(rungs.length, 1)
}

/** What is not done before the last day is done in its morning, whatever way the day lies before or behind. */
async function actsInTheMorning(server: TestServer, kind: Kind, thing: Seen, dueOn: string): Promise<void> {
  const morning = startOfDay(dueOn).getTime() + REMINDER_MINUTE * 60_000
  const stored = async () => (await server.sql(`select state from "${kind.table}" where id = $1`, [thing.id]))[0]?.state
  if (morning > server.time.now().getTime()) {
    server.time.travelTo(new Date(morning - 1_000).toISOString())
    await server.app.worker.sweep()
    assert.equal(await stored(), thing.state)
    server.time.travelTo(new Date(morning).toISOString())
  }
  await server.app.worker.sweep()
  assert.notEqual(await stored(), thing.state)
}

async function stateOf(server: TestServer, kind: Kind, id: string, clockId: string): Promise<string> {
  const [member] = await membersOf(server, COURT, 'centre.clerk')
  const client = await server.as(member?.username ?? '')
  const thing = await client.read(`/${kind.path}/${id}`)
  return thing.clocks.find((one: { id: string }) => one.id === clockId).state
}

async function refusals(driver: Driver, options: SuiteOptions): Promise<void> {
  const { server, kind } = driver
  const all = await openings(driver, options)
  const opener = await server.as(await driver.actorFor({ by: kind.opens.by }))
  const base = all[0] as Opening
  const unknown = await opener.post(`/${kind.path}`, { ...base, nobody: 1 })
  assert.equal(unknown.status, 400)
  assert.equal(unknown.body.fields[0].path, 'nobody')
  const needed = Object.entries(kind.fields).find(([, field]) => field.required)?.[0] as string
  const { [needed]: _, ...short } = base
  const missing = await opener.post(`/${kind.path}`, short)
  assert.equal(missing.status, 400)
  assert.equal(missing.body.fields[0].path, needed)
  const before = await server.sql(`select count(*) as n from "${kind.table}"`)
  for (const from of Object.values(kind.clocks ?? {}).flatMap((clock) => clock.from ?? [])) {
    if (!(from in base)) continue
    const early = await opener.post(`/${kind.path}`, { ...base, [from]: BEFORE_ALL_RULES })
    assert.equal(early.body.fields?.[0].path, from, early.text)
  }
  for (const bad of ['\u0000', '\ud800']) {
    const text = JSON.stringify({ ...base, [needed]: 'x' }).replace('"x"', JSON.stringify(bad))
    assert.equal((await opener.send('POST', `/${kind.path}`, text)).status, 400)
  }
  assert.deepEqual(await server.sql(`select count(*) as n from "${kind.table}"`), before)
  for (const [name, action] of Object.entries(kind.actions)) await refusalsOf(driver, kind, name, action, all)
}

async function refusalsOf(
  driver: Driver,
  kind: Kind,
  name: string,
  action: Kind['actions'][string],
  all: Opening[],
): Promise<void> {
  const whos = whosOf(action.by)
  if (whos.every((who) => who === 'system')) return
  const fitting = all.filter((opening) => !action.when || action.when.test(opening))
  const path = action.from.map((state) => pathsOf(kind, fitting).get(state)).find((one) => one !== undefined)
  assert.ok(path, `no way to ${name}`)
  const thing = await driver.walk(path)
  const client = await driver.server.as(await driver.actorFor(action, thing.id))
  const answers = await driver.answersOf(name)
  const url = `/${kind.path}/${thing.id}/${name}`
  if (action.needs && action.needs.length > 0) {
    const without = await client.post(url, { ...answers, version: thing.version })
    assert.equal(without.body.code, 'act.documents-missing', `${name} without its papers`)
  }
  const stale = await client.post(url, { ...answers, version: thing.version - 1 })
  assert.equal(stale.body.code, 'thing.stale', `${name} on an old version`)
  const extraField = await client.post(url, { ...answers, version: thing.version, nobody: 1 })
  if (!action.needs) assert.equal(extraField.status, 400, `${name} with an unknown field`)
  const now = await client.read(`/${kind.path}/${thing.id}`)
  assert.equal(now.state, thing.state)
  assert.equal(now.version, thing.version)
}

async function replay(server: TestServer, kind: Kind): Promise<void> {
  const things = await server.sql<{ id: string; state: string }>(`select id, state from "${kind.table}"`)
  assert.ok(things.length >= Object.keys(kind.states).length)
  for (const thing of things) {
    const log = await server.sql<{ seq: number; action: string; from_state: string | null; to_state: string }>(
      'select seq, action, from_state, to_state from act_log where thing_id = $1 order by seq',
      [thing.id],
    )
    let state: string | null = null
    log.forEach((entry, index) => {
      assert.equal(entry.seq, index + 1)
      if (index > 0) assert.equal(entry.from_state, state, `${entry.action} starts where the last one ended`)
      const declared = kind.actions[entry.action]
      if (declared) assert.equal(entry.to_state, declared.to ?? state)
      state = entry.to_state
    })
    assert.equal(state, thing.state)
  }
}
