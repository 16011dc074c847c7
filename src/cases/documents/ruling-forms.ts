import { body, dated, plain, signature } from '#kernel/documents/block.ts'
import { courtForm, letterForm } from '#kernel/documents/form.ts'

// Rulings, each with the parties in the order of 法〔2016〕221号, and the letter that entrusts a case to another court.

const PARTIES = [
  body('{#申请执行人}'),
  body('申请执行人：{名称}，{身份信息}，住{住址}。'),
  body('{/申请执行人}'),
  body('{#被执行人}'),
  body('被执行人：{名称}，{身份信息}，住{住址}。'),
  body('{/被执行人}'),
]

export const executionRuling = courtForm('execution-ruling', {
  title: '执行裁定书',
  numbering: { by: 'ruling', class: '裁定书' },
  required: ['措施', '财产', '依据裁定'],
  body: [
    ...PARTIES,
    body(
      '本院在执行申请执行人{申请执行人姓名}与被执行人{被执行人姓名}{案由}一案中，因{裁定理由}。' +
        '依照{依据措施}、{依据裁定}的规定，裁定如下：',
    ),
    body('{措施}{财产}{#控制期限}，期限为{控制期限}{/控制期限}。'),
    body('本裁定立即执行。'),
    signature('{审判人员署名}'),
    dated('{日期}'),
  ],
})

/** 中止 and 终结执行 differ in their articles and in what they end. */
const halting = (ground: string, cited: string, ...decided: string[]) => [
  ...PARTIES,
  body(
    '本院在执行申请执行人{申请执行人姓名}与被执行人{被执行人姓名}{案由}一案中，执行依据为{执行依据}。' +
      `执行中，{事实和理由}。本院认为，本案属于{${ground}}的情形。依照{${cited}}的规定，裁定如下：`,
  ),
  ...decided.map(body),
  body('本裁定送达当事人后立即生效。'),
  signature('{审判人员署名}'),
  dated('{日期}'),
]

export const suspensionRuling = courtForm('suspension-ruling', {
  title: '中止执行裁定书',
  numbering: { by: 'ruling', class: '裁定书' },
  required: ['中止情形', '事实和理由', '依据中止执行'],
  body: halting('中止情形', '依据中止执行', '中止{执行依据}的执行。', '中止的情形消失后，恢复执行。'),
})

export const endingRuling = courtForm('ending-ruling', {
  title: '终结执行裁定书',
  numbering: { by: 'ruling', class: '裁定书' },
  required: ['终结情形', '事实和理由', '依据终结执行'],
  body: halting('终结情形', '依据终结执行', '终结{执行依据}的执行。'),
})

export const terminationRuling = courtForm('termination-ruling', {
  title: '终结本次执行程序裁定书',
  numbering: { by: 'ruling', class: '裁定书' },
  required: ['执行经过和查明财产', '已实现债权', '依据终本'],
  body: [
    ...PARTIES,
    body(
      '申请执行人{申请执行人姓名}与被执行人{被执行人姓名}{案由}一案，{执行依据}已经发生法律效力，' +
        '申请执行标的{申请执行标的}。本院于{立案日期}立案执行。',
    ),
    body('执行中，{执行经过和查明财产}。截至目前，已实现债权{已实现债权}，尚有{未到位金额}未实现。'),
    body(
      '本院已将案件执行情况、采取的财产调查措施、被执行人的财产情况、终结本次执行程序的依据及法律后果告知申请执行人，{申请执行人意见}。',
    ),
    body('依照{依据终本}的规定，裁定如下：'),
    body('终结本次执行程序。'),
    body(
      '被执行人负有继续向申请执行人履行债务的义务。申请执行人发现被执行人有可供执行财产的，可以再次申请执行；' +
        '再次申请不受申请执行时效期间的限制。',
    ),
    body('本裁定送达后立即生效。当事人、利害关系人认为终结本次执行程序违反法律规定的，可以提出执行异议。'),
    signature('{审判人员署名}'),
    dated('{日期}'),
  ],
})

export const entrustmentLetter = letterForm('entrustment-letter', {
  title: '委托执行函',
  numbering: { by: 'letter', word: '委' },
  required: ['受托法院', '委托事项', '依据委托执行'],
  body: [
    plain('{受托法院}：'),
    body(
      '我院在执行申请执行人{申请执行人姓名}与被执行人{被执行人姓名}{案由}一案中，案号为{案号}，执行依据为{执行依据}，{委托理由}。' +
        '依照{依据委托执行}的规定，现委托你院{委托事项}，请于收到本函后七日内立案，并将立案情况函告我院。',
    ),
    body('附：{附件}'),
    body('联系人：{承办人}　联系电话：{联系电话}'),
    body('联系地址：{法院地址}'),
    signature('{法院}'),
    dated('{日期}'),
  ],
})
