import { citationsOn, yuanOf } from '#kernel/documents/court-words.ts'
import type { Session } from '#kernel/matter/acting.ts'
import { type FieldValue, field } from '#kernel/matter/field.ts'
import type { Saying, Thing } from '#kernel/matter/matter.ts'
import { problem } from '#kernel/problem/problem.ts'
import { MEASURES } from '#rules/measures.ts'
import { ANY, facts, type Issuing, JUDGE, OPEN } from './issuing.ts'
import { endingRuling, executionRuling, suspensionRuling, terminationRuling } from './ruling-forms.ts'

// 裁定: 终本, 执行, 中止, 终结执行.

const signers = field.text('审判人员署名', { max: 200, help: '每行一人，如“审判员　张某”' })

type Answers = Readonly<Record<string, FieldValue>>

/** What is realised is the judge's word, whatever has reached the account: the rest follows from the same word. */
const restOf: Saying = ({ thing, answers }) => {
  const [amount, achieved] = [thing.values.amountFen ?? null, answers.achieved ?? null]
  return amount === null || achieved === null ? null : yuanOf(BigInt(amount) - BigInt(achieved))
}

async function checkAchieved(_: Session, thing: Thing, { achieved = null }: Answers): Promise<void> {
  const amount = thing.values.amountFen ?? null
  if (amount === null || achieved === null || BigInt(achieved) <= BigInt(amount)) return
  throw problem('ruling.achieved-beyond', { achieved: yuanOf(BigInt(achieved)), amount: yuanOf(BigInt(amount)) })
}

const measureOf = ({ measure }: Answers) => MEASURES.find((one) => one.measure === measure)

const restsOf: Saying = ({ answers, on }) => {
  const cited = citationsOn(on)
  const said = measureOf(answers)?.rests.map((name) => cited[name] ?? null) ?? [null]
  return said.includes(null) ? null : said.join('、')
}

async function checkTerm({ on }: Session, _: Thing, answers: Answers): Promise<void> {
  const { measure, term } = measureOf(answers) ?? {}
  const hasTerm = (answers.term ?? null) !== null
  if (!measure || term === 'may' || hasTerm === (term === 'must')) return
  const { 依据控制期限: cited } = citationsOn(on)
  throw problem(hasTerm ? 'ruling.term-excess' : 'ruling.term-missing', { measure }, cited ? { rule: cited } : {})
}

export const RULINGS: Readonly<Record<string, Issuing>> = {
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
    check: checkAchieved,
    says: { 未到位金额: restOf },
  },
  executionRuling: {
    form: executionRuling,
    by: JUDGE,
    from: ANY,
    ask: {
      ground: field.text('裁定理由', { max: 1000 }),
      measure: field.choice('措施', ...(MEASURES.map((one) => one.measure) as [string, ...string[]])),
      property: field.text('财产', { max: 1000 }),
      term: field.text('控制期限', {
        optional: true,
        max: 100,
        help: '如“一年，自某年某月某日起至某年某月某日止”；解除的不填',
      }),
      signers,
    },
    check: checkTerm,
    says: { 依据措施: restsOf },
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
}
