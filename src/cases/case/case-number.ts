import { halfWidth } from './plain-text.ts'

// 人民法院案件案号规定 (法〔2015〕137号, 2018修正): （年度）法院代字 类型代字 编号 号. Four parts; the serial is a natural number
// without leading zeros, so 执0123号 and 执123号 are one case. 之一, 之二 … mark a further document under the number.

/** 类型代字 → 案件类型. An export's column 案件类型 decides what kind a case is; a disagreement with this is a note. */
export const KIND_OF_TYPE_CODE: Readonly<Record<string, string>> = {
  执: '首次执行',
  执恢: '恢复执行',
  执保: '财产保全执行',
  执异: '执行异议',
  执复: '执行复议',
  执监: '执行监督',
  执协: '执行协调',
  执请: '执行请示',
  执他: '其他执行',
  财保: '非诉财产保全审查',
  行保: '非诉行为保全审查',
  司惩: '司法制裁审查',
  司惩复: '司法制裁复议',
  行审: '非诉行政执行审查',
}

export interface CaseNumber {
  /** Full-width brackets, no spaces, with 号: （2021）吉0193执123号. */
  canonical: string
  year: number
  courtCode: string
  typeCode: string
  serial: number
  /** 之一 and so on, else null. */
  suffix: string | null
}

// A longer type code comes first, or 执恢 would be read as 执.
const TYPE_CODES = Object.keys(KIND_OF_TYPE_CODE).sort((a, b) => b.length - a.length)
const PROVINCES = '京津冀晋蒙辽吉黑沪苏浙皖闽赣鲁豫鄂湘粤桂琼渝川贵云藏陕甘青宁新兵军'
const COURT = `最高法|[${PROVINCES}](?:\\d{2}(?:\\d{2})?)?`
const GRAMMAR = new RegExp(
  `^[(〔](\\d{4})[)〕](${COURT})(${TYPE_CODES.join('|')})(\\d{1,9})(?:号)?(之[一二三四五六七八九十]+)?$`,
)

/**
 * Reads a case number with brackets of either width or 〔〕, spaces anywhere, full-width digits, with or without 号.
 * Gives `{ problem }`, a sentence for the screen, where the text is none. Source: 案号规定 2, 3, 9, 10.
 */
export function parseCaseNumber(text: string): CaseNumber | { problem: string } {
  const plain = halfWidth(text)
  if (plain === '') return { problem: '缺案号' }
  const match = GRAMMAR.exec(plain)
  if (match === null) return { problem: '案号格式错误，应为（2021）吉0193执123号的形式' }
  const [, year = '', courtCode = '', typeCode = '', digits = '', suffix] = match
  const serial = Number(digits)
  if (serial === 0) return { problem: '案号格式错误，编号应从1起' }
  return {
    canonical: `（${year}）${courtCode}${typeCode}${serial}号${suffix ?? ''}`,
    year: Number(year),
    courtCode,
    typeCode,
    serial,
    suffix: suffix ?? null,
  }
}

/** 案件类型 by the type code; null for a code that is none. */
export function kindOfTypeCode(typeCode: string): string | null {
  return KIND_OF_TYPE_CODE[typeCode] ?? null
}
