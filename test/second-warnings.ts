import { SolarDay, SolarMonth } from 'tyme4ts'
import type { TruthRow } from './sample.ts'
import { secondClocks } from './second-clocks.ts'

// The warnings of the sample a second time: from the truth file and not a line of the product's. The truth names a part
// of the export's columns; the rules that follow from that part are named here.

export const SECOND_RULES = [
  'debtor',
  'basis',
  'amount',
  'closing-day',
  'closing-way',
  'arrival-amount',
  'termination.early',
  'closing.open-nodes',
  'arrived-more',
  'closed-undisbursed',
  'paid-less',
  'terminated-paid',
  'order.funds-disbursed',
] as const

function monthsAfter(on: string, months: number): string {
  const [year = 0, month = 0, day = 0] = on.split('-').map(Number)
  const then = SolarMonth.fromYm(year, month).next(months)
  const last = SolarDay.fromYmd(then.getYear(), then.getMonth(), Math.min(day, then.getDayCount()))
  return [last.getYear(), last.getMonth(), last.getDay()].map((part) => `${part}`.padStart(2, '0')).join('-')
}

/** Which of these rules find something in a case of the truth file, on the day of the export. */
export function secondWarnings(row: TruthRow): string[] {
  const enforcing = /执(恢)?\d+号$/.test(row.案号)
  const ended = row.状态 === '已结' || row.状态 === '终本'
  const [amount, arrived] = [row.标的分, row.案款到账分]
  const closedOn = row.结案日期
  const missed = secondClocks(row).filter(({ state, node }) => state === 'overdue' && !node.includes('内控'))
  const found: Record<(typeof SECOND_RULES)[number], boolean> = {
    debtor: enforcing && row.补正.includes('缺被执行人'),
    basis: enforcing && row.补正.includes('缺执行依据'),
    amount: enforcing && amount === null,
    'closing-day': ended && closedOn === null,
    'closing-way': row.状态 === '已结' && enforcing && !row.结案方式,
    'arrival-amount': row.案款到账日期 !== null && arrived === null,
    'termination.early': row.状态 === '终本' && closedOn !== null && closedOn <= monthsAfter(row.立案日期, 3),
    'closing.open-nodes': ended && missed.some(({ node }) => node !== '案款发放'),
    'arrived-more': amount !== null && arrived !== null && arrived > amount,
    'closed-undisbursed': ended && row.案款到账日期 !== null && row.案款发放日期 === null,
    'paid-less': row.结案方式 === '执行完毕' && amount !== null && (arrived ?? 0) < amount,
    'terminated-paid': row.状态 === '终本' && amount !== null && (arrived ?? 0) >= amount,
    'order.funds-disbursed':
      row.案款发放日期 !== null && (row.案款到账日期 === null || row.案款到账日期 > row.案款发放日期),
  }
  return SECOND_RULES.filter((rule) => found[rule])
}
