import { namesOf, type Party, partiesOf } from '#cases/case/case-parties.ts'
import type { Certificate } from '#cases/case/certificate.ts'
import { maskCertificate } from '#cases/case/certificate.ts'
import type { Row } from '#kernel/database/database.ts'
import { sql } from '#kernel/database/sql.ts'
import { bigAmount, plainDate, yuanOf } from '#kernel/documents/court-words.ts'
import type { Data } from '#kernel/documents/fill.ts'
import type { TemplateTags } from '#kernel/documents/template-check.ts'
import type { Session } from '#kernel/matter/acting.ts'
import type { Thing } from '#kernel/matter/matter.ts'
import { addressesOf, type PartyAddress } from './party-address.ts'

// What a document says of its case: the case's own fields, its parties with whole certificate numbers, their addresses.

const PARTY_TAGS = ['名称', '身份信息', '证件类型', '证件号码', '住址', '联系电话', '序号', '顿号']

export const CASE_TAGS: TemplateTags = {
  outer: [
    '案号',
    '案件类型',
    '案由',
    '立案日期',
    '执行依据',
    '申请执行标的',
    '申请执行标的大写',
    '到位金额',
    '未到位金额',
    '结案日期',
    '结案方式',
    '承办人',
    '承办团队',
    '申请执行人姓名',
    '被执行人姓名',
    '申请执行人',
    '被执行人',
  ],
  inner: { 申请执行人: PARTY_TAGS, 被执行人: PARTY_TAGS },
}

/** The tags above with their values; null where the case doesn't say. `masked`: certificate numbers in part only. */
export async function caseData({ tx }: Session, thing: Thing, masked: boolean): Promise<Data> {
  const [row, parties, addresses] = await Promise.all([
    tx.one<Row>(sql`
      select case_kind, cause, filed_on, basis_number, amount_fen, arrived_fen, closed_on, closing_way, team_name
      from enforcement_case where court_id = ${thing.courtId} and id = ${thing.id}`),
    partiesOf(tx, thing),
    addressesOf(tx, thing),
  ])
  const amount = row.amount_fen as bigint | null
  const arrived = row.arrived_fen as bigint | null
  const side = (which: Party['side']) => listed(parties, which, addresses, masked)
  const [creditors, debtors] = [side('creditor'), side('debtor')]
  return {
    案号: thing.number,
    案件类型: row.case_kind as string,
    案由: row.cause as string | null,
    立案日期: plainDate(row.filed_on as string),
    执行依据: row.basis_number as string | null,
    申请执行标的: amount === null ? null : yuanOf(amount),
    申请执行标的大写: amount === null ? null : bigAmount(amount),
    到位金额: arrived === null ? null : yuanOf(arrived),
    未到位金额: amount === null ? null : yuanOf(amount > (arrived ?? 0n) ? amount - (arrived ?? 0n) : 0n),
    结案日期: row.closed_on === null ? null : plainDate(row.closed_on as string),
    结案方式: row.closing_way as string | null,
    承办人: thing.holderName,
    承办团队: row.team_name as string | null,
    申请执行人姓名: namesOf(parties, 'creditor') || null,
    被执行人姓名: namesOf(parties, 'debtor') || null,
    申请执行人: creditors.length === 0 ? null : creditors,
    被执行人: debtors.length === 0 ? null : debtors,
  }
}

function listed(
  parties: readonly Party[],
  side: Party['side'],
  addresses: ReadonlyMap<string, PartyAddress>,
  masked: boolean,
): Data[] {
  const own = parties.filter((party) => party.side === side)
  return own.map(({ name, certificates }, index) => {
    const one = certificates[0]
    const number = one && (masked ? maskCertificate(one.number) : one.number)
    const place = addresses.get(name)
    return {
      名称: name,
      身份信息: one && number ? identity(one, number) : null,
      证件类型: one?.type ?? null,
      证件号码: number ?? null,
      住址: place?.address ?? null,
      联系电话: place?.phone ?? null,
      序号: String(index + 1),
      顿号: index + 1 < own.length ? '、' : '',
    }
  })
}

/** 男，1980年1月1日出生，公民身份号码…… as a ruling says who somebody is. */
function identity({ type, number, valid }: Certificate, shown: string): string {
  if (type === '统一社会信用代码') return `统一社会信用代码${shown}`
  if (type !== '居民身份证' || !valid) return `证件号码${shown}`
  const sex = Number(number[16]) % 2 === 1 ? '男' : '女'
  const [year, month, day] = [number.slice(6, 10), number.slice(10, 12), number.slice(12, 14)].map(Number)
  return `${sex}，${year}年${month}月${day}日出生，公民身份号码${shown}`
}
