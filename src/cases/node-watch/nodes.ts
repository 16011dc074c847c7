import type { FactName } from '#cases/case/fact-names.ts'

// 流程节点 (law.md 2): from which dated fact each limit runs, and which fact ends it. The days stand in
// rules/node-limits.ts.

export interface Node {
  rule: string | ((one: { cause: string | null }) => string)
  /** The first of these that the case has. The rule's own start comes first, its stand-in after it. */
  starts: readonly FactName[]
  done: FactName
  /** In which kinds of case; null: in any. */
  kinds: readonly string[] | null
  /** Runs on although the case is closed. */
  outlivesCase: boolean
  /** Runs on although the case is 中止: what a seizure or a price holds ends on its day (查封扣押冻结规定第二十七条). */
  heedsNoSuspension: boolean
  /** Only in cases made by hand: exports never tell the done fact, and every imported case would seem to miss it. */
  handOnly: boolean
}

const ENFORCEMENT = ['首次执行', '恢复执行'] as const
/** 行政处罚非诉执行, 行政非诉执行 …: enforcement of an administrative decision. */
const NON_LITIGATION = '非诉'

const node = (rule: Node['rule'], starts: readonly FactName[], done: FactName, more: Partial<Node> = {}): Node => ({
  rule,
  starts,
  done,
  kinds: ENFORCEMENT,
  outlivesCase: false,
  heedsNoSuspension: false,
  handOnly: false,
  ...more,
})

const term: Node['rule'] = ({ cause }) => (cause?.includes(NON_LITIGATION) ? 'node.term.administrative' : 'node.term')

const anyKind = { kinds: null }
/** Money must go out although the case is closed; that it waits while the case is 中止 is asked for (延缓发放). */
const outlives = { ...anyKind, outlivesCase: true }
/** A seizure comes to its end whatever becomes of the case. */
const effective = { ...outlives, heedsNoSuspension: true }
const byHand = { handOnly: true }

export const NODES: readonly Node[] = [
  node('node.filing', ['application-received'], 'filed', anyKind),
  node('node.transfer', ['filed'], 'case-transferred', byHand),
  node('node.assignment', ['filed'], 'handler-assigned', byHand),
  node('node.notice', ['application-received', 'filed'], 'notice-sent'),
  node('node.notice.internal', ['materials-received', 'filed'], 'notice-sent'),
  node('node.notice.after-measure', ['measure-taken'], 'notice-sent'),
  node('node.clue-request', ['materials-received'], 'clue-requested'),
  node('node.inquiry', ['filed'], 'inquiry-started'),
  node('node.investigation.asked', ['investigation-applied'], 'investigation-started'),
  node('node.investigation', ['filed'], 'investigation-completed', byHand),
  node('node.clue', ['clue-received'], 'clue-verified'),
  node('node.clue.urgent', ['urgent-clue-received'], 'clue-verified'),
  node('node.audit', ['audit-applied'], 'audit-answered'),
  node('node.reward', ['reward-applied'], 'reward-answered'),
  node('node.reference-price', ['asset-controlled'], 'price-route-started'),
  node('node.price-inquiry', ['price-inquiry-entrusted'], 'price-inquiry-reported'),
  node('node.appraisal', ['appraisal-entrusted'], 'appraisal-reported'),
  node('node.price-report', ['appraisal-reported', 'price-inquiry-reported'], 'price-report-sent'),
  node('node.realisation', ['price-fixed'], 'realisation-started'),
  node('node.second-auction', ['first-auction-unsold'], 'second-auction-started'),
  node('node.satisfaction', ['second-auction-unsold'], 'satisfaction-asked'),
  node('node.sale', ['satisfaction-declined'], 'sale-announced'),
  node('node.auction-resumption', ['auction-stay-ended'], 'auction-resumed'),
  node('node.auction-ruling', ['price-paid'], 'auction-ruling-served'),
  node('node.handover', ['auction-ruling-served'], 'asset-handed-over'),
  node('node.assistance', ['registration-ruled'], 'assistance-served'),
  node('node.claim', ['claim-notice-served'], 'claim-answered'),
  node('node.disbursement', ['funds-arrived'], 'funds-disbursed', outlives),
  node('node.disbursement.resumed', ['postponement-ended'], 'funds-disbursed', outlives),
  node('node.disclosure', ['disclosure-served'], 'assets-reported'),
  node('node.supplement', ['asset-changed'], 'supplement-reported'),
  node('node.price-objection', ['price-objected'], 'objection-forwarded'),
  node('node.price-explanation', ['objection-forwarded'], 'objection-explained'),
  node('node.price-validity', ['appraisal-reported', 'price-inquiry-reported'], 'auction-announced', {
    heedsNoSuspension: true,
  }),
  node('node.sale-term', ['sale-started'], 'sale-ended'),
  node('node.offline-auction-resumption', ['offline-auction-stay-ended'], 'offline-auction-resumed'),
  node('node.offline-auction', ['offline-auction-unsold'], 'offline-auction-again'),
  node('node.third-auction', ['third-auction-unsold'], 'sale-announced'),
  // A renewal begins the term anew.
  node('node.deposit-freeze', ['deposit-renewed', 'deposit-frozen'], 'deposit-released', effective),
  node('node.movable-seizure', ['movable-renewed', 'movable-seized'], 'movable-released', effective),
  node('node.immovable-seal', ['immovable-renewed', 'immovable-sealed'], 'immovable-released', effective),
  node('node.excess-release', ['excess-found'], 'excess-released'),
  node('node.bank-objection', ['bank-objected'], 'bank-answered'),
  node('node.arbitration', ['arbitration-opposed'], 'arbitration-decided', anyKind),
  node('node.notarial', ['notarial-opposed'], 'notarial-decided', anyKind),
  node('node.closing-check', ['closing-requested'], 'closing-checked'),
  node(term, ['filed'], 'closed'),
]

const DONE_FACTS = new Map(
  NODES.flatMap(({ rule, done }): [string, FactName][] =>
    typeof rule === 'string' ? [[rule, done]] : [null, NON_LITIGATION].map((cause) => [rule({ cause }), done]),
  ),
)

/** The fact whose date ends the clock of a rule; undefined for a rule that no node of a case has. */
export function doneFactOf(ruleId: string): FactName | undefined {
  return DONE_FACTS.get(ruleId)
}
