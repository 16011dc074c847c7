import { readCertificate } from '#cases/case/certificate.ts'
import { addDays, type On } from '#kernel/time/time.ts'

// Invented people, companies and claims. The numbers are made up with a check character that agrees; nobody alive was
// born in their years.

const SURNAMES = ['赵', '钱', '孙', '李', '周', '吴', '郑', '王', '冯', '陈', '褚', '卫', '蒋', '沈', '韩', '杨']
const GIVEN = ['某安', '某宁', '某和', '某平', '某远', '某清', '某诚']
const TRADES = ['建材', '粮油', '机械', '装饰', '运输', '农资', '商贸', '物业', '餐饮', '印务', '医药', '家具']
const FORMS = ['有限公司', '有限责任公司', '股份有限公司']

const CHECKS = [...'0123456789ABCDEFGHJKLMNPQRTUWXY']

/** The number with a check character that agrees; with the next one instead where it is to be wrong. */
function checked(first17: string, isWrong = false): string {
  const right = CHECKS.find((last) => readCertificate(first17 + last).valid) ?? '0'
  if (!isWrong) return first17 + right
  return first17 + (right === '1' ? '2' : '1')
}

interface Party {
  name: string
  certificates: string[]
}

const two = (n: number) => String(n).padStart(2, '0')

/** The n-th invented person. */
export function person(n: number, isWrong = false): Party {
  const name = `${SURNAMES[n % SURNAMES.length]}${GIVEN[n % GIVEN.length]}`
  const birth = `${1901 + (n % 8)}${two(1 + (n % 12))}${two(1 + (n % 28))}`
  return { name, certificates: [checked(`220100${birth}${String(n).padStart(3, '0')}`, isWrong)] }
}

/** The n-th invented company. */
export function company(n: number): Party {
  const name = `长春某${TRADES[n % TRADES.length]}${FORMS[n % FORMS.length]}`
  return { name, certificates: [checked(`91220100MA9${String(n).padStart(6, '0')}`)] }
}

const CLAIMS = [
  { cause: '买卖合同纠纷', amountFen: '4860000' },
  { cause: '民间借贷纠纷', amountFen: '25600000' },
  { cause: '金融借款合同纠纷', amountFen: '183450000' },
  { cause: '劳动争议', amountFen: '3215000' },
  { cause: '房屋租赁合同纠纷', amountFen: '7200000' },
  { cause: '建设工程施工合同纠纷', amountFen: '6325000000' },
  { cause: '物业服务合同纠纷', amountFen: '518000' },
  { cause: '机动车交通事故责任纠纷', amountFen: '19875000' },
  { cause: '承揽合同纠纷', amountFen: '9640000' },
  { cause: '借款合同纠纷', amountFen: '5480000000' },
]

/** Of these days, but for two, which have been in hand for three weeks: something is overdue, too. */
const filedDaysAgo = (n: number) => (n === 12 || n === 13 ? 21 : 1 + (n % 2))

/** The n-th application as the filing division would enter it, sound in everything that the check asks. */
export function filing(n: number, on: On): Record<string, unknown> {
  return {
    kind: '首次执行',
    filedOn: addDays(on, -filedDaysAgo(n)),
    basisNumber: `（2021）吉0193民初${3001 + n}号`,
    basisKind: '判决书',
    basisMaker: '长春新区人民法院',
    basisEffectiveOn: '2021-06-18',
    performBy: '2021-07-10',
    duty: '金钱给付',
    jurisdiction: '第一审法院',
    ...CLAIMS[n % CLAIMS.length],
    creditors: [n % 3 === 0 ? person(300 + n) : company(n)],
    debtors: n % 4 === 1 ? [person(n), company(100 + n)] : [n % 5 === 2 ? company(100 + n) : person(n)],
  }
}
