import { OWN_ACTS } from '#kernel/audit/own-acts.ts'
import { type OwnerOf, type Sql, sql } from '#kernel/database/sql.ts'
import { withoutCertificates } from '#kernel/export/certificate-mask.ts'
import type { CourtNames } from '#kernel/organisation/courts.ts'
import type { Kind } from './matter.ts'
import type { LogEntry } from './wire.ts'

// What was done to a thing and what was answered, in the words of its declaration.

export interface LoggedAct {
  seq: number
  action: string
  from_state: string | null
  to_state: string
  answers: Record<string, unknown>
  on_date: string | null
  actor_name: string
  actor_court_id: number
  at: string
}

/** Asks what was done to a thing, the newest first; at most 500 entries. */
export function logAsked(owner: OwnerOf): Sql {
  return sql`
    select seq, action, from_state, to_state, answers, on_date, actor_name, actor_court_id, at from act_log
    where court_id = ${owner.courtId} and thing_id = ${owner.id} order by seq desc limit 500`
}

/** What was done, in words. */
export function logViews(kind: Kind, rows: readonly LoggedAct[], names: CourtNames): LogEntry[] {
  return rows.map((row) => ({
    seq: row.seq,
    action: row.action,
    label: labelOf(kind, row.action),
    fromState: row.from_state && (kind.states[row.from_state] ?? row.from_state),
    toState: kind.states[row.to_state] ?? row.to_state,
    actor: row.actor_name,
    actorCourt: names.courts.get(row.actor_court_id)?.name ?? '',
    at: new Date(row.at).toISOString(),
    onDate: row.on_date,
    answers: wordsOf(kind, row.action, row.answers, names),
  }))
}

function labelOf(kind: Kind, action: string): string {
  const [prefix, name] = action.includes(':') ? (action.split(':') as [string, string]) : ['', action]
  const opened = name === 'open' ? kind.opens.label : undefined
  const label = kind.actions[name]?.label ?? opened ?? OWN_ACTS[name] ?? name
  const words = { propose: '呈批：', approve: '审批同意：', reject: '审批不同意：' } as Record<string, string>
  return `${words[prefix] ?? ''}${label}`
}

/** Types whose values are ids; what they name stands in words elsewhere. */
const UNSAID = ['person', 'team', 'document']

/** Answers in words; what only the system needs (ids of people and teams) stays out. */
export function wordsOf(
  kind: Kind,
  action: string,
  answers: Record<string, unknown>,
  names: CourtNames,
): LogEntry['answers'] {
  const asked = kind.actions[action.split(':').pop() ?? '']?.ask ?? {}
  const declared = [...Object.keys(asked), ...Object.keys(kind.fields)]
  // Stored answers come back in jsonb's order; they are read in the order in which they were asked.
  const inOrder = [...new Set([...declared, ...Object.keys(answers)])].filter((name) => name in answers)
  return inOrder.flatMap((name) => {
    const value = answers[name]
    const field = asked[name] ?? kind.fields[name]
    if (value === null || value === '' || UNSAID.includes(field?.type ?? '')) return []
    // An optional box that was left empty says nothing.
    if (field?.type === 'flag' && !field.required && value === false) return []
    const label = field?.label ?? ({ reason: '理由', holder: '承办' } as Record<string, string>)[name] ?? name
    // More people read what was answered than may see a whole certificate number (查看完整证件号码 is an act of its own).
    return [{ label, value: withoutCertificates(shown(field?.type, value, names)) }]
  })
}

/** A value as a person reads it: courts by name, amounts in yuan. */
export function shown(type: string | undefined, value: unknown, names: CourtNames): string {
  if (type === 'court') return names.byCode.get(String(value)) ?? String(value)
  if (type === 'flag') return value ? '是' : '否'
  if (type === 'money') return yuan(String(value))
  return String(value)
}

function yuan(fen: string): string {
  const digits = fen.padStart(3, '0')
  return `${digits.slice(0, -2).replace(/\B(?=(\d{3})+$)/g, ',')}.${digits.slice(-2)}`
}
