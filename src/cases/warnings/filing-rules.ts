import { KIND_OF_TYPE_CODE, parseCaseNumber } from '#cases/case/case-number.ts'
import { isEnded, isEnforcement, type Law, listed, mend, OWN, rule } from './rule-words.ts'
import type { CaseView, SeenParty, WarningRule } from './warning-rule.ts'

// 立案信息错误（第十条）: what contradicts itself in a filing, is filed twice, or stands on no ground. What is plainly missing
// is among the rules of information. A case that is ended is not asked any more.

const ACCEPTANCE: Law = ['执行规定第十六条', 'V']
const GROUND: Law = ['民事诉讼法第二百三十五条；执行规定第十三条', 'V']

const parties = { parties: true } as const

/** A rule of the filing check: asked of cases in hand only. */
const filing = (
  id: string,
  severity: WarningRule['severity'],
  label: string,
  law: Law,
  next: string,
  remedy: WarningRule['remedy'],
  find: WarningRule['find'],
): WarningRule =>
  rule(`filing.${id}`, 'filing', severity, label, law, next, remedy, (one) => (isEnded(one) ? null : find(one)))

const PARTIES: readonly WarningRule[] = [
  filing(
    'certificate',
    'red',
    '证件号码校验错误',
    ['GB 11643-1999；GB 32100-2015', 'M'],
    '核对证件后更正号码；确为护照等其他证件的，说明理由',
    parties,
    (one) => listed(one.parties.flatMap(({ name, certificates }) => certificates.flatMap(wrongWith(name)))),
  ),
  filing('certificate-shared', 'red', '不同当事人证件号码相同', OWN, '核对证件后更正', parties, (one) =>
    listed(sharing(one.parties).map((names) => `${names.join('与')}的证件号码相同`)),
  ),
  filing('same-party', 'red', '申请执行人与被执行人相同', ACCEPTANCE, '核对执行依据后更正当事人', parties, (one) => {
    const creditors = new Set(namesOn(one, 'creditor'))
    return listed(
      namesOn(one, 'debtor').filter((name) => creditors.has(name)),
      '双方都有：',
    )
  }),
  filing('certificate-type', 'orange', '名称与证件类型不符', OWN, '核对当事人名称和证件后更正', parties, (one) =>
    listed(
      one.parties
        .filter(({ name, certificates }) => ORGANISATION.test(name) && certificates.some(isIdentity))
        .map(({ name }) => `${name}登记的是居民身份证`),
    ),
  ),
  filing('certificate-count', 'orange', '证件数与当事人数不符', OWN, '逐人核对后补录证件号码', parties, (one) =>
    !one.byHand && one.flags.includes('证件数与当事人数不符') ? '导入的证件个数与人数不一致' : null,
  ),
  filing('creditor', 'orange', '缺申请执行人', ACCEPTANCE, '核对卷宗后补录申请执行人', parties, (one) =>
    isEnforcement(one) && namesOn(one, 'creditor').length === 0 ? '没有申请执行人' : null,
  ),
]

/** What only a filing that was entered here can lack; no export has a column for these. */
const PARTICULARS = [
  ['basisKind', '执行依据种类'],
  ['basisMaker', '作出机构'],
  ['basisEffectiveOn', '生效日期'],
  ['duty', '执行内容'],
  ['jurisdiction', '管辖依据'],
] as const

const BASIS: readonly WarningRule[] = [
  filing('particulars', 'yellow', '立案信息不全', ACCEPTANCE, '核对执行依据后补录', mend, (one) =>
    one.byHand && isEnforcement(one)
      ? listed(
          PARTICULARS.filter(([name]) => one[name] === null).map(([, label]) => label),
          '未填：',
        )
      : null,
  ),
  filing(
    'not-effective',
    'red',
    '立案时执行依据尚未生效',
    ACCEPTANCE,
    '核对生效证明；未生效的，不应立案',
    mend,
    (one) =>
      one.basisEffectiveOn !== null && one.basisEffectiveOn > one.filedOn
        ? `执行依据${one.basisEffectiveOn}生效，${one.filedOn}立案`
        : null,
  ),
  filing('not-due', 'red', '申请时履行期限未届满', ACCEPTANCE, '核对履行期限；未届满的，不应立案', mend, (one) =>
    one.performBy !== null && one.performBy >= appliedOn(one)
      ? `履行期限${one.performBy}届满，${appliedOn(one)}申请`
      : null,
  ),
  filing('basis-later', 'orange', '执行依据文号晚于立案', ACCEPTANCE, '核对执行依据文号和立案日期', mend, (one) => {
    const year = basisOf(one)?.year
    return year !== undefined && year > Number(one.filedOn.slice(0, 4))
      ? `执行依据文号为${year}年，${one.filedOn}立案`
      : null
  }),
  filing('amount-zero', 'orange', '金钱给付案件标的额为零', ACCEPTANCE, '核对申请执行标的', mend, (one) =>
    one.amountFen === 0n && (one.duty === null || one.duty === '金钱给付') ? '申请执行标的为0.00元' : null,
  ),
  filing(
    'type-code',
    'orange',
    '案件类型与案号不符',
    ['人民法院案件案号规定（法〔2015〕137号）', 'M'],
    '核对案件类型；案号有误的，由立案部门重新编号',
    mend,
    (one) => {
      const number = parseCaseNumber(one.number)
      const kind = 'problem' in number ? undefined : KIND_OF_TYPE_CODE[number.typeCode]
      return kind !== undefined && kind !== one.kind ? `案号为${kind}案件，登记为${one.kind}` : null
    },
  ),
  filing(
    'duplicate',
    'red',
    '重复立案',
    ['执行程序解释第二条', 'V'],
    '核对在先案件；确系重复的，撤销本案',
    mend,
    (one) => listed(one.duplicates, '执行依据和当事人相同的在先案件：'),
  ),
  // A hint, which holds nothing up: whether both courts may enforce is for people to find out between them.
  filing(
    'duplicate-elsewhere',
    'orange',
    '其他法院立案在先',
    ['执行程序解释第二条', 'V'],
    '与在先立案的法院核对；确系重复的，撤销本案，已控制的财产交先立案的法院处理',
    mend,
    (one) => listed(one.duplicatesElsewhere, '执行依据和当事人相同、立案不晚于本案的外院案件：'),
  ),
  filing(
    'limitation',
    'yellow',
    '超过申请执行时效',
    ['民事诉讼法第二百五十条；民事诉讼法解释第四百八十一条', 'V'],
    '只作提示，仍应受理：被执行人提出异议并成立的，裁定不予执行；有中止、中断情形的，说明理由',
    mend,
    (one) => {
      const from = one.performBy ?? one.basisEffectiveOn
      // Neither a penalty nor an administrative decision is applied for within these two years.
      if (one.kind !== '首次执行' || from === null || UNTIMED.includes(one.basisKind ?? '')) return null
      const last = one.limit('filing.limitation', from)
      return last !== null && appliedOn(one) > last ? `时效于${last}届满，${appliedOn(one)}申请` : null
    },
  ),
]

