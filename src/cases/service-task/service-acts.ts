import { sql } from '#kernel/database/sql.ts'
import type { Acting } from '#kernel/matter/acting.ts'
import { saveThing } from '#kernel/matter/store.ts'
import { fieldProblem, type Problem, problem } from '#kernel/problem/problem.ts'
import type { On } from '#kernel/time/time.ts'
import { PUBLIC_NOTICE } from '#rules/service-ways.ts'
import { attemptsOf, freshProofs, recordEnd, recordSent } from './attempts.ts'
import { feedCase } from './case-feed.ts'
import { endExclusion, excludeNotice, lastDayOf } from './notice-exclusion.ts'
import { awaitedOf, wayNamed, whyNotAnnounced, whyNotSent, whyNotServed, whyOtherAwaited } from './rules.ts'

// What each act of serving writes beside its state: the attempt, and what follows in the case.

/** 登记发出: by post, to another court, into the receiver's system; its result comes later. */
export async function send(acting: Acting): Promise<void> {
  const { answers, thing } = acting
  const way = wayNamed(String(answers.way))
  const sentOn = await dayOf(acting, 'sentOn')
  refuse(whyNotSent(way, thing.values.address as string | null, answers.consent === true))
  await recordSent(acting, { way: way.way, sentOn, reference: textOf(acting, 'reference'), note: null, proofs: [] })
  await feedCase(acting, 'sent', sentOn)
}

/** 登记送达: it counts as served by what the rule says of the way. */
export async function serve(acting: Acting): Promise<void> {
  const { answers } = acting
  const [way, on] = [wayNamed(String(answers.way)), await dayOf(acting, 'servedOn')]
  const awaited = awaitedOf(await attemptsOf(acting.tx, acting.thing))
  const proofs = await freshProofs(acting, 'proof')
  if (proofs.length === 0) throw problem('service.proof')
  const witness = textOf(acting, 'witness')
  const isPictured = proofs.some(({ media_type }) => media_type.startsWith('image/'))
  const manner = String(answers.manner)
  refuse(whyNotServed({ way: way.way, manner, witness, isPictured }, awaited))
  const isSame = awaited?.way === way.way
  if (awaited && !isSame) await breakOff(acting, on, '已另行送达')
  await recordEnd(acting, way.way, isSame ? awaited : undefined, {
    outcome: 'served',
    endedOn: on,
    manner,
    takenBy: textOf(acting, 'takenBy'),
    servers: textOf(acting, 'servers'),
    witness,
    note: textOf(acting, 'note'),
    source: way.source,
    proofs: proofs.map(({ id }) => id),
  })
  await feedCase(acting, 'sent', awaited?.sentOn ?? on)
  await feedCase(acting, 'served', on)
}

/** 登记未送达: why, with what proves it; another way is next. */
export async function fail(acting: Acting): Promise<void> {
  const { answers } = acting
  const [way, on] = [String(answers.way), await dayOf(acting, 'failedOn')]
  const awaited = awaitedOf(await attemptsOf(acting.tx, acting.thing))
  refuse(whyOtherAwaited(way, awaited))
  const proofs = await freshProofs(acting, 'proof')
  if (proofs.length === 0) throw problem('service.proof')
  await recordEnd(acting, way, awaited, {
    outcome: 'failed',
    endedOn: on,
    manner: String(answers.cause),
    takenBy: null,
    servers: textOf(acting, 'servers'),
    witness: null,
    note: textOf(acting, 'note'),
    source: null,
    proofs: proofs.map(({ id }) => id),
  })
  await feedCase(acting, 'sent', awaited?.sentOn ?? on)
}

/** 公告送达, because the other ways that the rule names have failed. */
export async function announceExhausted(acting: Acting): Promise<void> {
  refuse(whyNotAnnounced(await attemptsOf(acting.tx, acting.thing)))
  await announceNotice(acting, '其他方式无法送达')
}

/** 公告送达, because nobody knows where the receiver is; a paper says so. */
export async function announceMissing(acting: Acting): Promise<void> {
  await announceNotice(acting, '下落不明')
}

/** Runs from the day on which it was last posted or printed. */
async function announceNotice(acting: Acting, ground: string): Promise<void> {
  const { answers, tx, kind, thing } = acting
  const publishedOn = await dayOf(acting, 'publishedOn')
  const proofs = await freshProofs(acting, 'untraceable', 'notice')
  await saveThing(tx, kind, thing, { way: PUBLIC_NOTICE.way })
  await recordSent(acting, {
    way: PUBLIC_NOTICE.way,
    sentOn: publishedOn,
    reference: textOf(acting, 'medium'),
    note: `${ground}：${String(answers.reason)}`,
    proofs: proofs.map(({ id }) => id),
  })
  await excludeNotice(acting, publishedOn)
  await feedCase(acting, 'sent', publishedOn)
}

/** 公告期满: taken by the clockwork on the day after the last day, which is the day of service. */
export async function expireNotice(acting: Acting): Promise<void> {
  const { tx, kind, thing, on } = acting
  const servedOn = (await lastDayOf(acting)) ?? on
  await endExclusion(acting, servedOn)
  await saveThing(tx, kind, thing, { served_on: servedOn })
  await recordEnd(acting, PUBLIC_NOTICE.way, awaitedOf(await attemptsOf(tx, thing)), {
    outcome: 'served',
    endedOn: servedOn,
    manner: PUBLIC_NOTICE.manner,
    takenBy: null,
    servers: null,
    witness: null,
    note: null,
    source: PUBLIC_NOTICE.source,
    proofs: [],
  })
  await feedCase(acting, 'served', servedOn)
}

/** 终止送达: what has gone out is waited for no more, and the others of the document may be all served by now. */
export async function stopServing(acting: Acting): Promise<void> {
  await breakOff(acting, acting.on, '终止送达')
  await feedCase(acting, 'served', null)
}

async function breakOff(acting: Acting, on: On, manner: string): Promise<void> {
  const awaited = awaitedOf(await attemptsOf(acting.tx, acting.thing))
  if (!awaited) return
  if (awaited.way === PUBLIC_NOTICE.way) await endExclusion(acting, on)
  await recordEnd(acting, awaited.way, awaited, {
    outcome: 'failed',
    endedOn: awaited.sentOn !== null && awaited.sentOn > on ? awaited.sentOn : on,
    manner,
    takenBy: null,
    servers: null,
    witness: null,
    note: null,
    source: null,
    proofs: [],
  })
}

function refuse(why: Problem | null): void {
  if (why) throw why
}

function textOf({ answers }: Acting, name: string): string | null {
  const value = answers[name]
  return typeof value === 'string' && value !== '' ? value : null
}

/** A day that has come, and not before the document's own. */
async function dayOf(acting: Acting, name: string): Promise<On> {
  const on = String(acting.answers[name])
  if (on > acting.on) throw problem('case.fact-future', {}, { fields: [{ path: name, message: '不能晚于今天' }] })
  const { issued_on: issuedOn } = await acting.tx.one<{ issued_on: On }>(sql`
    select issued_on from issued_document
    where court_id = ${acting.thing.courtId} and id = ${acting.thing.values.document as string}`)
  if (on < issuedOn) throw fieldProblem([{ path: name, message: `不能早于文书签发日期${issuedOn}` }])
  return on
}
