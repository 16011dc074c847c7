import { explainDue } from '#kernel/clock-rule/due.ts'
import { ruleOn } from '#kernel/clock-rule/rule.ts'
import type { Row } from '#kernel/database/database.ts'
import { sql } from '#kernel/database/sql.ts'
import { perform } from '#kernel/matter/act.ts'
import type { Acting, Session } from '#kernel/matter/acting.ts'
import type { Kind, Thing } from '#kernel/matter/matter.ts'
import { thingOf } from '#kernel/matter/store.ts'
import type { On } from '#kernel/time/time.ts'
import { systemFor } from './proposals.ts'

// The ledger follows its cases: into other hands with them, and when one is closed its entry is told what is left.

interface Ref {
  courtId: number
  id: string
}

/** Entries that a case has in the ledger or before it, in one order, held until the transaction ends. */
async function entriesOf({ tx }: Pick<Session, 'tx'>, one: Ref, kind: Kind): Promise<Thing[]> {
  const rows = await tx.query<Row>(sql`
    select * from matter_special_party
    where court_id = ${one.courtId} and case_id = ${one.id} and state in ('proposed', 'listed', 'clearing')
    order by id for no key update`)
  return rows.map((row) => thingOf(kind, row))
}

/** 变更承办人: who has the case from now on follows up its entries, too. */
export async function handOverEntries(
  { tx }: Pick<Session, 'tx'>,
  courtId: number,
  caseIds: readonly string[],
): Promise<void> {
  await tx.run(sql`
    update matter_special_party m set holder_id = c.holder_id, holder_name = c.holder_name,
      holder_team_id = c.holder_team_id
    from enforcement_case c
    where c.court_id = ${courtId} and c.id = any(${caseIds}) and m.court_id = c.court_id and m.case_id = c.id
      and m.state in ('proposed', 'listed', 'clearing') and m.holder_id is distinct from c.holder_id`)
}

/**
 * 案件报结: an entry does not leave the ledger with its case. What is listed says what is still owed, is looked at again
 * within the days of a check, and the centre decides whether it is cleared, taken out or followed up further.
 */
export async function remindEntries(acting: Acting): Promise<void> {
  const kind = acting.services.kinds.find(({ id }) => id === 'special-party') as Kind
  const system = systemFor(acting, acting.thing.courtId)
  for (const entry of await entriesOf(acting, acting.thing, kind)) {
    if (entry.state !== 'listed') continue
    const words = closingWords(entry, acting)
    await perform(system, kind, entry, 'caseClosed', { progress: words, nextOn: nextLook(acting) }, {})
  }
}

/** 案件以执行完毕结案，台账尚余4900.00元未清偿. */
function closingWords({ values }: Thing, { thing, answers, kind }: Acting): string {
  const [amount, paid] = [fenOf(values.amountFen), fenOf(values.paidFen) ?? 0n]
  const way = thing.state === 'closed' ? String(answers.way) : (kind.states[thing.state] ?? '')
  const left = amount === null ? '涉案金额未填' : amount > paid ? `尚余${yuan(amount - paid)}未清偿` : '已全部清偿'
  const next = amount !== null && amount <= paid ? '请报请清理' : '请核实后报请清理、移出台账或者继续跟进'
  return `案件已报结（${way}），台账${left}；${next}`
}

function nextLook({ on, services }: Session): On {
  const { rules, calendar } = services.law.now()
  const none = { startFact: '', startOn: on, suspensions: [], extensions: [], calendar }
  return explainDue({ rule: ruleOn(rules, 'special-party.check', on), ...none }).dueOn ?? on
}

const fenOf = (value: unknown) => (typeof value === 'bigint' ? value : null)

const yuan = (fen: bigint) => `${fen / 100n}.${String(fen % 100n).padStart(2, '0')}元`
