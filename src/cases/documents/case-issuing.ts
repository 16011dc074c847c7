import type { CASE_PAPERS } from '#cases/case/case-papers.ts'
import type { ApprovalSpec } from '#kernel/approval/chain.ts'
import type { Who } from '#kernel/authorisation/may.ts'
import type { Form } from '#kernel/documents/form.ts'
import { type Field, field } from '#kernel/matter/field.ts'
import { type ActionSpec, type DocumentSpec, template } from '#kernel/matter/matter.ts'
import {
  assetDeclaration,
  closingNotice,
  disclosureOrder,
  executionNotice,
  proofOfService,
  riskNotice,
} from './notice-forms.ts'
import { consumptionLimit, detentionDecision, dishonestyDecision, fineDecision, jointExecution } from './order-forms.ts'
import {
  endingRuling,
  entrustmentLetter,
  executionRuling,
  suspensionRuling,
  terminationRuling,
} from './ruling-forms.ts'

// 格式文书（第九条）: the documents of a case, each issued by an act of its own. What the law reserves to the president
// (限制消费令, 失信, 罚款, 拘留, 终本) is issued when he approves it.

const TEAM = ['holder', 'team.head', 'team.judge', 'team.assistant', 'team.clerk', 'centre.clerk'] as const
const JUDGE = ['holder', 'team.judge'] as const
/** 司惩、失信: the bureau first; the president himself, as the law names him (民事诉讼法第一百一十九条). */
const SANCTION: ApprovalSpec = ['director', { role: 'president', personal: true }]
const OPEN = ['handling', 'suspended'] as const
const ANY = [...OPEN, 'closed', 'terminated'] as const

interface Issuing {
  form: Form
  by: readonly Who[]
  from: readonly string[]
  approval?: ApprovalSpec
  ask?: Readonly<Record<string, Field>>
  /** The usual ones of every case: for hundreds of cases at once. */
  bulk?: true
  /** The paper that the file lacks no longer when this is issued. */
  paper?: PaperName
}

type PaperName = keyof typeof CASE_PAPERS

const facts = field.text('事实和理由', { max: 2000 })
const punished = {
  punished: field.text('被处罚人', { max: 100 }),
  identity: field.text('被处罚人身份', { max: 200, help: '性别、出生日期和公民身份号码，或者统一社会信用代码' }),
  address: field.text('被处罚人住址', { max: 200 }),
  facts,
  superior: field.text('上一级法院', { max: 60 }),
  president: field.text('院长', { max: 40 }),
}
const signers = field.text('审判人员署名', { max: 200, help: '每行一人，如“审判员　张某”' })

