import type { Row } from '#kernel/database/database.ts'
import type { On } from '#kernel/time/time.ts'

// What the filing says of a case beside parties and amount: the basis of enforcement, the duty, the ground of
// jurisdiction. No export tells them.

export const BASIS_KINDS = [
  '判决书',
  '裁定书',
  '调解书',
  '支付令',
  '仲裁裁决',
  '公证债权文书',
  '行政决定',
  '刑事裁判',
  '其他',
] as const

/** 执行标的类型（民事诉讼法解释第四百六十一条）. */
export const DUTIES = ['金钱给付', '交付财物', '完成行为', '财产性权益'] as const

/** 管辖依据（民事诉讼法第二百三十五条）. */
export const JURISDICTIONS = [
  '第一审法院',
  '与第一审同级的财产所在地法院',
  '被执行人住所地',
  '财产所在地',
  '上级指定',
] as const

export interface Particulars {
  basisKind: string | null
  basisMaker: string | null
  basisEffectiveOn: On | null
  /** The last day of the time for performance that the basis sets. */
  performBy: On | null
  duty: string | null
  jurisdiction: string | null
}

/** As a row of enforcement_case holds them. */
export function particularsOf(row: Row): Particulars {
  return {
    basisKind: row.basis_kind as string | null,
    basisMaker: row.basis_maker as string | null,
    basisEffectiveOn: row.basis_effective_on as On | null,
    performBy: row.perform_by as On | null,
    duty: row.duty as string | null,
    jurisdiction: row.jurisdiction as string | null,
  }
}
