import { type OwnerOf, type Sql, sql } from '#kernel/database/sql.ts'

/** A party for which a case stands in the ledger. */
export interface ListedParty {
  category: string
  party: string
}

/** Asks for what the ledger holds of a case: confirmed, and not left yet. */
export function listedAsked(owner: OwnerOf): Sql {
  return sql`
    select category, party from matter_special_party
    where court_id = ${owner.courtId} and case_id = ${owner.id} and state in ('listed', 'clearing')
    order by listed_on, number`
}
