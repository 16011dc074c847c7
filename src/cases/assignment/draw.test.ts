import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { type Candidate, candidatesFor, draw, loadOf } from './draw.ts'
import { type Claim, conflictsOf, type Judge, reasonsAgainst, specialismsFor, teamFor } from './eligibility.ts'

const ON = '2021-09-30'
const ORDINARY = { id: 't2', name: '普执团队', kind: 'ordinary' } as const
const FAST = { id: 't1', name: '速执团队', kind: 'fast' } as const
const AFFAIRS = { id: 't4', name: '事务集约团队', kind: 'centralized-affairs' } as const

const judge = (id: string, more: Partial<Judge> = {}): Judge => ({
  id,
  name: `法官${id}`,
  teams: [ORDINARY],
  leaves: [],
  specialisms: [],
  relations: [],
  participations: [],
  handled: [],
  open: {},
  ...more,
})

const claim = (more: Partial<Claim> = {}): Claim => ({
  kind: '首次执行',
  cause: '金融借款合同纠纷',
  track: null,
  number: '（2021）吉0193执1号',
  basisNumber: '（2020）吉0193民初5号',
  people: [{ is: '被执行人', name: '张三', plainName: '张三' }],
  holderId: null,
  ...more,
})

const seedOf = (n: number) => `seed-${n}`

/** Gives so many equal cases one after another, and counts. */
function give(judges: readonly Judge[], cases: number, weights: Record<string, number> = {}): Map<string, number> {
  const open = new Map(judges.map(({ id, open: before }) => [id, { ...before }]))
  const given = new Map<string, number>()
  for (let at = 0; at < cases; at += 1) {
    const now = judges.map((one) => ({ ...one, open: open.get(one.id) ?? {} }))
    const { candidates } = candidatesFor(claim(), now, ON)
    const { judgeId } = draw({ weights, candidates, seed: seedOf(at) })
    assert.ok(judgeId)
    const own = open.get(judgeId) as Record<string, number>
    own.首次执行 = (own.首次执行 ?? 0) + 1
    given.set(judgeId, (given.get(judgeId) ?? 0) + 1)
  }
  return given
}

test('10,000 equal cases leave no eligible judge more than 5 % off the mean', () => {
  const judges = Array.from({ length: 23 }, (_, at) => judge(`j${at}`))
  const away = judge('away', { leaves: [{ fromOn: '2021-09-01', toOn: '2021-10-31', reason: '产假' }] })
  const given = give([...judges, away], 10_000)
  const mean = 10_000 / judges.length
  for (const { id } of judges) {
    const off = Math.abs((given.get(id) ?? 0) - mean) / mean
    assert.ok(off <= 0.05, `${id} has ${given.get(id)}, the mean is ${mean}`)
  }
  assert.equal(given.get('away'), undefined)
})

test('whoever begins with more is left out until the others have caught up; weights count', () => {
  const judges = [judge('a', { open: { 恢复执行: 30 } }), judge('b'), judge('c')]
  const given = give(judges, 60, { 恢复执行: 50 })
  assert.deepEqual(
    ['a', 'b', 'c'].map((id) => given.get(id)),
    [10, 25, 25],
    '30 half cases and 10 are 25',
  )
})

test('the lot among equals favours nobody, and no seed is the same for all sizes', () => {
  const n = 7
  const candidates = Array.from({ length: n }, (_, at): Candidate => {
    return { id: `j${at}`, name: '', team: ORDINARY, open: {}, reasons: [] }
  })
  const hits = new Map<string, number>()
  for (let at = 0; at < 14_000; at += 1) {
    const { judgeId } = draw({ weights: {}, candidates, seed: seedOf(at) })
    hits.set(String(judgeId), (hits.get(String(judgeId)) ?? 0) + 1)
  }
  // Chi square with 6 degrees of freedom: above 22.5 once in a thousand; the seeds are fixed.
  const chi = [...hits.values()].reduce((sum, hit) => sum + (hit - 2_000) ** 2 / 2_000, 0)
  assert.equal(hits.size, n)
  assert.ok(chi < 22.5, `chi square ${chi}`)
})

const ids = fc.uniqueArray(fc.uuid(), { minLength: 1, maxLength: 12 })
const courts = ids.chain((all) =>
  fc.tuple(
    ...all.map((id) =>
      fc.record({
        id: fc.constant(id),
        team: fc.constantFrom(ORDINARY, FAST, AFFAIRS),
        n: fc.nat(4),
        related: fc.boolean(),
        away: fc.boolean(),
        expert: fc.boolean(),
      }),
    ),
  ),
)
const judgesOf = fc
  .record({ court: courts, track: fc.constantFrom(null, '简案', '普案', '特案') })
  .map(({ court, track }) => ({
    claim: claim({ track }),
    judges: court.map(({ id, team, n, related, away, expert }) =>
      judge(id, {
        teams: [team],
        open: n === 0 ? {} : { 首次执行: n },
        relations: related ? [{ plainName: '张三', reason: '系近亲属' }] : [],
        leaves: away ? [{ fromOn: ON, toOn: ON, reason: '病假' }] : [],
        specialisms: expert ? ['金融借款'] : [],
      }),
    ),
  }))

