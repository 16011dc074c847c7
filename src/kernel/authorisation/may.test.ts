import assert from 'node:assert/strict'
import { test } from 'node:test'
import {
  type Actor,
  type Governed,
  holdsRole,
  mayAct,
  mayRead,
  type PersonActor,
  personIdOf,
  seesBelow,
  type Who,
} from './may.ts'
import { BUSINESS_ROLES, CENTRE_ROLES, OVERSEEING_ROLES, ROLE_NAMES, type Role } from './roles.ts'

// Every answer over a small world whole: one court with two teams, one court below it, one that is no concern of it.
// What is expected is computed the other way round: from the actor to all that he may call himself towards a thing.

const [HOME, BELOW, FOREIGN] = [1, 2, 3]
const ME = 'me'

const person = (role: Role | null, teamId: string | null, seesTheCourtBelow: boolean): PersonActor => ({
  kind: 'person',
  personId: ME,
  naturalId: 'n',
  accountId: 'a',
  name: '某',
  courtId: HOME,
  courtIds: seesTheCourtBelow ? [HOME, BELOW] : [HOME],
  posts: role ? [{ role, teamId }] : [],
  deputises: [],
})

const SYSTEM: Actor = { kind: 'system', name: '系统', courtId: HOME, courtIds: [HOME] }

const ACTORS: Actor[] = [
  SYSTEM,
  person(null, null, false),
  ...ROLE_NAMES.flatMap((role) =>
    [null, 'A', 'B'].flatMap((team) => [false, true].map((below) => person(role, team, below))),
  ),
]

const THINGS: Governed[] = [HOME, BELOW, FOREIGN].flatMap((courtId) =>
  [undefined, HOME, BELOW].flatMap((counterpartCourtId) =>
    [undefined, ME, 'other'].flatMap((openerId) =>
      [null, ME, 'other'].flatMap((holderId) =>
        [null, 'A'].map((holderTeamId) => ({ courtId, counterpartCourtId, openerId, holderId, holderTeamId })),
      ),
    ),
  ),
)

const WHOS: Who[] = [
  'system',
  'opener',
  'holder',
  ...ROLE_NAMES.flatMap((role): Who[] => [role, `counterpart:${role}`, `superior:${role}`]),
]

/** All that an actor may call himself towards a thing. */
function callsHimself(actor: Actor, thing: Governed): Set<Who> {
  if (actor.kind === 'system') return new Set(['system'])
  const names = new Set<Who>()
  const isHome = thing.courtId === HOME
  const isCounterpart = thing.counterpartCourtId === HOME
  for (const { role, teamId } of actor.posts) {
    const isKeptOut = role.startsWith('team.') && thing.holderTeamId === 'A' && teamId !== 'A'
    if (isHome && !isKeptOut) names.add(role)
    if (isCounterpart && !isKeptOut) names.add(`counterpart:${role}`)
    if (thing.courtId === BELOW && actor.courtIds.length === 2) names.add(`superior:${role}`)
  }
  if (isHome && thing.openerId === ME) names.add('opener')
  const inTeam = isHome && actor.posts.some(({ teamId }) => teamId === 'A')
  const inCentre = isCounterpart && actor.posts.some(({ role }) => /^(director|centre\.(head|clerk))$/.test(role))
  const named = thing.holderId ? thing.holderId === ME : thing.holderTeamId ? inTeam : inCentre
  if (named) names.add('holder')
  return names
}

test('who may act: each role at each place, holder, opener and system, over every thing of a small world', () => {
  let allowed = 0
  for (const actor of ACTORS) {
    for (const thing of THINGS) {
      const names = callsHimself(actor, thing)
      for (const who of WHOS) {
        const expected = names.has(who)
        if (mayAct(actor, [who], thing) !== expected) {
          assert.fail(`${who} should ${expected ? '' : 'not '}fit ${JSON.stringify({ actor, thing })}`)
        }
        if (expected) allowed += 1
      }
      assert.equal(mayAct(actor, WHOS, thing), names.size > 0)
      assert.equal(mayAct(actor, [], thing), false)
    }
  }
  assert.ok(allowed > 10_000, String(allowed))
})

test('who may read: home, below for those who oversee, shared for the centre of the counterpart', () => {
  const readers: readonly (readonly Role[])[] = [BUSINESS_ROLES, ['team.judge', 'director'], ['finance'], []]
  for (const actor of ACTORS) {
    for (const thing of THINGS) {
      for (const some of readers) {
        for (const shared of [false, true]) {
          const has = (roles: readonly Role[]) =>
            actor.kind === 'person' && actor.posts.some(({ role }) => roles.some((one) => one === role))
          const reads =
            actor.kind === 'system'
              ? thing.courtId === HOME
              : thing.courtId === HOME
                ? has(some)
                : thing.courtId === BELOW && actor.courtIds.length === 2
                  ? has(some.filter((role) => OVERSEEING_ROLES.some((one) => one === role)))
                  : shared && thing.counterpartCourtId === HOME && has(CENTRE_ROLES)
          if (mayRead(actor, some, thing, shared) !== reads) {
            assert.fail(`${reads ? 'should' : 'should not'} read: ${JSON.stringify({ actor, thing, some, shared })}`)
          }
        }
      }
    }
  }
})

test('a person with two posts may do what either may, and no more', () => {
  const both: PersonActor = { ...person('finance', null, false), posts: [] }
  const posts = [
    { role: 'finance', teamId: null },
    { role: 'team.judge', teamId: 'B' },
  ] as const
  const two = { ...both, posts }
  const thing = { courtId: HOME, holderTeamId: 'A' }
  assert.equal(mayAct(two, ['finance'], thing), true)
  assert.equal(mayAct(two, ['team.judge'], thing), false, 'the other team’s')
  assert.equal(mayAct(two, ['team.judge', 'finance'], thing), true)
  assert.equal(mayAct(two, ['team.judge'], { courtId: HOME, holderTeamId: 'B' }), true)
  assert.equal(holdsRole(two, ['team.judge']), true)
  assert.equal(holdsRole(two, ['team.clerk', 'finance']), true)
  assert.equal(holdsRole(two, ['team.clerk']), false)
  assert.equal(holdsRole(two, []), false)
  assert.equal(holdsRole(SYSTEM, ROLE_NAMES), false)
})

test('a column that holds a person holds nobody where the system acted', () => {
  assert.equal(personIdOf(person(null, null, false)), ME)
  assert.equal(personIdOf(SYSTEM), null)
})

test('posts see below where one of them oversees', () => {
  assert.equal(seesBelow([]), false)
  for (const role of ROLE_NAMES) {
    const oversees = OVERSEEING_ROLES.includes(role)
    assert.equal(seesBelow([{ role }]), oversees, role)
    assert.equal(seesBelow([{ role: 'finance' }, { role }]), oversees, role)
  }
})
