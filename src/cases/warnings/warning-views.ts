import { FACTS } from '#cases/case/fact-names.ts'
import { mayAct, type Who } from '#kernel/authorisation/may.ts'
import type { Row } from '#kernel/database/database.ts'
import { type Sql, sql } from '#kernel/database/sql.ts'
import type { Session } from '#kernel/matter/acting.ts'
import type { Thing } from '#kernel/matter/matter.ts'
import { type Remedy, SEVERITIES, WARNING_KINDS } from './warning-rule.ts'
import { warningRule } from './warning-rules.ts'
import type { WarningView } from './wire.ts'

/** Who may say why a warning stands: those who work on the case, and the centre. */
const EXPLAINERS: readonly Who[] = [
  'holder',
  'team.head',
  'team.judge',
  'team.assistant',
  'team.clerk',
  'centre.clerk',
  'centre.head',
]

/** True where this reader may explain the warnings of a case. */
export function mayExplain(
  session: Session,
  one: { courtId: number; holderId: string | null; holderTeamId: string | null },
): boolean {
  return mayAct(session.actor, EXPLAINERS, one)
}

/** A stored warning with what its rule says of it. */
export function warningViewOf(row: Row, mayExplainIt: boolean): WarningView {
  const rule = warningRule(row.rule as string)
  return {
    id: row.id as string,
    rule: row.rule as string,
    label: rule?.label ?? '规则已停用的预警',
    kind: rule?.kind ?? '',
    kindLabel: rule ? WARNING_KINDS[rule.kind] : '',
    severity: rule ? SEVERITIES[rule.severity] : SEVERITIES.yellow,
    source: rule?.source ?? '',
    mark: rule?.mark ?? 'C',
    finding: row.finding as string,
    next: rule?.next ?? '案件下次变动时自行消除',
    remedy: remedyOf(rule?.remedy),
    backlog: row.backlog as boolean,
    openedAt: instantOf(row.opened_at),
    openedBy: row.opened_by as string,
    closedAt: row.closed_at === null ? null : instantOf(row.closed_at),
    explained:
      row.explained_at === null
        ? null
        : { by: row.explained_by as string, at: instantOf(row.explained_at), reason: row.explanation as string },
    mayExplain: mayExplainIt && row.closed_at === null && row.explained_at === null,
  }
}

function remedyOf(remedy: Remedy | undefined): WarningView['remedy'] {
  const none = { act: null, node: null, paper: null }
  if (!remedy) return none
  if ('paper' in remedy) return { ...none, act: remedy.act, paper: remedy.paper }
  if ('parties' in remedy) return { ...none, act: '更正当事人' }
  return { ...none, act: remedy.act, node: remedy.node ? FACTS[remedy.node].label : null }
}

const SHOWN_MOST = 80

/** A case's warnings for its page (the case is `t`): those that stand, then the last ones that are gone. */
export const WARNINGS_ASKED: Sql = sql`
  select * from case_warning w where w.court_id = t.court_id and w.case_id = t.id
  order by w.closed_at desc nulls first, w.opened_at, w.rule limit ${SHOWN_MOST}`

/** Those rows as this reader sees them. */
export function warningsAmong(session: Session, thing: Thing, rows: readonly Row[]): WarningView[] {
  const may = mayExplain(session, thing)
  return rows.map((row) => warningViewOf(row, may))
}

/** An instant of a row, read by itself or as a part of a page's one statement. */
function instantOf(value: unknown): string {
  return new Date(value as Date | string).toISOString()
}
