import { personIdOf } from '#kernel/authorisation/may.ts'
import { seeAllCourts } from '#kernel/database/scope.ts'
import { sql } from '#kernel/database/sql.ts'
import type { Services, Session } from '#kernel/matter/acting.ts'
import { type Message, tell } from '#kernel/notifications/tell.ts'
import { warningRule } from './warning-rules.ts'
import type { WatchedCase } from './watched-case.ts'

// 及时通知执行团队或执行法官（第十七条）: one notice for each case and person after an act, one for each person after an
// import.

/** Tells judge and team of what an act has led to; not the person who acted, who sees it on the page. */
export async function tellOfWarnings(
  session: Session,
  courtId: number,
  cases: readonly WatchedCase[],
  fresh: readonly { caseId: string; rule: string }[],
): Promise<void> {
  const messages = [...Map.groupBy(fresh, ({ caseId }) => caseId)].flatMap(([caseId, own]) => {
    const one = cases.find(({ id }) => id === caseId)
    if (!one) return []
    const rules = own.flatMap(({ rule }) => warningRule(rule) ?? [])
    const title = `办案预警：${one.number}${rules.length > 1 ? `等${rules.length}项` : ''}`
    const body = rules.map(({ label, next }) => `${label}：${next}`).join('；')
    const about = { kind: 'case', courtId, id: caseId }
    return addressees(one.holderId, one.teamId).map((to): Message => ({ courtId, to, title, body, about }))
  })
  const own = personIdOf(session.actor)
  await tell(
    session.tx,
    session.at,
    messages.filter(({ to }) => own === null || !('personId' in to) || to.personId !== own),
  )
}

function addressees(holderId: string | null, teamId: string | null): Message['to'][] {
  const to: Message['to'][] = []
  if (holderId !== null) to.push({ personId: holderId })
  if (teamId !== null) to.push({ role: 'team.head', teamId })
  return to.length === 0 ? [{ role: 'centre.clerk' }] : to
}

/** An import has come to its end when it has brought nothing for so long, however it was begun. */
const QUIET_MS = 30_000

/**
 * Tells of the warnings that imports brought in, once an import is over: one notice for each judge and team, one for
 * the centre. Whoever takes the rows tells of them, however many servers ask.
 */
export async function tellOfImported(services: Services): Promise<void> {
  const quietSince = new Date(services.time.now().getTime() - QUIET_MS)
  const courts = await services.database.read({ courtIds: [] }, async (tx) => {
    await seeAllCourts(tx)
    return tx.query<{ id: number }>(sql`
      select c.id from court c where (
        select max(w.opened_at) from case_warning w
        where w.court_id = c.id and w.told_at is null and w.closed_at is null) <= ${quietSince}
      and not exists (
        select from import_run r where r.court_id = c.id and r.state in ('waiting', 'importing') and not r.dry_run)`)
  })
  for (const { id } of courts) await tellCourt(services, id)
}

async function tellCourt(services: Services, courtId: number): Promise<void> {
  await services.database.write({ courtIds: [courtId] }, async (tx) => {
    const at = services.time.now()
    const rows = await tx.query<{ holder_id: string | null; team_id: string | null; warnings: bigint; cases: bigint }>(
      sql`
        with taken as (
          update case_warning set told_at = ${at}
          where court_id = ${courtId} and told_at is null and closed_at is null returning case_id
        )
        select c.holder_id, c.holder_team_id as team_id, count(*) as warnings, count(distinct c.id) as cases
        from taken t join enforcement_case c on c.court_id = ${courtId} and c.id = t.case_id
        group by grouping sets ((c.holder_id), (c.holder_team_id), ())
        having grouping(c.holder_id, c.holder_team_id) = 3 or coalesce(c.holder_id, c.holder_team_id) is not null`,
    )
    const messages = rows.map(({ holder_id, team_id, warnings, cases }): Message => {
      const to: Message['to'] = holder_id
        ? { personId: holder_id }
        : team_id
          ? { role: 'team.head', teamId: team_id }
          : { role: 'centre.clerk' }
      const title = `办案预警：导入的${cases}件案件有${warnings}项预警`
      return { courtId, to, title, body: '请在“办案预警”中按存量查看，分批核对补正' }
    })
    if (rows.some(({ warnings }) => warnings > 0n)) await tell(tx, at, messages)
  })
}
