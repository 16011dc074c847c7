import { field } from '#kernel/matter/field.ts'
import { type ActionSpec, type DocumentSpec, template } from '#kernel/matter/matter.ts'
import { checkDuty, checkFulfilled, checkLevel, moneyOf } from './document-checks.ts'
import { ANY, type Issuing, JUDGE, OPEN, type PaperName, TEAM } from './issuing.ts'
import {
  assetDeclaration,
  closingNotice,
  disclosureOrder,
  executionNotice,
  proofOfService,
  riskNotice,
} from './notice-forms.ts'
import { jointExecution } from './order-forms.ts'
import { entrustmentLetter } from './ruling-forms.ts'
import { RULINGS } from './rulings.ts'
import { SANCTIONS } from './sanctions.ts'

// 格式文书（第九条）: the documents of a case, each issued by an act of its own. What the law reserves to the president
// (限制消费令, 失信, 罚款, 拘留, 终本) is issued when he approves it.

const ISSUED: Readonly<Record<string, Issuing>> = {
  executionNotice: {
    form: executionNotice,
    paper: 'notice',
    bulk: true,
    by: TEAM,
    from: OPEN,
    ask: {
      within: field.choice('履行期限', '立即', '三日内', '五日内', '七日内', '十日内', '十五日内'),
      content: field.text('履行内容', {
        optional: true,
        max: 1000,
        help: '交付财物、完成行为等金钱以外的义务，按执行依据主文填写；只有金钱给付的不填',
      }),
    },
    check: checkDuty,
    says: { 金钱给付: moneyOf },
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
    check: checkFulfilled,
  },
  ...SANCTIONS,
  ...RULINGS,
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
    check: checkLevel,
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
  Object.entries(ISSUED).map(([name, { form, by, from, approval, ask, check, says, bulk }]) => [
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
      ...(check ? { check } : {}),
      ...(says ? { says } : {}),
      ...(bulk ? { bulk } : {}),
    },
  ]),
)
