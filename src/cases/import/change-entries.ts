import { CASE_STATES } from '#cases/case/case-states.ts'
import { FACTS, type FactName } from '#cases/case/fact-names.ts'
import type { ChangeEntry } from '#cases/case/wire.ts'
import type { Compared } from './export-merge.ts'

// What a newer export would change in one case, in words: old value, the export's value, and which of them will stand.

const LABELS: Readonly<Record<string, string>> = {
  state: '状态',
  case_kind: '案件类型',
  cause: '案由',
  filed_on: '立案日期',
  basis_number: '执行依据文号',
  amount_fen: '申请执行标的（元）',
  arrived_fen: '案款到账金额（元）',
  holder_id: '承办人账号',
  holder_name: '承办人',
  holder_team_id: '承办团队关联',
  team_name: '承办团队',
  closed_on: '结案日期',
  closing_way: '结案方式',
  remark: '备注',
  to_correct: '需补正',
  creditor_names: '申请执行人',
  debtor_names: '被执行人',
}

const STANDS = '自上次导出以来导出未变，保留本平台的更正'

/** A date of a case as the last entry has it, and as the export tells it. */
export interface ComparedFact {
  name: FactName
  wasOn: string | null
  wasFen: string | null
  saidOn: string
  saidFen: string | null
  enters: boolean
  source: 'import' | 'hand' | 'correction' | null
  recorder: string | null
  reason: string | null
}

/** What differs in a case's own columns, each with what will stand. */
export function columnEntries(compared: readonly Compared[], partiesMoved: boolean): ChangeEntry[] {
  const entries = compared
    .filter(({ was, said }) => (was ?? '') !== (said ?? ''))
    .map(
      ({ column, was, said, moved }): ChangeEntry => ({
        name: column,
        label: LABELS[column] ?? column,
        was: shown(column, was),
        said: shown(column, said),
        effect: moved ? 'change' : 'stands',
        why: moved ? null : STANDS,
      }),
    )
  const namesMoved = entries.some(({ name }) => name === 'creditor_names' || name === 'debtor_names')
  if (!partiesMoved || namesMoved) return entries
  const parties = { name: 'parties', label: '当事人证件号码', was: null, said: '有变化（号码不显示）' }
  return [...entries, { ...parties, effect: 'change', why: null }]
}

/** What differs in a case's dates, each with what will stand. */
export function factEntries(facts: readonly ComparedFact[]): ChangeEntry[] {
  return facts
    .filter((fact) => fact.enters || fact.wasOn !== fact.saidOn || fact.wasFen !== fact.saidFen)
    .map((fact) => ({
      name: `fact:${fact.name}`,
      label: `${FACTS[fact.name].label}（节点）`,
      was: dated(fact.wasOn, fact.wasFen),
      said: dated(fact.saidOn, fact.saidFen),
      effect: fact.enters ? 'change' : 'stands',
      why: fact.enters ? null : whyOf(fact),
    }))
}

function whyOf({ source, recorder, reason }: ComparedFact): string {
  const act = `${recorder ?? ''}${source === 'correction' ? '更正' : '登记'}，予以保留`
  return reason ? `${act}：${reason}` : act
}

function shown(column: string, value: string | null): string | null {
  if (value === null || value === '') return null
  if (column === 'state') return CASE_STATES[value as keyof typeof CASE_STATES]
  if (column.endsWith('_fen')) return yuan(value)
  return column.endsWith('_id') ? '已关联' : value
}

function dated(on: string | null, fen: string | null): string | null {
  return on && (fen === null ? on : `${on} ${yuan(fen)}元`)
}

function yuan(fen: string): string {
  const digits = fen.padStart(3, '0')
  return `${digits.slice(0, -2).replace(/\B(?=(\d{3})+$)/g, ',')}.${digits.slice(-2)}`
}

const OPEN = ['handling', 'suspended']

/** Whether a case is closed or opened again by what the export says of its state. */
export function closingOf(compared: readonly Compared[]): 'closed' | 'reopened' | null {
  const state = compared.find(({ column }) => column === 'state')
  if (!state?.moved || state.was === null || state.said === null) return null
  if (OPEN.includes(state.was) === OPEN.includes(state.said)) return null
  return OPEN.includes(state.was) ? 'closed' : 'reopened'
}
