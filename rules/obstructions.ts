// 妨害情形 (罚款、拘留): each with the name in citations.ts of the article that it falls under.

const KINDS = [
  ['拒不履行人民法院已经发生法律效力的判决、裁定', '依据妨害执行'],
  ['隐藏、转移、变卖、毁损已被查封、扣押的财产，或者转移已被冻结的财产', '依据妨害财产'],
  ['以暴力、威胁或者其他方法阻碍司法工作人员执行职务', '依据妨害职务'],
  ['拒绝报告、虚假报告或者无正当理由逾期报告财产', '依据报告财产'],
  ['有义务协助执行的单位拒不协助执行', '依据拒不协助'],
] as const

export const OBSTRUCTIONS: ReadonlyMap<string, string> = new Map(KINDS)
