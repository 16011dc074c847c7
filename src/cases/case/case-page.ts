import { RECORD_READERS } from '#cases/assignment/grounds.ts'
import { doneFactOf } from '#cases/node-watch/nodes.ts'
import { type ListedParty, listedAsked } from '#cases/special-party/listed-parties.ts'
import { type Shown, triageFor } from '#cases/triage/ledger-secrecy.ts'
import { type Track, trackWords } from '#cases/triage/track.ts'
import { proposeTrack } from '#cases/triage/triage-rules.ts'
import { WARNINGS_ASKED, warningsAmong } from '#cases/warnings/warning-views.ts'
import { holdsRole } from '#kernel/authorisation/may.ts'
import { clockViews } from '#kernel/clock-rule/views.ts'
import type { Row } from '#kernel/database/database.ts'
import { raw, type Sql, sql } from '#kernel/database/sql.ts'
import type { Session } from '#kernel/matter/acting.ts'
import { type LinkRow, linksAmong, linksAsked } from '#kernel/matter/links.ts'
import type { Kind, Thing } from '#kernel/matter/matter.ts'
import { OF_PAGE, type Page, type PageSpec } from '#kernel/matter/page.ts'
import { abilitiesOf, approvalView, attachmentViews } from '#kernel/matter/views.ts'
import { logViews } from '#kernel/matter/words.ts'
import type { CourtNames } from '#kernel/organisation/courts.ts'
import type { On } from '#kernel/time/time.ts'
import { enforcementCase } from './case.ts'
import { caseRowOf } from './case-list.ts'
import { type Party, partiesAsked } from './case-parties.ts'
import { maskCertificate } from './certificate.ts'
import { FACTS, type FactName } from './fact-names.ts'
import { particularsOf } from './filing-particulars.ts'
import { plainName } from './name-grams.ts'
import { mayCorrectParties } from './party-correction.ts'
import { type CaseView, caseView, type NodeFact, type PartyView } from './wire.ts'

const SOURCES = { import: '导入', hand: '手工登记', correction: '更正' } as const

/** The page of a case: parties masked, facts, clocks with their accounts, acts, matters on it. */
export const casePage: PageSpec<CaseView> = {
  kind: enforcementCase,
  beside: (kinds) => ({
    page_parties: partiesAsked(OF_PAGE),
    page_representatives: REPRESENTATIVES_ASKED,
    page_listed: listedAsked(OF_PAGE),
    page_facts: FACTS_ASKED,
    page_warnings: WARNINGS_ASKED,
    ...Object.fromEntries(
      kindsOnCases(kinds).map((kind) => [`page_${kind.table}`, linksAsked(kind, raw('case_id = t.id'))]),
    ),
  }),
  view: viewOf,
  alone: true,
  reply: caseView,
}

/** The kinds whose things hang on cases. */
export function kindsOnCases(kinds: readonly Kind[]): readonly Kind[] {
  return kinds.filter((kind) => !kind.own)
}

function viewOf(session: Session, page: Page, names: CourtNames): CaseView {
  const { thing, row } = page
  const { on, services } = session
  const clocks = clockViews(page.clocks, services.law.now().rules, on)
  const base = caseRowOf(row, names, on)
  const sorted = triageFor(session, thing)
  return {
    ...base,
    version: thing.version,
    basisNumber: row.basis_number as string | null,
    ...particularsOf(row),
    triage: triageView(row, thing, on, sorted),
    remark: row.remark as string | null,
    closedOn: row.closed_on as string | null,
    closingWay: row.closing_way as string | null,
    arrivedFen: row.arrived_fen === null ? null : String(row.arrived_fen),
    judgeRef: thing.holderId ? { id: thing.holderId, name: thing.holderName ?? '' } : null,
    // The court stands in a foreign key of the case.
    court: names.courts.get(thing.courtId) as CaseView['court'],
    parties: (row.page_parties as Party[]).map((party) => shown(party, row.page_representatives as Represented[])),
    mayCorrectParties: mayCorrectParties(session, thing),
    seesAssignments: holdsRole(session.actor, RECORD_READERS),
    facts: factViews(row.page_facts as FactRow[]),
    clocks,
    clockNodes: Object.fromEntries(
      clocks.flatMap(({ id, due }) => {
        const done = doneFactOf(due.ruleId)
        return done ? [[id, FACTS[done].label]] : []
      }),
    ),
    abilities: abilitiesOf(session, enforcementCase, page),
    log: logViews(enforcementCase, sorted.log(page.log), names),
    attachments: attachmentViews(enforcementCase, page.attachments),
    notes: row.notes as string[],
    approval: approvalView(session, enforcementCase, page),
    warnings: warningsAmong(session, thing, row.page_warnings as Row[]),
    matters: kindsOnCases(services.kinds).flatMap((kind) =>
      linksAmong(session, kind, row[`page_${kind.table}`] as LinkRow[]).map((link) => ({
        ...link,
        kindTitle: kind.title,
      })),
    ),
  }
}

function triageView(row: Row, thing: Thing, on: On, sorted: Shown): CaseView['triage'] {
  if (enforcementCase.ends.includes(thing.state)) return null
  const known = (row.page_facts as FactRow[]).filter(({ fact_on }) => fact_on !== null)
  const { track, reasons } = proposeTrack({
    amountFen: row.amount_fen as bigint | null,
    arrivedFen: row.arrived_fen as bigint | null,
    duty: row.duty as string | null,
    parties: row.page_parties as Party[],
    ledger: row.page_listed as ListedParty[],
    facts: new Set(known.map(({ name }) => name)),
    on,
  })
  const standing = row.track as Track | null
  return {
    standing: standing && {
      words: trackWords(standing),
      reason: sorted.standing(row.track_reason as string),
      on: row.track_on as On,
    },
    proposal: { words: trackWords(track), reasons: [...sorted.reasons(reasons)] },
  }
}

interface Represented {
  plain_name: string
  name: string
}

const REPRESENTATIVES_ASKED: Sql = sql`
  select plain_name, name from case_legal_representative where court_id = t.court_id and case_id = t.id`

function shown(party: Party, represented: readonly Represented[]): PartyView {
  const plain = plainName(party.name)
  return {
    side: party.side,
    name: party.name,
    certificates: party.certificates.map((one) => ({
      type: one.type,
      masked: maskCertificate(one.number),
      valid: one.valid,
    })),
    representative: represented.find(({ plain_name }) => plain_name === plain)?.name ?? null,
  }
}

interface FactRow {
  name: FactName
  fact_on: On | null
  amount_fen: string | null
  source: keyof typeof SOURCES
  reason: string | null
  recorded_at: string
}

/** The entry that counts for each fact: the last one of its name. */
const FACTS_ASKED: Sql = sql`
  select distinct on (name) name, fact_on, amount_fen::text as amount_fen, source, reason, recorded_at
  from case_fact where court_id = t.court_id and case_id = t.id order by name, seq desc`

/** Facts in the order of a case's course. */
function factViews(rows: readonly FactRow[]): NodeFact[] {
  const facts = new Map(rows.map((row) => [row.name, row]))
  return (Object.keys(FACTS) as FactName[]).flatMap((name) => {
    const fact = facts.get(name)
    if (!fact) return []
    return [
      {
        name,
        label: FACTS[name].label,
        on: fact.fact_on,
        amountFen: fact.amount_fen,
        source: fact.reason ? `${SOURCES[fact.source]}（${fact.reason}）` : SOURCES[fact.source],
        recordedAt: new Date(fact.recorded_at).toISOString(),
      },
    ]
  })
}
