import type { Role } from '#kernel/authorisation/roles.ts'
import { COURTS, type CourtSeed } from '#rules/courts.ts'
import { personName } from './invented-people.ts'
import { Random } from './random.ts'

// The courts of the province in three levels with their people. Where more courts are asked for than there are, basic
// courts of simulation (模拟) are put below the intermediate courts, under codes that no county has.

const STREAM = 1

export interface SyntheticCourt extends CourtSeed {
  line: readonly number[]
  /** How many cases it gets, in proportion to the others. */
  weight: number
  isNew: boolean
}

export interface SyntheticTeam {
  id: string
  name: string
  kind: 'fast' | 'ordinary' | 'special' | 'centralized-affairs'
}

export interface SyntheticPerson {
  id: string
  naturalId: string
  postId: string
  accountId: string
  name: string
  username: string
  role: Role
  team: SyntheticTeam | null
}

export interface StaffedCourt {
  court: SyntheticCourt
  teams: readonly SyntheticTeam[]
  people: readonly SyntheticPerson[]
}

const FIRST_SYNTHETIC = 60
const FREE_CODES = 20

/** The first `count` courts of the province: the high court, then each intermediate court with those below it. */
export function courtsOf(count: number, seed: number): SyntheticCourt[] {
  const lines = new Map<string, number[]>()
  for (const court of COURTS) lines.set(court.code, [...(lines.get(court.parent ?? '') ?? []), court.id])
  const province = COURTS.filter(({ level }) => level !== 'supreme')
  const known = province.map((court) => staffable(court, lines.get(court.code) ?? [], false, seed))
  const parents = known.filter(({ level }) => level === 'intermediate')
  const most = known.length + parents.length * FREE_CODES
  if (!Number.isInteger(count) || count < 1 || count > most) throw new RangeError(`1 to ${most} courts`)
  const more = Array.from({ length: Math.max(0, count - known.length) }, (_, index) => {
    const parent = parents[index % parents.length] as SyntheticCourt
    return syntheticBelow(parent, FIRST_SYNTHETIC + Math.floor(index / parents.length), seed)
  })
  return [...known, ...more].slice(0, count)
}

function syntheticBelow(parent: SyntheticCourt, county: number, seed: number): SyntheticCourt {
  const id = parent.id * 100 + county
  const court: CourtSeed = {
    id,
    code: `${parent.code}${county}`,
    name: `${parent.name.replace(/(市|州)?中级(人民)?法院$/, '')}模拟${county}区人民法院`,
    level: 'basic',
    parent: parent.code,
    codeChecked: false,
  }
  return staffable(court, [...parent.line, id], true, seed)
}

function staffable(court: CourtSeed, line: readonly number[], isNew: boolean, seed: number): SyntheticCourt {
  const random = new Random(seed, STREAM, court.id)
  const weight = { supreme: 0, high: 2, intermediate: 5, basic: 8 + random.whole(0, 12) }[court.level]
  return { ...court, line, weight, isNew }
}

// Names that the demonstration's own teams in the same courts do not have.
const TEAMS = {
  速执一团队: 'fast',
  普执一团队: 'ordinary',
  特执一团队: 'special',
  事务集约一团队: 'centralized-affairs',
} as const

/** Teams and people of one court, every role filled; usernames tell court and role. */
export function staffOf(court: SyntheticCourt, seed: number): StaffedCourt {
  const random = new Random(seed, STREAM, court.id, 1)
  const teams = Object.entries(TEAMS).map(([name, kind]) => ({ id: random.uuid(), name, kind }))
  const people: SyntheticPerson[] = []
  const add = (role: Role, count: number, team: SyntheticTeam | null = null) => {
    for (let left = count; left > 0; left -= 1) {
      const number = people.filter((one) => one.role === role).length + 1
      people.push({
        id: random.uuid(),
        naturalId: random.uuid(),
        postId: random.uuid(),
        accountId: random.uuid(),
        name: personName(random),
        username: `m${court.id}.${role.replace('.', '-')}${number}`,
        role,
        team,
      })
    }
  }
  add('centre.clerk', 2)
  for (const role of ['centre.head', 'director', 'president', 'vice-president', 'finance', 'trial'] as const) {
    add(role, 1)
  }
  add('filing', 2)
  for (const team of teams) {
    add('team.head', 1, team)
    add('team.judge', team.kind === 'ordinary' ? 4 : 2, team)
    add('team.clerk', 1, team)
  }
  for (const role of ['administrator.system', 'administrator.security', 'administrator.audit'] as const) add(role, 1)
  return { court, teams, people }
}

/** How many of `cases` each court gets: exactly all of them, in proportion to the weights. */
export function sharesOf(courts: readonly SyntheticCourt[], cases: number): number[] {
  const total = courts.reduce((sum, { weight }) => sum + weight, 0)
  let before = 0
  let given = 0
  return courts.map(({ weight }) => {
    before += weight
    const share = Math.round((cases * before) / total) - given
    given += share
    return share
  })
}
