// 送达方式（民事诉讼法第八十七条至第九十五条）: how a document may be served, and when it then counts as served. Marks as for
// limits. The days of a public notice stand in matter-limits.ts.

export interface ServiceWay {
  way: string
  /** How it may have come about; each of them counts as served. */
  manners: readonly string[]
  /** Whose day is the day of service. */
  countsOn: string
  /** Goes out first; its result comes on another day. */
  sent: boolean
  /** Needs an address. */
  address: boolean
  /** Only where the receiver has agreed to it. */
  consent: boolean
  /** Somebody stands by, or pictures are taken. */
  witnessed: boolean
  source: string
  mark: 'V' | 'M'
}

const SIGNED = ['本人签收', '同住成年家属签收', '诉讼代理人签收', '指定代收人签收', '单位负责收件的人签收'] as const

const way = (name: string, more: Omit<Partial<ServiceWay>, 'way'> & Pick<ServiceWay, 'manners' | 'source'>) => ({
  way: name,
  countsOn: '签收日期',
  sent: false,
  address: false,
  consent: false,
  witnessed: false,
  mark: 'M' as const,
  ...more,
})

export const SERVICE_WAYS: readonly ServiceWay[] = [
  way('直接送达', { manners: SIGNED, source: '民事诉讼法第八十七条、第八十八条' }),
  way('留置送达', {
    manners: ['留置住所'],
    countsOn: '留置日期',
    witnessed: true,
    source: '民事诉讼法第八十九条',
  }),
  way('电子送达', {
    manners: ['到达特定系统'],
    countsOn: '到达受送达人特定系统的日期',
    sent: true,
    consent: true,
    source: '民事诉讼法第九十条；民事诉讼法解释第一百三十五条',
  }),
  way('邮寄送达', {
    manners: [...SIGNED, '退件视为送达'],
    countsOn: '回执注明的收件日期；拒收或者确认的地址不准确的，为退回日期',
    sent: true,
    address: true,
    source: '民事诉讼法第九十一条；法院专递规定第九条、第十一条',
  }),
  way('委托送达', {
    manners: [...SIGNED, '留置住所'],
    sent: true,
    source: '民事诉讼法第九十一条；民事诉讼法解释第一百三十四条',
  }),
]

/** 公告送达: what must have failed before, unless nobody knows where the receiver is and a paper says so. */
export const PUBLIC_NOTICE = {
  way: '公告送达',
  manner: '公告期满',
  after: ['直接送达', '邮寄送达'],
  source: '民事诉讼法第九十五条',
  mark: 'V',
} as const

/** Why an attempt failed; the words of a proof of service. */
export const FAILURES = ['拒收', '查无此人', '地址不详', '地址变更', '无人在家', '退件', '无法接通', '其他'] as const
