import type { Governed } from '#kernel/authorisation/may.ts'
import { identifier, raw, type Sql, sql } from '#kernel/database/sql.ts'
import type { Session } from './acting.ts'
import type { Kind } from './matter.ts'
import { isReadable } from './readable.ts'
import type { ThingView } from './wire.ts'

// Things that hang together, as their pages name each other: only as far as the reader may see them.

export interface LinkRow {
  id: string
  number: string
  state: string
  court_id: number
  counterpart_court_id: number | null
  opener_id: string | null
  holder_id: string | null
  holder_team_id: string | null
}

const LINKS_MOST = 50

/** Asks for the things of a kind for which a condition holds, the newest first: what a link shows, who may see it. */
export function linksAsked(kind: Kind, condition: Sql): Sql {
  // A table written by hand has no counterpart.
  const counterpart = kind.own ? raw('null::int as counterpart_court_id') : raw('counterpart_court_id')
  return sql`
    select id, number, state, court_id, ${counterpart}, opener_id, holder_id, holder_team_id
    from ${identifier(kind.table)} where ${condition} order by opened_at desc limit ${LINKS_MOST}`
}

type Link = Omit<ThingView['links'][number], 'relation'>

/** The links that this reader may see. */
export function linksAmong(session: Pick<Session, 'actor'>, kind: Kind, rows: readonly LinkRow[]): Link[] {
  return rows
    .filter((row) => isReadable(session, kind, governedBy(row)))
    .map(({ id, number, state }) => {
      return { kind: kind.id, path: kind.path, id, number, stateLabel: kind.states[state] ?? '' }
    })
}

function governedBy(row: LinkRow): Governed {
  return {
    courtId: row.court_id,
    counterpartCourtId: row.counterpart_court_id,
    openerId: row.opener_id,
    holderId: row.holder_id,
    holderTeamId: row.holder_team_id,
  }
}