const ISSUED: Readonly<Record<string, Issuing>> = {
  executionNotice: {
    form: executionNotice,
    paper: 'notice',
    bulk: true,
    by: TEAM,
    from: OPEN,
    ask: { within: field.choice('履行期限', '立即', '三日内', '五日内', '七日内', '十日内', '十五日内') },
  },
  disclosureOrder: {
    form: disclosureOrder,
    paper: 'disclosureOrder',
    bulk: true,
    by: TEAM,
    from: OPEN,
    ask: {
      within: field.choice('报告期限', '收到本令后三日内', '收到本令后五日内', '收到本令后七日内', '收到本令后十日内'),
    },
  },
  assetDeclaration: { form: assetDeclaration, bulk: true, by: TEAM, from: OPEN },
  riskNotice: { form: riskNotice, bulk: true, by: TEAM, from: OPEN },
  proofOfService: {
    form: proofOfService,
    by: TEAM,
    from: ANY,
    ask: {
      papers: field.text('送达文书', { max: 300, help: '名称和件数，如“执行通知书一份、报告财产令一份”' }),
      receiver: field.text('受送达人', { max: 100 }),
      address: field.text('送达地址', { max: 200 }),
      way: field.choice('送达方式', '直接送达', '邮寄送达', '留置送达', '委托送达', '电子送达', '公告送达'),
    },
  },
  closingNotice: {
    form: closingNotice,
    paper: 'closingPaper',
    bulk: true,
    by: TEAM,
    from: ['closed'],
    ask: { fulfilment: field.text('履行情况', { max: 500 }) },
  },
  consumptionLimit: {
    form: consumptionLimit,
    paper: 'consumptionOrder',
    by: JUDGE,
    from: OPEN,
    approval: 'president',
    ask: { whom: field.text('限制对象', { max: 200 }), president: field.text('院长', { max: 40 }) },
  },
  dishonestyDecision: {
    form: dishonestyDecision,
    paper: 'dishonestyDecision',
    by: JUDGE,
    from: OPEN,
    approval: SANCTION,
    ask: {
      whom: field.text('纳入对象', { max: 200 }),
      ground: field.choice(
        '失信情形',
        '有履行能力而拒不履行生效法律文书确定义务',
        '以伪造证据、暴力、威胁等方法妨碍、抗拒执行',
        '以虚假诉讼、虚假仲裁或者以隐匿、转移财产等方法规避执行',
        '违反财产报告制度',
        '违反限制消费令',
        '无正当理由拒不履行执行和解协议',
      ),
      facts,
      term: field.text('纳入期限', { optional: true, max: 40, help: '有履行能力而拒不履行的不填；其余一般为二年' }),
      president: field.text('院长', { max: 40 }),
    },
  },
  fineDecision: {
    form: fineDecision,
    by: JUDGE,
    from: OPEN,
    approval: SANCTION,
    ask: { ...punished, fineFen: field.money('罚款金额'), payBy: field.date('交款期限') },
  },
  detentionDecision: {
    form: detentionDecision,
    by: JUDGE,
    from: OPEN,
    approval: SANCTION,
    ask: { ...punished, days: field.number('拘留天数', { min: 1, max: 15 }) },
  },
  terminationRuling: {
    form: terminationRuling,
    paper: 'terminationRuling',
    by: JUDGE,
    from: [...OPEN, 'terminated'],
    approval: 'president',
    ask: {
      course: field.text('执行经过和查明财产', { max: 4000 }),
      achieved: field.money('已实现债权'),
      opinion: field.text('申请执行人意见', { max: 500 }),
      signers,
    },
  },
  executionRuling: {
    form: executionRuling,
    by: JUDGE,
    from: ANY,
    ask: {
      ground: field.text('裁定理由', { max: 1000 }),
      measure: field.choice('措施', '冻结', '查封', '扣押', '划拨', '扣留、提取', '解除冻结', '解除查封', '解除扣押'),
      property: field.text('财产', { max: 1000 }),
      term: field.text('控制期限', { optional: true, max: 100, help: '如“一年，自某年某月某日起至某年某月某日止”' }),
      signers,
    },
  },
  suspensionRuling: {
    form: suspensionRuling,
    paper: 'suspensionRuling',
    by: JUDGE,
    from: OPEN,
    ask: {
      ground: field.choice(
        '中止情形',
        '申请人表示可以延期执行',
        '案外人对执行标的提出确有理由的异议',
        '作为一方当事人的公民死亡，需要等待继承人继承权利或者承担义务',
        '作为一方当事人的法人或者其他组织终止，尚未确定权利义务承受人',
        '人民法院认为应当中止执行的其他情形',
      ),
      facts,
      signers,
    },
  },
  endingRuling: {
    form: endingRuling,
    paper: 'closingPaper',
    by: JUDGE,
    from: [...OPEN, 'closed'],
    ask: {
      ground: field.choice(
        '终结情形',
        '申请人撤销申请',
        '据以执行的法律文书被撤销',
        '作为被执行人的公民死亡，无遗产可供执行，又无义务承担人',
        '追索赡养费、扶养费、抚养费案件的权利人死亡',
        '作为被执行人的公民因生活困难无力偿还借款，无收入来源，又丧失劳动能力',
        '人民法院认为应当终结执行的其他情形',
      ),
      facts,
      signers,
    },
  },
  entrustmentLetter: {
    form: entrustmentLetter,
    by: [...JUDGE, 'centre.clerk'],
    from: OPEN,
    approval: 'director',
    ask: {
      court: field.text('受托法院', { max: 60 }),
      reason: field.text('委托理由', { max: 1000 }),
      matter: field.text('委托事项', { max: 1000 }),
      papers: field.text('附件', { max: 500 }),
    },
  },
  jointExecution: {
    form: jointExecution,
    by: ['centre.clerk', 'centre.head'],
    from: OPEN,
    approval: 'director',
    ask: {
      courts: field.text('协同法院', { max: 200 }),
      reason: field.text('协同事由', { max: 1000 }),
      people: field.text('参加人员', { max: 500 }),
      command: field.text('指挥人员', { max: 200 }),
      time: field.text('集结时间', { max: 60 }),
      place: field.text('集结地点', { max: 200 }),
    },
  },
}

/** A paper of the same name that somebody brings has a place of its own. */
const documentOf = (act: string) => `${act}Form`

/** The paper of the file that a document is: by the act that issues it, and by its name among the case's documents. */
export const PAPER_OF_ACT: Readonly<Record<string, PaperName>> = papersBy((name) => name)
export const PAPER_OF_DOCUMENT: Readonly<Record<string, PaperName>> = papersBy(documentOf)

function papersBy(key: (act: string) => string) {
  const entries = Object.entries(ISSUED).flatMap(([name, { paper }]) => (paper ? [[key(name), paper] as const] : []))
  return Object.fromEntries(entries)
}

/** The documents of a case that the system writes. */
export const caseDocuments: Readonly<Record<string, DocumentSpec>> = Object.fromEntries(
  Object.entries(ISSUED).map(([name, { form }]) => [documentOf(name), template(form.title, form)]),
)

/** The acts that issue them. */
export const caseIssuing: Readonly<Record<string, ActionSpec>> = Object.fromEntries(
  Object.entries(ISSUED).map(([name, { form, by, from, approval, ask, bulk }]) => [
    name,
    {
      label: `签发${form.title}`,
      from,
      by,
      articles: ['9'],
      awaited: false,
      issues: documentOf(name),
      ...(approval ? { approval } : {}),
      ...(ask ? { ask } : {}),
      ...(bulk ? { bulk } : {}),
    },
  ]),
)