test('whoever is drawn may have the case and has least in hand; a judge with a conflict never is', () => {
  fc.assert(
    fc.property(judgesOf, fc.string(), ({ claim: one, judges }, seed) => {
      const { candidates, specialisms } = candidatesFor(one, judges, ON)
      const { judgeId } = draw({ weights: {}, candidates, seed })
      const may = judges.filter((each) => {
        const wrongTeam = each.teams.every(
          ({ kind }) => kind === 'centralized-affairs' || (one.track === '简案') !== (kind === 'fast'),
        )
        const isWrong = one.track === null ? each.teams[0] === AFFAIRS : wrongTeam || one.track === '特案'
        const lacks = specialisms.length > 0 && each.specialisms.length === 0
        return !isWrong && !lacks && each.relations.length === 0 && each.leaves.length === 0
      })
      if (may.length === 0) return judgeId === null
      const least = Math.min(...may.map(({ open }) => open.首次执行 ?? 0))
      const drawn = may.find(({ id }) => id === judgeId)
      return drawn !== undefined && (drawn.open.首次执行 ?? 0) === least
    }),
    { numRuns: 2_000, seed: 20_211 },
  )
})

test('the order in which judges come does not matter, and what is stored draws the same judge', () => {
  fc.assert(
    fc.property(judgesOf, fc.string(), fc.nat(), ({ claim: one, judges }, seed, turn) => {
      const at = turn % judges.length
      const turned = [...judges.slice(at), ...judges.slice(0, at)].toReversed()
      const first = candidatesFor(one, judges, ON)
      const other = candidatesFor(one, turned, ON)
      assert.deepEqual(other, first)
      const stored = JSON.parse(JSON.stringify({ weights: { 首次执行: 80 }, candidates: first.candidates, seed }))
      const drawn = draw({ weights: { 首次执行: 80 }, candidates: first.candidates, seed })
      assert.deepEqual(draw(stored), drawn)
      const shuffled = { ...stored, candidates: stored.candidates.toReversed() }
      assert.equal(draw(shuffled).judgeId, drawn.judgeId)
    }),
    { numRuns: 1_000, seed: 20_211 },
  )
})

test('each reason stands in words, and all that apply', () => {
  const one = judge('a', {
    teams: [AFFAIRS],
    leaves: [{ fromOn: '2021-09-28', toOn: '2021-10-08', reason: '休假' }],
    relations: [{ plainName: '张三', reason: '系近亲属' }],
    participations: [{ number: '(2020)吉0193民初5号', reason: '曾参与审判' }],
  })
  assert.deepEqual(reasonsAgainst(one, claim({ track: '简案' }), ON, ['金融借款']), [
    '所在团队不办理简案',
    '休假（2021-09-28至2021-10-08）',
    '无“金融借款”专长',
    '回避：与被执行人张三系近亲属',
    '回避：曾参与审判（(2020)吉0193民初5号）',
  ])
  assert.deepEqual(reasonsAgainst(judge('b'), claim({ holderId: 'b' }), ON, []), ['现承办人'])
  assert.deepEqual(reasonsAgainst(judge('c'), claim(), ON, []), [])
})

test('leave counts on its first and last day and on none beside', () => {
  const one = judge('a', { leaves: [{ fromOn: '2021-09-29', toOn: '2021-09-30', reason: '病假' }] })
  const present = ['2021-09-28', '2021-09-29', '2021-09-30', '2021-10-01'].map(
    (on) => reasonsAgainst(one, claim(), on, []).length === 0,
  )
  assert.deepEqual(present, [true, false, false, true])
})

test('who enforced does not review: only in cases of review', () => {
  const one = judge('a', { handled: ['（2021）吉0193执9号'] })
  assert.deepEqual(conflictsOf(one, claim()), [])
  assert.deepEqual(conflictsOf(one, claim({ kind: '执行异议' })), ['回避：曾办理（2021）吉0193执9号'])
})

test('a specialism is asked for by the kind of case or a word of its cause, and only where somebody has it', () => {
  assert.deepEqual(specialismsFor(claim(), ['金融借款', '财产保全执行', '金融借款']), ['金融借款'])
  assert.deepEqual(specialismsFor(claim({ kind: '财产保全执行', cause: null }), ['金融借款', '财产保全执行']), [
    '财产保全执行',
  ])
  assert.deepEqual(specialismsFor(claim(), []), [])
})

test('a judge of two teams takes the case in the one that handles it', () => {
  const one = { teams: [ORDINARY, FAST] }
  assert.equal(teamFor(one, { track: '简案' })?.id, 't1')
  assert.equal(teamFor(one, { track: '普案' })?.id, 't2')
  assert.equal(teamFor(one, { track: '特案' }), null)
})

test('a load is the sum of cases by weight, one where none is set', () => {
  assert.equal(loadOf({ 首次执行: 3, 恢复执行: 2 }, { 恢复执行: 50 }), 400)
  assert.equal(loadOf({}, {}), 0)
})

test('nobody who may: nobody is drawn', () => {
  const { candidates } = candidatesFor(claim(), [judge('a', { teams: [AFFAIRS] })], ON)
  assert.equal(draw({ weights: {}, candidates, seed: 'x' }).judgeId, null)
  assert.equal(draw({ weights: {}, candidates: [], seed: 'x' }).judgeId, null)
})
