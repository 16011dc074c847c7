import { KIND_OF_TYPE_CODE } from '#cases/case/case-number.ts'
import type { CaseState } from '#cases/case/case-states.ts'
import { type Certificate, readCertificate } from '#cases/case/certificate.ts'
import type { FactName } from '#cases/case/fact-names.ts'
import { addDays, daysBetween, type On } from '#kernel/time/time.ts'
import { creditCode, firmName, identityNumber, personName, withWrongCheck } from './invented-people.ts'
import { Random } from './random.ts'
import type { StaffedCourt, SyntheticPerson } from './synthetic-courts.ts'

// One case, with the shares and delays of the sample export: kinds, causes, amounts, states, dates, faults of article
// 10.

/** The day on which everything is as it is: the demonstration's first. */
export const AS_OF: On = '2021-09-30'
/** The day on which the courts began with the system: what was filed until then came by import. */
export const BEGAN_ON: On = '2021-08-31'

const STREAM = 2
const FIRST_FILED: On = '2020-06-01'
const TYPE_CODES = { 执: 840, 执保: 152, 执恢: 130, 执异: 49, 执他: 20 } as const
const CAUSES = [
  '建设工程施工合同纠纷',
  '机动车交通事故责任纠纷',
  '离婚纠纷',
  '买卖合同纠纷',
  '民间借贷纠纷',
  '刑事裁判涉财产部分执行',
  '物业服务合同纠纷',
  '行政处罚非诉执行',
  '劳动争议',
  '房屋租赁合同纠纷',
  '抚养费纠纷',
  '金融借款合同纠纷',
  '追索劳动报酬纠纷',
] as const
const CLOSING_WAYS = { 执行完毕: 199, 终结执行: 113, 驳回申请: 101, 销案: 85 } as const
const DEBTORS = { 1: 832, 2: 113, 3: 117, 4: 129 } as const

export interface SyntheticParty {
  side: 'creditor' | 'debtor'
  name: string
  certificate: Certificate | null
}

export interface SyntheticCase {
  id: string
  year: number
  typeCode: string
  kind: string
  cause: string
  state: CaseState
  filedOn: On
  closedOn: On | null
  closingWay: string | null
  basisNumber: string | null
  amountFen: number | null
  arrivedFen: number | null
  judge: SyntheticPerson | null
  parties: readonly SyntheticParty[]
  /** In the order in which they happened. */
  facts: readonly { name: FactName; on: On }[]
  toCorrect: readonly string[]
  imported: boolean
}

/** The case with this place in its court; its serial number is given by whoever counts. */
export function syntheticCase(seed: number, { court, people }: StaffedCourt, place: number): SyntheticCase {
  const random = new Random(seed, STREAM, court.id, place)
  const late = random.chance(0.017)
  const filedOn = late
    ? addDays(AS_OF, random.whole(95, 123))
    : addDays(FIRST_FILED, random.whole(0, daysBetween(FIRST_FILED, AS_OF)))
  const typeCode = random.weighted(TYPE_CODES)
  const amountFen = random.chance(0.0076) ? null : Math.round(300_000 * 3_000 ** random.share())
  const course = courseOf(random, filedOn, late)
  const parties = partiesOf(random)
  const basisNumber = random.chance(0.005) ? null : `（${Number(filedOn.slice(0, 4)) - 1}）${court.code}民初${place}号`
  return {
    id: random.uuid(),
    year: Number(filedOn.slice(0, 4)),
    typeCode,
    kind: KIND_OF_TYPE_CODE[typeCode] ?? '首次执行',
    cause: random.pick(CAUSES),
    filedOn,
    ...course,
    basisNumber,
    amountFen,
    arrivedFen: course.facts.some(({ name }) => name === 'funds-arrived') ? arrived(random, amountFen) : null,
    judge: random.chance(0.03) ? null : random.pick(people.filter(({ role }) => role === 'team.judge')),
    parties,
    toCorrect: faultsOf({ filedOn, late, closedOn: course.closedOn, amountFen, basisNumber, parties }),
    imported: filedOn <= BEGAN_ON || late,
  }
}

function arrived(random: Random, amountFen: number | null): number {
  const whole = amountFen ?? 1_000_000
  return random.chance(0.55) ? whole : Math.max(1, Math.round(whole * (0.02 + 0.98 * random.share())))
}

