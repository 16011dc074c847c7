// 特殊主体案件（第十九条）: what proposes a case for the ledger. A proposal is a hint that a person confirms or refuses. Which
// names count is a setting of the court [C]; the classes of a credit code are the national standard's, quoted at second
// hand [M].

export const SPECIAL_CATEGORIES = ['党政机关', '军队', '国有企业'] as const
export type SpecialCategory = (typeof SPECIAL_CATEGORIES)[number]

export interface SpecialPartyRule {
  id: string
  category: SpecialCategory
  /** What it looks at, as the ledger says it. */
  label: string
  /** The sides on which a party of this sort makes the case special. */
  sides: readonly ('creditor' | 'debtor' | 'third-party')[]
  /** Part of a name, and what such a name may not be. */
  name?: { has: RegExp; not: RegExp | null }
  /** First two characters of a valid credit code. */
  codes?: Readonly<Record<string, string>>
  source: string
  mark: 'V' | 'M' | 'C'
}

const SETTING = { source: '本院设置', mark: 'C' } as const
const STANDARD = { source: '法人和其他组织统一社会信用代码编码规则（GB 32100—2015）', mark: 'M' } as const
const DEBTOR = ['debtor'] as const
/** Whoever it is on whatever side: 涉军 is not a matter of owing alone. */
const ANY_SIDE = ['debtor', 'creditor', 'third-party'] as const

const OFFICES =
  '财政|教育|公安|民政|司法|交通运输|住房和城乡建设|自然资源|水利|水务|农业农村|卫生健康|审计|税务|林业和草原|生态环境|' +
  '应急管理|市场监督管理|人力资源和社会保障|文化广播电视和旅游|文化和旅游|城市管理|统计|信访|医疗保障|退役军人事务'

export const SPECIAL_PARTY_RULES: readonly SpecialPartyRule[] = [
  {
    id: 'government-name',
    category: '党政机关',
    label: '名称为党政机关',
    sides: DEBTOR,
    name: {
      has: new RegExp(
        `人民政府|[乡镇]政府|街道办事处|^中共|^中国共产党|人民法院|人民检察院|人民代表大会|政治协商会议|(?:${OFFICES})[厅局]`,
        'u',
      ),
      not: /公司|集团|中心$|医院|学校|大学|酒店|食堂/u,
    },
    ...SETTING,
  },
  {
    id: 'committee-name',
    category: '党政机关',
    label: '名称为委员会',
    sides: DEBTOR,
    name: {
      has: /委员会$|管委会$/u,
      not: /(?:村民|居民|社区|业主|仲裁|家长|职工|债权人|村务监督|妇女)委员会$/u,
    },
    ...SETTING,
  },
  {
    id: 'government-code',
    category: '党政机关',
    label: '信用代码属机构编制部门赋码',
    sides: DEBTOR,
    codes: { '11': '机关', '12': '事业单位', '13': '群众团体' },
    ...STANDARD,
  },
  {
    id: 'military-name',
    category: '军队',
    label: '名称为军队单位',
    sides: ANY_SIDE,
    name: {
      has: /中国人民解放军|人民武装警察|武警|部队$|[省军]军区|战区|军分区|人民武装部|预备役/u,
      not: /公司|集团|退役|拥军/u,
    },
    ...SETTING,
  },
  {
    id: 'military-code',
    category: '军队',
    label: '信用代码属军队编制部门赋码',
    sides: ANY_SIDE,
    codes: { A1: '军队事业单位', A9: '军队其他单位' },
    ...STANDARD,
  },
  {
    id: 'state-owned-name',
    category: '国有企业',
    label: '名称为国有企业',
    sides: DEBTOR,
    name: {
      has: /国有独资|国有资[本产]|国有控股|国资|(?:城市|基础设施)建设投资|城投|交通投资|^中国(?:石油|石化|铁路|移动|联通|电信|邮政|建筑|中铁|铁建|交通建设|电力建设)|国家电网/u,
      not: /委员会|监督管理/u,
    },
    ...SETTING,
  },
]
