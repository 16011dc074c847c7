import type { ApprovalSpec } from '#kernel/approval/chain.ts'
import { citationsOn, yuanOf } from '#kernel/documents/court-words.ts'
import type { Session } from '#kernel/matter/acting.ts'
import { type Field, type FieldValue, field } from '#kernel/matter/field.ts'
import type { Saying, Thing } from '#kernel/matter/matter.ts'
import { problem } from '#kernel/problem/problem.ts'
import { DISHONESTY } from '#rules/dishonesty.ts'
import { FINE_LIMITS } from '#rules/fines.ts'
import { OBSTRUCTIONS } from '#rules/obstructions.ts'
import { checkListing } from './dishonesty-check.ts'
import { facts, type Issuing, JUDGE, OPEN } from './issuing.ts'
import { consumptionLimit, detentionDecision, dishonestyDecision, fineDecision } from './order-forms.ts'

// 限制消费、失信、罚款、拘留: signed by the president.

type Answers = Readonly<Record<string, FieldValue>>

/** 司惩、失信: the bureau first; the president himself, as the law names him (民事诉讼法第一百一十九条). */
const SANCTION: ApprovalSpec = ['director', { role: 'president', personal: true }]
const TERM: Field = {
  ...field.optional(field.choice('纳入期限', ...DISHONESTY.terms)),
  help: '有履行能力而拒不履行的不填；其余为二年，依法可以延长一至三年',
}
const punished = {
  punished: field.text('被处罚人', { max: 100 }),
  identity: field.text('被处罚人身份', { max: 200, help: '性别、出生日期和公民身份号码，或者统一社会信用代码' }),
  address: field.text('被处罚人住址', { max: 200 }),
  obstruction: field.choice('妨害情形', ...([...OBSTRUCTIONS.keys()] as [string, ...string[]])),
  facts,
  superior: field.text('上一级法院', { max: 60 }),
  president: field.text('院长', { max: 40 }),
}

/** The one tag that templates have for the article, a court's own ones too: which article it is, the answer decides. */
const obstructing = {
  依据妨害执行: (({ answers, on }) =>
    citationsOn(on)[OBSTRUCTIONS.get(String(answers.obstruction)) ?? ''] ?? null) satisfies Saying,
}

async function checkFine({ on }: Session, _: Thing, { fined, fineFen }: Answers): Promise<void> {
  const limit = FINE_LIMITS.find(({ who }) => who === fined)
  const fen = BigInt(fineFen as bigint)
  if (!limit || (fen >= limit.leastFen && fen <= limit.mostFen)) return
  const { 依据罚拘限度: cited } = citationsOn(on)
  const words = { who: limit.who, words: limit.words, amount: yuanOf(fen) }
  throw problem('fine.beyond', words, cited ? { rule: cited } : {})
}

export const SANCTIONS: Readonly<Record<string, Issuing>> = {
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
      whom: field.text('纳入对象', { max: 200, help: '本案被执行人；数人的以顿号分隔' }),
      ground: field.choice(
        '失信情形',
        DISHONESTY.untermed,
        '以伪造证据、暴力、威胁等方法妨碍、抗拒执行',
        '以虚假诉讼、虚假仲裁或者以隐匿、转移财产等方法规避执行',
        '违反财产报告制度',
        '违反限制消费令',
        '无正当理由拒不履行执行和解协议',
      ),
      facts,
      term: TERM,
      president: field.text('院长', { max: 40 }),
    },
    check: checkListing,
  },
  fineDecision: {
    form: fineDecision,
    by: JUDGE,
    from: OPEN,
    approval: SANCTION,
    ask: {
      ...punished,
      fined: field.choice('被处罚人类别', '个人', '单位'),
      fineFen: field.money('罚款金额', { help: FINE_LIMITS.map(({ who, words }) => `${who}${words}`).join('，') }),
      payBy: field.date('交款期限'),
    },
    check: checkFine,
    says: obstructing,
  },
  detentionDecision: {
    form: detentionDecision,
    by: JUDGE,
    from: OPEN,
    approval: SANCTION,
    ask: { ...punished, days: field.number('拘留天数', { min: 1, max: 15 }) },
    says: obstructing,
  },
}
