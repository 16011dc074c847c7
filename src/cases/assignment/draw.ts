import { createHash } from 'node:crypto'
import type { On } from '#kernel/time/time.ts'
import { type Claim, type Judge, reasonsAgainst, specialismsFor, type Team, teamFor } from './eligibility.ts'

// 随机分案: among those who may take a case, whoever has least in hand; among equals, by lot. Pure: the seed comes from
// outside, and what a draw was made from is enough to make it again.

export interface Candidate {
  id: string
  name: string
  team: Team | null
  /** Cases in hand by kind. */
  open: Readonly<Record<string, number>>
  /** Why not; empty for whoever may. */
  reasons: readonly string[]
}

/** All that an assignment was drawn from, as it is stored. */
export interface DrawnFrom {
  on: On
  track: string | null
  /** Specialisms that the case asked for. */
  specialisms: readonly string[]
  /** By kind of case, in hundredths; a kind that is not named weighs 100. */
  weights: Readonly<Record<string, number>>
  candidates: readonly Candidate[]
  seed: string
}

export interface Drawn {
  /** In hundredths of a case, by judge. */
  loads: Readonly<Record<string, number>>
  /** Those among whom the lot fell, by id. */
  least: readonly string[]
  /** The judge; null where nobody may. */
  judgeId: string | null
}

export const PLAIN_WEIGHT = 100

/** Every judge of the court as a candidate for the case, by id: the order in which they came says nothing. */
export function candidatesFor(claim: Claim, judges: readonly Judge[], on: On) {
  const specialisms = specialismsFor(
    claim,
    judges.flatMap((judge) => judge.specialisms),
  )
  const candidates = judges.map(
    (judge): Candidate => ({
      id: judge.id,
      name: judge.name,
      team: teamFor(judge, claim),
      open: judge.open,
      reasons: reasonsAgainst(judge, claim, on, specialisms),
    }),
  )
  return { specialisms, candidates: candidates.toSorted((one, other) => (one.id < other.id ? -1 : 1)) }
}

/** Draws, or draws again: the same input gives the same judge. */
export function draw({ weights, candidates, seed }: Pick<DrawnFrom, 'weights' | 'candidates' | 'seed'>): Drawn {
  const loads = Object.fromEntries(candidates.map(({ id, open }) => [id, loadOf(open, weights)]))
  const eligible = candidates.filter(({ reasons }) => reasons.length === 0).map(({ id }) => id)
  const lowest = Math.min(...eligible.map((id) => loads[id] as number))
  const least = eligible.filter((id) => loads[id] === lowest).sort()
  return { loads, least, judgeId: least[lot(seed, least.length)] ?? null }
}

/** Cases in hand, each with the weight of its kind, in hundredths of a case. */
export function loadOf(open: Readonly<Record<string, number>>, weights: Readonly<Record<string, number>>): number {
  return Object.entries(open).reduce((sum, [kind, n]) => sum + n * (weights[kind] ?? PLAIN_WEIGHT), 0)
}

const SPAN = 2 ** 48

/** A number below `n` from a seed, each with the same chance: what would favour the first ones is drawn again. */
function lot(seed: string, n: number): number {
  if (n === 0) return 0
  const fair = SPAN - (SPAN % n)
  for (let turn = 0; ; turn += 1) {
    const value = createHash('sm3').update(`${seed}:${turn}`).digest().readUIntBE(0, 6)
    if (value < fair) return value % n
  }
}
