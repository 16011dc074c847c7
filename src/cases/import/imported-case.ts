import type { CaseNumber } from '#cases/case/case-number.ts'
import type { On } from '#kernel/time/time.ts'
import type { FactColumn } from './columns.ts'
import type { ImportedSide } from './party-reading.ts'

/** Why a row is refused; a row has one reason, the first of these that applies. */
const REFUSALS = ['缺案号', '案号格式错误', '他院案件', '立案日期无法识别', '日期早于1990'] as const
export type RefusedReason = (typeof REFUSALS)[number]

/** Why an accepted case is flagged 需补正 (article 10); all that apply, in this order. */
export const CORRECTIONS = [
  '缺被执行人',
  '证件号码校验错误',
  '标的金额错误',
  '立案日期晚于导出日期',
  '结案早于立案',
  '证件数与当事人数不符',
  '缺执行依据',
] as const
export type CorrectionReason = (typeof CORRECTIONS)[number]

/** A case as one row of a court's export tells it. */
export interface ImportedCase {
  caseNumber: CaseNumber
  /** 案件类型 as the export says it; by the type code where the column is empty. */
  kind: string
  filedOn: On
  cause: string | null
  basisNumber: string | null
  creditors: ImportedSide
  debtors: ImportedSide
  amountFen: bigint | null
  judge: string | null
  team: string | null
  /** 在执, 已结, 终本, 中止, or whatever the export says. */
  state: string | null
  suspendedOn: On | null
  /** Only the columns that hold a date; 结案日期 is one of them. */
  facts: ReadonlyMap<FactColumn, On>
  arrivedFen: bigint | null
  closingWay: string | null
  remark: string | null
}

/** One row under the header. Rows 合计 and rows wholly empty do not come at all. */
export type ReadRow =
  | { kind: 'accepted'; row: number; case: ImportedCase; toCorrect: CorrectionReason[]; notes: string[] }
  | { kind: 'refused'; row: number; rawCaseNumber: string | null; reason: RefusedReason }
  | { kind: 'duplicate'; row: number; canonical: string }
