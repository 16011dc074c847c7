import type { Row, Tx } from '#kernel/database/database.ts'
import { type OwnerOf, type Sql, sql } from '#kernel/database/sql.ts'
import { type Certificate, readCertificate } from './certificate.ts'
import { gramsOf, initialsOf, plainName } from './name-grams.ts'
import type { PartyView } from './wire.ts'

// Parties of cases with their certificates, however they came in: by import, by hand, by correction.

export interface Party {
  side: PartyView['side']
  name: string
  certificates: readonly Certificate[]
}

/** Writes the parties of cases, many at a time; their order is their number. */
export async function insertParties(
  tx: Tx,
  courtId: number,
  cases: readonly { id: string; parties: readonly Party[] }[],
): Promise<void> {
  const parties: Row[] = []
  const certificates: Row[] = []
  for (const { id, parties: own } of cases) {
    own.forEach(({ side, name, certificates: numbers }, index) => {
      const place = { court_id: courtId, case_id: id }
      const plain = plainName(name)
      parties.push({
        ...place,
        seq: index + 1,
        side,
        name,
        plain_name: plain,
        grams: gramsOf(plain),
        initials: initialsOf(name),
      })
      numbers.forEach((one, order) => {
        certificates.push({ ...place, party_seq: index + 1, seq: order + 1, ...one })
      })
    })
  }
  const inserted = tx.send(sql`
    insert into case_party
    select * from jsonb_populate_recordset(null::case_party, ${JSON.stringify(parties)}::jsonb)`)
  const numbered = tx.send(sql`
    insert into case_certificate
    select * from jsonb_populate_recordset(null::case_certificate, ${JSON.stringify(certificates)}::jsonb)`)
  await Promise.all([inserted, numbered])
}

/** Takes out all parties of these cases, with their certificates. */
export async function deleteParties(tx: Tx, courtId: number, caseIds: readonly string[]): Promise<void> {
  if (caseIds.length === 0) return
  await tx.run(sql`delete from case_certificate where court_id = ${courtId} and case_id = any(${caseIds})`)
  await tx.run(sql`delete from case_party where court_id = ${courtId} and case_id = any(${caseIds})`)
}

/** The parties of a case in their order, with the full numbers: for writing, never for showing. */
export async function partiesOf(tx: Tx, thing: { courtId: number; id: string }): Promise<Party[]> {
  return tx.query<Party>(partiesAsked(thing))
}

/** Asks for them. */
export function partiesAsked(owner: OwnerOf): Sql {
  return sql`
    select p.side, p.name, coalesce((
      select json_agg(json_build_object('type', type, 'number', number, 'valid', valid) order by seq)
      from case_certificate c
      where c.court_id = p.court_id and c.case_id = p.case_id and c.party_seq = p.seq), '[]') as certificates
    from case_party p where court_id = ${owner.courtId} and case_id = ${owner.id} order by seq`
}

/** A name as a line of a list shows a whole side. */
export function namesOf(parties: readonly Party[], side: Party['side']): string {
  return parties
    .filter((party) => party.side === side)
    .map((party) => party.name)
    .join('、')
}

/** The checks of article 10 on parties typed in by hand; they flag and do not refuse. */
export function flagsOfParties(parties: readonly Party[]): Readonly<Record<string, boolean>> {
  return {
    缺被执行人: !parties.some((party) => party.side === 'debtor'),
    证件号码校验错误: parties.some((party) => party.certificates.some((one) => !one.valid)),
    证件数与当事人数不符: parties.some((party) => party.certificates.length === 0),
  }
}

/** A party as it was typed in; its certificates are checked and never refused. */
export function readParty(side: Party['side'], typed: { name: string; certificates: readonly string[] }): Party {
  return { side, name: typed.name, certificates: typed.certificates.map(readCertificate) }
}