const UNTIMED = ['刑事裁判', '行政决定']

/** Which grounds of jurisdiction there are for which basis. */
const OF_COURTS = ['判决书', '裁定书', '调解书', '支付令', '刑事裁判']
const OF_OTHERS = ['仲裁裁决', '公证债权文书']
const FOR_COURTS = ['第一审法院', '与第一审同级的财产所在地法院', '上级指定']
const FOR_OTHERS = ['被执行人住所地', '财产所在地', '上级指定']

const JURISDICTION: readonly WarningRule[] = [
  filing(
    'jurisdiction',
    'orange',
    '管辖依据与执行依据不符',
    GROUND,
    '核对管辖；不属本院管辖的，告知申请人向有管辖权的法院申请',
    mend,
    (one) => {
      if (one.jurisdiction === null || one.basisKind === null) return null
      const grounds = OF_COURTS.includes(one.basisKind)
        ? FOR_COURTS
        : OF_OTHERS.includes(one.basisKind)
          ? FOR_OTHERS
          : null
      return grounds && !grounds.includes(one.jurisdiction)
        ? `${one.basisKind}应由${grounds.slice(0, 2).join('或')}执行，登记的管辖依据为${one.jurisdiction}`
        : null
    },
  ),
  filing(
    'first-instance',
    'orange',
    '本院不是第一审法院',
    GROUND,
    '核对管辖；属财产所在地法院的，更正管辖依据',
    mend,
    (one) => {
      const basis = basisOf(one)
      if (!basis?.isFirstInstance || one.jurisdiction === null) return null
      const isOwn = basis.courtCode === one.courtCode
      if (one.jurisdiction === '第一审法院' && !isOwn)
        return `执行依据由${basis.courtCode}作出，本院代字为${one.courtCode}`
      // The length of a court code tells the level: 吉, 吉01, 吉0193.
      return one.jurisdiction === '与第一审同级的财产所在地法院' && basis.courtCode.length !== one.courtCode.length
        ? `第一审法院${basis.courtCode}与本院${one.courtCode}不同级`
        : null
    },
  ),
]

/** What is told and never a reason to return a case: it must be accepted all the same (民事诉讼法解释第四百八十一条). */
export const ONLY_TOLD: readonly string[] = ['filing.limitation']

export const FILING_RULES: readonly WarningRule[] = [...PARTIES, ...BASIS, ...JURISDICTION]

const ORGANISATION = /(?:公司|银行|合作社|委员会|事务所|学校|医院|政府|中心|厂|局)$/u

const isIdentity = ({ type }: SeenParty['certificates'][number]) => type === '居民身份证'

const namesOn = (one: CaseView, side: SeenParty['side']) =>
  one.parties.filter((party) => party.side === side).map(({ name }) => name)

/** The day of the application: as it was entered, else that of the filing. */
const appliedOn = (one: CaseView) => one.facts.get('application-received')?.on ?? one.filedOn

/** Of a number that is wrong what is wrong with it, never the number: findings stand in lists that many read. */
function wrongWith(name: string) {
  return ({ type, valid }: SeenParty['certificates'][number]): string[] => {
    if (valid) return []
    return [type === '其他证件' ? `${name}的证件号码不是18位` : `${name}的${type}校验码不符`]
  }
}

function sharing(seen: readonly SeenParty[]): string[][] {
  const names = new Map<string, Set<string>>()
  for (const { name, certificates } of seen) {
    for (const { number } of certificates) names.set(number, (names.get(number) ?? new Set()).add(name))
  }
  return [...names.values()].filter((own) => own.size > 1).map((own) => [...own])
}

const FIRST_INSTANCE = /^(?:民|刑|行)(?:初|撤)/u
const BASIS_NUMBER = /^[（(〔](\d{4})[)）〕](最高法|[\p{Script=Han}](?:\d{2}(?:\d{2})?)?)([\p{Script=Han}]{1,3})\d/u

/** Year, court and instance of a basis that bears a case number; undefined for any other document number. */
function basisOf({ basisNumber }: CaseView) {
  const match = basisNumber === null ? null : BASIS_NUMBER.exec(basisNumber.replaceAll(' ', ''))
  if (!match) return undefined
  const [, year = '', courtCode = '', typeCode = ''] = match
  return { year: Number(year), courtCode, isFirstInstance: FIRST_INSTANCE.test(typeCode) }
}
