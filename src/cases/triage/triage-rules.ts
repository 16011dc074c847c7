import type { Party } from '#cases/case/case-parties.ts'
import type { FactName } from '#cases/case/fact-names.ts'
import { FACTS } from '#cases/case/fact-names.ts'
import { TRIAGE_SETTINGS, type TriageSettings } from '#rules/triage-settings.ts'
import type { Track } from './track.ts'

// 分流建议（第十二条）: each rule is a pure condition over one case with what it weighs for. One reason for special makes a
// special case; none, and one against simple, an ordinary one; else the case is simple. The director decides.

/** A case as triage sees it. */
export interface TriageView {
  amountFen: bigint | null
  arrivedFen: bigint | null
  duty: string | null
  parties: readonly Pick<Party, 'side' | 'name'>[]
  /** What the ledger of special parties holds of the case, confirmed by a person. */
  ledger: readonly { category: string; party: string }[]
  /** Names of what has happened in the case. */
  facts: ReadonlySet<FactName>
  on: string
}

export interface TriageRule {
  id: string
  weighs: 'special' | 'against-simple' | 'simple'
  label: string
  source: string
  mark: 'V' | 'M' | 'C'
  find(one: TriageView, settings: TriageSettings): string | null
}

export interface Proposal {
  track: Track
  reasons: readonly { label: string; finding: string; source: string }[]
}

const OWN = { source: '本院设置', mark: 'C' } as const

const rule = (
  id: string,
  weighs: TriageRule['weighs'],
  label: string,
  find: TriageRule['find'],
  law: Pick<TriageRule, 'source' | 'mark'> = OWN,
): TriageRule => ({ id, weighs, label, find, ...law })

const MONEY_FOUND: readonly FactName[] = ['funds-arrived', 'deposit-frozen']
const TO_DISPOSE: readonly FactName[] = [
  'asset-controlled',
  'immovable-sealed',
  'movable-seized',
  'price-route-started',
]

/** Party and government bodies and the military, by their names: a hint where the ledger says nothing yet. */
const SPECIAL_PARTY = /(?:人民政府|管理委员会|街道办事处|中共.{1,20}委员会|部队|军区|武警)/u

/** The reason that quotes the ledger; it stands before all others. */
export const LEDGER_REASON = '特殊主体台账'

export const TRIAGE_RULES: readonly TriageRule[] = [
  rule('special-party-listed', 'special', LEDGER_REASON, ({ ledger }) =>
    ledger.length > 0 ? ledger.map(({ category, party }) => `${party}（${category}）`).join('、') : null,
  ),
  rule('special-party', 'special', '特殊主体', (one) => {
    const known = new Set(one.ledger.map(({ party }) => party))
    const names = one.parties.map(({ name }) => name).filter((name) => SPECIAL_PARTY.test(name) && !known.has(name))
    return names.length > 0 ? `涉及${names.join('、')}` : null
  }),
  rule('amount-large', 'special', '标的额大', ({ amountFen }, { specialLeastFen }) =>
    amountFen !== null && amountFen >= specialLeastFen ? `标的额达到${yuanWords(specialLeastFen)}` : null,
  ),
  rule('parties-many', 'special', '当事人众多', ({ parties }, { specialLeastParties }) =>
    parties.length >= specialLeastParties ? `当事人${parties.length}人` : null,
  ),
  rule('conduct', 'special', '执行行为', ({ duty }) => (duty === '完成行为' ? '执行内容为完成行为' : null)),
  rule('thing', 'against-simple', '非金钱给付', ({ duty }) =>
    duty === '交付财物' || duty === '财产性权益' ? `执行内容为${duty}` : null,
  ),
  rule('amount-unknown', 'against-simple', '标的额不明', ({ amountFen }) => (amountFen === null ? '没有标的额' : null)),
  rule('amount-middle', 'against-simple', '标的额超过简案标准', (one, { simpleMostFen }) =>
    one.amountFen !== null && one.amountFen > simpleMostFen && !hasMoney(one)
      ? `标的额超过${yuanWords(simpleMostFen)}，未控制到可直接扣划的存款`
      : null,
  ),
  rule('parties-several', 'against-simple', '当事人较多', ({ parties }, { simpleMostParties }) =>
    parties.length > simpleMostParties ? `当事人${parties.length}人` : null,
  ),
  rule('to-dispose', 'against-simple', '有财产需要处置', (one) => {
    const done = TO_DISPOSE.filter((name) => one.facts.has(name))
    return done.length > 0 && !isPaid(one) ? done.map((name) => FACTS[name].label).join('、') : null
  }),
  rule('money-found', 'simple', '有可直接扣划的财产', (one) =>
    hasMoney(one)
      ? MONEY_FOUND.filter((name) => one.facts.has(name))
          .map((name) => FACTS[name].label)
          .join('、')
      : null,
  ),
  rule('amount-small', 'simple', '标的额小', ({ amountFen }, { simpleMostFen }) =>
    amountFen !== null && amountFen <= simpleMostFen ? `标的额不超过${yuanWords(simpleMostFen)}` : null,
  ),
  rule('parties-few', 'simple', '当事人少', ({ parties }) => `当事人${parties.length}人`),
]

/** The track that the rules propose for a case, with every reason that leads there. */
export function proposeTrack(one: TriageView): Proposal {
  const settings = TRIAGE_SETTINGS.findLast(({ validFrom }) => validFrom <= one.on) as TriageSettings
  const reasons = (weighs: TriageRule['weighs']) =>
    TRIAGE_RULES.flatMap(({ weighs: own, label, source, find }) => {
      const finding = own === weighs ? find(one, settings) : null
      return finding === null ? [] : [{ label, finding, source }]
    })
  const special = reasons('special')
  if (special.length > 0) return { track: '特案', reasons: special }
  const against = reasons('against-simple')
  if (against.length > 0) return { track: '普案', reasons: against }
  return { track: '简案', reasons: reasons('simple') }
}

/** The reasons in one line, for the record. */
export function reasonWords({ reasons }: Proposal): string {
  return reasons.map(({ label, finding }) => `${label}（${finding}）`).join('；')
}

const hasMoney = ({ facts }: TriageView) => MONEY_FOUND.some((name) => facts.has(name))

const isPaid = ({ amountFen, arrivedFen }: TriageView) =>
  amountFen !== null && arrivedFen !== null && arrivedFen >= amountFen

const WAN_FEN = 1_000_000n

/** 10万元. */
const yuanWords = (fen: bigint) => (fen % WAN_FEN === 0n ? `${fen / WAN_FEN}万元` : `${fen / 100n}元`)
