import { z } from 'zod'
import { mayAct, type Who } from '#kernel/authorisation/may.ts'
import { sql } from '#kernel/database/sql.ts'
import type { Call } from '#kernel/http/route.ts'
import type { Thing } from '#kernel/matter/matter.ts'
import { problem } from '#kernel/problem/problem.ts'
import { startOfDay } from '#kernel/time/time.ts'
import { enforcementCase } from './case.ts'
import { partiesOf } from './case-parties.ts'

// 查看完整证件号码: one party of one case, for a stated purpose, by whom the case's handling needs it (个人信息保护法第六条
// 最小必要). The number goes into the answer alone: not into the log, nor into what is stored for a repeated request.

const MAY_UNMASK: readonly Who[] = [
  'holder',
  'team.head',
  'team.judge',
  'team.assistant',
  'team.clerk',
  'centre.clerk',
  'centre.inquiry-operator',
]

/**
 * 本院设定（2021-09-30起）: how many parties one person may unmask in a day, and how often search by a certificate: what
 * a masked number hides could be found out by trying.
 */
const MOST_PER_DAY = {
  'case.unmask': { most: 50, refusal: 'case.unmask-quota' },
  'case.searchCertificate': { most: 200, refusal: 'case.search-quota' },
} as const

export const unmaskBody = z.strictObject({
  /** The party's place in the case, counted from 1. */
  party: z.int().min(1).max(1000),
  purpose: z.string().trim().min(2, '请写明查看用途').max(200),
})

export const unmaskReply = z.object({
  name: z.string(),
  certificates: z.array(z.object({ type: z.string(), fullNumber: z.string().optional(), valid: z.boolean() })),
})

/** The full numbers of one party, recorded with the purpose. `thing` is a case that the caller may read. */
export async function unmaskParty(
  call: Call<unknown, unknown, z.infer<typeof unmaskBody>>,
  thing: Thing,
): Promise<z.infer<typeof unmaskReply>> {
  const { tx, actor, body, audit } = call
  if (!mayAct(actor, MAY_UNMASK, thing)) throw problem('access.denied')
  await takeQuota(call, 'case.unmask')
  const party = (await partiesOf(tx, thing))[body.party - 1]
  if (!party) {
    throw problem('request.invalid', {}, { fields: [{ path: 'party', message: '没有这名当事人' }] })
  }
  audit.push({
    verb: 'case.unmask',
    thing: { kind: enforcementCase.id, id: thing.id, label: thing.number },
    summary: { 当事人: party.name, 用途: body.purpose, 证件数: party.certificates.length },
  })
  return {
    name: party.name,
    certificates: party.certificates.map(({ type, number, valid }) => ({ type, fullNumber: number, valid })),
  }
}

/** Counted in the record itself; a person's requests at the same moment wait for each other. */
export async function takeQuota(
  { tx, actor, on }: Pick<Call<unknown, unknown, unknown>, 'tx' | 'actor' | 'on'>,
  verb: keyof typeof MOST_PER_DAY,
): Promise<void> {
  const { most, refusal } = MOST_PER_DAY[verb]
  await tx.query(sql`select pg_advisory_xact_lock(hashtextextended(${`${verb} ${actor.personId}`}, 0))`)
  const { n } = await tx.one<{ n: bigint }>(sql`
    select count(*) as n from audit where court_id = ${actor.courtId} and at >= ${startOfDay(on)}
      and actor_id = ${actor.personId} and verb = ${verb}`)
  if (n >= most) throw problem(refusal, { most })
}