type Course = Pick<SyntheticCase, 'state' | 'closedOn' | 'closingWay' | 'facts'>

function courseOf(random: Random, filedOn: On, late: boolean): Course {
  const facts: { name: FactName; on: On }[] = [{ name: 'filed', on: filedOn }]
  if (late) return { state: 'handling', closedOn: null, closingWay: null, facts }
  const happened = (name: FactName, on: On, share: number) => {
    if (random.chance(share) && on <= AS_OF) facts.push({ name, on })
  }
  happened('notice-sent', addDays(filedOn, random.whole(0, 14)), 0.925)
  // What only a case made by hand is asked for.
  happened('case-transferred', addDays(filedOn, random.whole(0, 3)), 0.95)
  happened('handler-assigned', addDays(filedOn, random.whole(0, 4)), 0.95)
  happened('investigation-completed', addDays(filedOn, random.whole(5, 40)), 0.8)
  happened('inquiry-started', addDays(filedOn, random.whole(0, 12)), 0.93)
  happened('consumption-limited', addDays(filedOn, random.whole(15, 60)), 0.2)
  const arrivedOn = addDays(filedOn, random.whole(20, 200))
  happened('funds-arrived', arrivedOn, 0.42)
  if (facts.at(-1)?.name === 'funds-arrived') happened('funds-disbursed', addDays(arrivedOn, random.whole(0, 45)), 0.86)
  const end = endOf(random, filedOn)
  if (end.closedOn) facts.push({ name: 'closed', on: end.closedOn })
  if (end.state === 'suspended' && random.chance(0.75)) {
    facts.push({ name: 'suspended', on: addDays(filedOn, random.whole(0, daysBetween(filedOn, AS_OF))) })
  }
  return { ...end, facts }
}

function endOf(random: Random, filedOn: On): Pick<SyntheticCase, 'state' | 'closedOn' | 'closingWay'> {
  const handling = { state: 'handling', closedOn: null, closingWay: null } as const
  if (random.chance(0.02)) return { ...handling, state: 'suspended' }
  const backwards = random.chance(0.012)
  const closedOn = addDays(filedOn, backwards ? -random.whole(1, 400) : Math.round(35 + 195 * triangle(random)))
  if (!random.chance(0.72) || closedOn > AS_OF) return handling
  if (random.chance(0.25)) return { state: 'terminated', closedOn, closingWay: '终结本次执行程序' }
  return { state: 'closed', closedOn, closingWay: random.weighted(CLOSING_WAYS) }
}

function triangle(random: Random): number {
  return (random.share() + random.share()) / 2
}

function partiesOf(random: Random): SyntheticParty[] {
  const one = (side: SyntheticParty['side'], firms: number): SyntheticParty => {
    const isFirm = random.chance(firms)
    const number = isFirm ? creditCode(random) : identityNumber(random)
    return {
      side,
      name: isFirm ? firmName(random) : personName(random),
      certificate: random.chance(0.0015)
        ? null
        : readCertificate(random.chance(0.006) ? withWrongCheck(number) : number),
    }
  }
  const creditors = random.chance(0.1) ? 2 : 1
  const debtors = random.chance(0.0085) ? 0 : Number(random.weighted(DEBTORS))
  return [
    ...Array.from({ length: creditors }, () => one('creditor', 0.35)),
    ...Array.from({ length: debtors }, () => one('debtor', 0.25)),
  ]
}

type Faulty = Pick<SyntheticCase, 'filedOn' | 'closedOn' | 'amountFen' | 'basisNumber' | 'parties'> & { late: boolean }

/** The flags of article 10 in the import's order. */
function faultsOf({ filedOn, late, closedOn, amountFen, basisNumber, parties }: Faulty): string[] {
  const applies: Readonly<Record<string, boolean>> = {
    缺被执行人: !parties.some(({ side }) => side === 'debtor'),
    证件号码校验错误: parties.some(({ certificate }) => certificate?.valid === false),
    标的金额错误: amountFen === null,
    立案日期晚于导出日期: late,
    结案早于立案: closedOn !== null && closedOn < filedOn,
    证件数与当事人数不符: parties.some(({ certificate }) => certificate === null),
    缺执行依据: basisNumber === null,
  }
  return Object.keys(applies).filter((name) => applies[name])
}
