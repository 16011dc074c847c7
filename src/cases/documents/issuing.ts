import type { CASE_PAPERS } from '#cases/case/case-papers.ts'
import type { ApprovalSpec } from '#kernel/approval/chain.ts'
import type { Who } from '#kernel/authorisation/may.ts'
import type { Form } from '#kernel/documents/form.ts'
import { type Field, field } from '#kernel/matter/field.ts'
import type { ActionSpec } from '#kernel/matter/matter.ts'

// How a document of a case is issued: who may, in which states, what is asked. The documents themselves stand in
// case-issuing.ts, sanctions.ts and rulings.ts.

export const TEAM = ['holder', 'team.head', 'team.judge', 'team.assistant', 'team.clerk', 'centre.clerk'] as const
export const JUDGE = ['holder', 'team.judge'] as const
export const OPEN = ['handling', 'suspended'] as const
export const ANY = [...OPEN, 'closed', 'terminated'] as const

export interface Issuing {
  form: Form
  by: readonly Who[]
  from: readonly string[]
  approval?: ApprovalSpec
  ask?: Readonly<Record<string, Field>>
  check?: NonNullable<ActionSpec['check']>
  says?: NonNullable<ActionSpec['says']>
  /** The usual ones of every case: for hundreds of cases at once. */
  bulk?: true
  /** The paper that the file lacks no longer when this is issued. */
  paper?: PaperName
}

export type PaperName = keyof typeof CASE_PAPERS

export const facts = field.text('事实和理由', { max: 2000 })
