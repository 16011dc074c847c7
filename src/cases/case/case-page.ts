import { doneFactOf } from '#cases/node-watch/nodes.ts'
import { attachmentsOf } from '#kernel/attachments/attachments.ts'
import { clocksOf } from '#kernel/clock-rule/views.ts'
import type { Row, Tx } from '#kernel/database/database.ts'
import { identifier, sql } from '#kernel/database/sql.ts'
import type { Session } from '#kernel/matter/acting.ts'
import type { Thing } from '#kernel/matter/matter.ts'
import { isReadable } from '#kernel/matter/readable.ts'
import { thingOf } from '#kernel/matter/store.ts'
import { abilitiesOf, approvalView, attachmentViews } from '#kernel/matter/views.ts'
import { logOf } from '#kernel/matter/words.ts'
import { courtNames } from '#kernel/organisation/courts.ts'
import { enforcementCase } from './case.ts'
import { currentFacts } from './case-facts.ts'
import { caseRowOf } from './case-list.ts'
import { type Party, partiesOf } from './case-parties.ts'
import { maskCertificate } from './certificate.ts'
import { FACTS, type FactName } from './fact-names.ts'
import { mayCorrectParties } from './party-correction.ts'
import type { CaseView, NodeFact, PartyView } from './wire.ts'

const SOURCES = { import: '导入', hand: '手工登记', correction: '更正' } as const

/** A case with everything its page shows: parties masked, facts, clocks with their accounts, acts, matters on it. */
export async function caseView(session: Session, thing: Thing): Promise<CaseView> {
  const { tx, on, services } = session
  const names = await courtNames(tx)
  // Asked all at once: none of them waits for another's answer.
  const [row, parties, facts, clocks, abilities, log, attachments, approval, matters] = await Promise.all([
    tx.one<Row>(sql`select * from enforcement_case where court_id = ${thing.courtId} and id = ${thing.id}`),
    partiesOf(tx, thing),
    factsOf(tx, thing),
    clocksOf(tx, thing, services.law.now().rules, on),
    abilitiesOf(session, enforcementCase, thing),
    logOf(session, enforcementCase, thing, names),
    attachmentsOf(tx, thing),
    approvalView(session, enforcementCase, thing),
    mattersOf(session, thing),
  ])
  const base = caseRowOf(row, names, on)
  return {
    ...base,
    version: thing.version,
    basisNumber: row.basis_number as string | null,
    remark: row.remark as string | null,
    closedOn: row.closed_on as string | null,
    closingWay: row.closing_way as string | null,
    arrivedFen: row.arrived_fen === null ? null : String(row.arrived_fen),
    judgeRef: thing.holderId ? { id: thing.holderId, name: thing.holderName ?? '' } : null,
    // The court stands in a foreign key of the case.
    court: names.courts.get(thing.courtId) as CaseView['court'],
    parties: parties.map(shown),
    mayCorrectParties: mayCorrectParties(session, thing),
    facts,
    clocks,
    clockNodes: Object.fromEntries(
      clocks.flatMap(({ id, due }) => {
        const done = doneFactOf(due.ruleId)
        return done ? [[id, FACTS[done].label]] : []
      }),
    ),
    abilities,
    log,
    attachments: attachmentViews(enforcementCase, attachments),
    notes: row.notes as string[],
    approval,
    matters,
  }
}

function shown(party: Party): PartyView {
  return {
    side: party.side,
    name: party.name,
    certificates: party.certificates.map((one) => ({
      type: one.type,
      masked: maskCertificate(one.number),
      valid: one.valid,
    })),
  }
}

async function factsOf(tx: Tx, thing: Thing): Promise<NodeFact[]> {
  const facts = await currentFacts(tx, thing)
  return (Object.keys(FACTS) as FactName[]).flatMap((name) => {
    const fact = facts.get(name)
    if (!fact) return []
    return [
      {
        name,
        label: FACTS[name].label,
        on: fact.on,
        amountFen: fact.amountFen === null ? null : String(fact.amountFen),
        source: fact.reason ? `${SOURCES[fact.source]}（${fact.reason}）` : SOURCES[fact.source],
        recordedAt: fact.recordedAt.toISOString(),
      },
    ]
  })
}

/** Matters of every kind that name this case, as far as this reader may see them. */
async function mattersOf(session: Session, thing: Thing): Promise<CaseView['matters']> {
  const found = session.services.kinds
    .filter((kind) => !kind.own)
    .map(async (kind) => {
      const rows = await session.tx.query<Row>(sql`
        select * from ${identifier(kind.table)} where case_id = ${thing.id} order by opened_at desc limit 50`)
      return rows
        .map((row) => thingOf(kind, row))
        .filter((one) => isReadable(session, kind, one))
        .map(({ id, number, state }) => {
          const stateLabel = kind.states[state] ?? ''
          return { kind: kind.id, kindTitle: kind.title, path: kind.path, id, number, stateLabel }
        })
    })
  return (await Promise.all(found)).flat()
}
