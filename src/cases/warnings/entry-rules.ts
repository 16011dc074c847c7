import { CASE_PAPERS } from '#cases/case/case-papers.ts'
import type { FactName } from '#cases/case/fact-names.ts'
import { caseIssuing, PAPER_OF_ACT } from '#cases/documents/case-issuing.ts'
import { correct, debtorsOf, isEnded, isEnforcement, type Law, label, listed, mend, OWN, rule } from './rule-words.ts'
import type { Remedy, WarningRule } from './warning-rule.ts'

// 信息和文件: what must be entered with a case and is not, or was entered late. What an export can't tell is asked only of
// what was entered here.

const INFORMATION: readonly WarningRule[] = [
  rule(
    'debtor',
    'information',
    'red',
    '缺被执行人',
    ['执行规定第十六条', 'V'],
    '核对卷宗后补录被执行人',
    { parties: true },
    (one) => (isEnforcement(one) && debtorsOf(one).length === 0 ? '没有被执行人' : null),
  ),
  rule(
    'debtor-certificate',
    'information',
    'orange',
    '被执行人缺证件号码',
    OWN,
    '补录证件号码；缺号码的不能发起网络查控',
    { parties: true },
    (one) =>
      listed(
        debtorsOf(one)
          .filter(({ certificates }) => certificates.length === 0)
          .map(({ name }) => name),
      ),
  ),
  rule(
    'basis',
    'information',
    'orange',
    '缺执行依据文号',
    ['执行规定第十八条', 'V'],
    '补录执行依据文号',
    mend,
    (one) => (isEnforcement(one) && one.basisNumber === null ? '没有执行依据文号' : null),
  ),
  rule(
    'amount',
    'information',
    'orange',
    '缺申请执行标的',
    ['执行规定第十六条', 'V'],
    '补录申请执行标的；标的为行为的，补录执行内容',
    mend,
    (one) => (isEnforcement(one) && one.amountFen === null && one.duty !== '完成行为' ? '没有申请执行标的' : null),
  ),
  rule(
    'handler',
    'information',
    'red',
    '逾期未确定承办人',
    ['期限规定第二条（法发〔2006〕35号）', 'V'],
    '确定承办人',
    { act: '变更承办人' },
    (one) => {
      const last = isEnded(one) || one.hasHandler ? null : one.limit('node.assignment', one.filedOn)
      return last !== null && last < one.on ? `应于${last}前确定承办人` : null
    },
  ),
  rule('suspension-day', 'information', 'orange', '缺中止日期', OWN, '登记中止日期，期限才能计算', correct, (one) =>
    one.state === 'suspended' && !one.facts.has('suspended') ? '案件已中止而没有中止日期' : null,
  ),
  rule(
    'closing-day',
    'information',
    'orange',
    '缺结案日期',
    ['指导意见第十六条', 'V'],
    '核对卷宗后补录结案日期',
    correct,
    (one) => (isEnded(one) && one.closedOn === null ? '案件已结而没有结案日期' : null),
  ),
  rule(
    'closing-way',
    'information',
    'orange',
    '缺结案方式',
    ['执行规定第六十四条', 'V'],
    '核对卷宗，说明结案方式',
    correct,
    (one) =>
      one.state === 'closed' && isEnforcement(one) && one.closingWay === null ? '案件已结而没有结案方式' : null,
  ),
  rule(
    'arrival-amount',
    'information',
    'orange',
    '缺到账金额',
    ['执行款物管理规定第四条、第五条', 'M'],
    '与财务核对后补录',
    correct,
    (one) => (one.facts.has('funds-arrived') && one.arrivedFen === null ? '案款已到账而没有金额' : null),
  ),
]

/** How a paper gets into the file: where one act issues it, by that act as well. */
function bringing(paper: keyof typeof CASE_PAPERS): { next: string; remedy: Remedy } {
  const { label } = CASE_PAPERS[paper]
  const acts = Object.keys(PAPER_OF_ACT).filter((act) => PAPER_OF_ACT[act] === paper)
  const act = acts.length === 1 ? (caseIssuing[acts[0] as string]?.label ?? null) : null
  return { next: `${acts.length > 0 ? '签发或者上传' : '上传'}${label}`, remedy: { paper: label, act } }
}

/** A node that was entered here and whose paper is not in the file. */
const PAPERS: readonly WarningRule[] = (
  [
    ['notice-sent', 'notice', ['执行规定第二十二条', 'V']],
    ['disclosure-ordered', 'disclosureOrder', ['财产调查规定第三条', 'V']],
    ['consumption-limited', 'consumptionOrder', ['限制消费规定第五条', 'V']],
    ['dishonest-listed', 'dishonestyDecision', ['失信规定第五条', 'V']],
    ['termination-interview', 'interviewRecord', ['终本规定第五条', 'M']],
    ['appraisal-reported', 'appraisalReport', OWN],
    ['auction-ruling-served', 'auctionRuling', ['拍卖变卖规定第二十条', 'V']],
    ['assistance-served', 'assistanceNotice', ['期限规定第九条（法发〔2006〕35号）', 'M']],
    ['claim-notice-served', 'claimNotice', ['执行规定第四十五条', 'V']],
    ['funds-disbursed', 'disbursementForm', ['执行款物管理规定（法发〔2017〕6号）', 'M']],
    ['suspended', 'suspensionRuling', OWN],
  ] as const satisfies readonly [FactName, keyof typeof CASE_PAPERS, Law][]
).map(([fact, paper, law]) =>
  rule(
    `paper.${paper}`,
    'paper',
    'orange',
    `缺${CASE_PAPERS[paper].label}`,
    law,
    bringing(paper).next,
    bringing(paper).remedy,
    (one) => {
      const done = one.facts.get(fact)
      return done?.entered && !one.papers.has(paper) ? `${label(fact)}已登记（${done.on}），没有文书` : null
    },
  ),
)

const CLOSING_PAPERS: readonly WarningRule[] = (
  [
    ['closed', 'closingPaper', ['立结案意见（法发〔2014〕26号）', 'M']],
    ['terminated', 'terminationRuling', ['终本规定第六条', 'M']],
  ] as const
).map(([state, paper, law]) =>
  rule(
    `paper.${paper}`,
    'paper',
    'red',
    `缺${CASE_PAPERS[paper].label}`,
    [...law],
    bringing(paper).next,
    bringing(paper).remedy,
    (one) =>
      one.state === state && one.facts.get('closed')?.entered && !one.papers.has(paper)
        ? `${one.closedOn ?? ''}结案，没有${CASE_PAPERS[paper].label}`
        : null,
  ),
)

const LATE_ENTRY: readonly WarningRule[] = [
  rule(
    'late-entry',
    'late-entry',
    'yellow',
    '节点录入迟延',
    OWN,
    '核对日期；日期无误的，说明迟延理由',
    correct,
    (one) =>
      listed(
        [...one.facts]
          .filter(
            ([, fact]) =>
              fact.entered && fact.firstEnteredOn > (one.limit('entry.late', fact.on) ?? fact.firstEnteredOn),
          )
          .map(([name, fact]) => `${label(name)}${fact.on}发生、${fact.firstEnteredOn}录入`),
      ),
  ),
]

export const ENTRY_RULES: readonly WarningRule[] = [...INFORMATION, ...PAPERS, ...CLOSING_PAPERS, ...LATE_ENTRY]
