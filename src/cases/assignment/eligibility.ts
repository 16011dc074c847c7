import { plainName } from '#cases/case/name-grams.ts'
import { type Track, teamKindOf } from '#cases/triage/track.ts'
import type { TeamKind } from '#kernel/organisation/team-kinds.ts'
import type { On } from '#kernel/time/time.ts'

// Who may be given a case (第八条、第十条): pure. Every judge of the court is asked, and whoever is left out is left out for
// reasons that stand in the record of the assignment.

export interface Team {
  id: string
  name: string
  kind: TeamKind
}

/** What an assignment needs to know of a case. */
export interface Claim {
  kind: string
  cause: string | null
  /** 繁简分流's word for it; null where it has not been sorted. */
  track: Track | null
  number: string
  basisNumber: string | null
  /** Parties, their agents and legal representatives, each with the word for what they are and their plain name. */
  people: readonly { is: string; name: string; plainName: string }[]
  /** Whose hand it is to leave. */
  holderId: string | null
}

/** A judge with what stands for and against him on the day. */
export interface Judge {
  id: string
  name: string
  teams: readonly Team[]
  leaves: readonly { fromOn: On; toOn: On; reason: string }[]
  specialisms: readonly string[]
  relations: readonly { plainName: string; reason: string }[]
  /** Numbers of cases or of bases of enforcement in which he declares to have had a part. */
  participations: readonly { number: string; reason: string }[]
  /** Cases under review, or on the same basis of enforcement, that he handles, handled or acted in. */
  handled: readonly string[]
  /** Cases in hand by kind. */
  open: Readonly<Record<string, number>>
}

const ENFORCING: readonly TeamKind[] = ['fast', 'ordinary', 'special']

/** What is reviewed by others than those who enforced (异议复议规定第十一条). */
const REVIEWS = ['执行异议', '执行复议', '执行监督']
export const isReview = (kind: string) => REVIEWS.includes(kind)

/** The kinds of team to which a case may go: that of its track, or any that enforces where it has none. */
export function teamKindsFor(track: Track | null): readonly TeamKind[] {
  const kind = teamKindOf(track)
  return kind ? [kind] : ENFORCING
}

/** The team in which a judge would take the case; null where none of his teams handles it. */
export function teamFor(judge: Pick<Judge, 'teams'>, claim: Pick<Claim, 'track'>): Team | null {
  const fitting = judge.teams.filter(({ kind }) => teamKindsFor(claim.track).includes(kind))
  return fitting.toSorted((one, other) => (one.id < other.id ? -1 : 1))[0] ?? null
}

/** Which of the specialisms that judges of the court hold a case asks for: by its kind, or by a word of its cause. */
export function specialismsFor(claim: Pick<Claim, 'kind' | 'cause'>, known: Iterable<string>): string[] {
  const asked = [...new Set(known)].filter((one) => one === claim.kind || (claim.cause ?? '').includes(one))
  return asked.sort()
}

/** Why a judge may not be given the case, in words; empty where he may. */
export function reasonsAgainst(judge: Judge, claim: Claim, on: On, asked: readonly string[]): string[] {
  const away = judge.leaves.filter(({ fromOn, toOn }) => fromOn <= on && on <= toOn)
  return [
    ...(judge.id === claim.holderId ? ['现承办人'] : []),
    ...(teamFor(judge, claim) ? [] : [`所在团队不办理${claim.track ?? '执行实施案件'}`]),
    ...away.map(({ fromOn, toOn, reason }) => `${reason}（${fromOn}至${toOn}）`),
    ...asked.filter((one) => !judge.specialisms.includes(one)).map((one) => `无“${one}”专长`),
    ...conflictsOf(judge, claim),
  ]
}

/** 回避: what keeps a judge from the case whoever would give it to him. */
export function conflictsOf(
  judge: Pick<Judge, 'relations' | 'participations' | 'handled'>,
  claim: Pick<Claim, 'kind' | 'number' | 'basisNumber' | 'people'>,
): string[] {
  const related = claim.people.flatMap(({ is, name, plainName }) =>
    judge.relations
      .filter((relation) => relation.plainName === plainName)
      .map(({ reason }) => `回避：与${is}${name}${reason}`),
  )
  const numbers = [claim.number, claim.basisNumber ?? ''].map(plainName)
  const took = judge.participations
    .filter(({ number }) => numbers.includes(plainName(number)))
    .map(({ number, reason }) => `回避：${reason}（${number}）`)
  const enforced = isReview(claim.kind) ? judge.handled.map((number) => `回避：曾办理${number}`) : []
  return [...new Set([...related, ...took, ...enforced])]
}
