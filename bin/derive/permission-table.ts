import { type Governed, mayAct, mayRead, type PersonActor, type Who } from '#kernel/authorisation/may.ts'
import { ROLE_NAMES, type Role } from '#kernel/authorisation/roles.ts'
import { type Kind, whosOf } from '#kernel/matter/matter.ts'

// derived/permissions.csv: one row a verb, one column a role. A cell says on whose things a person of that role may:
// his own court's, a subordinate court's, those to which his court is the counterpart, a foreign court's; else none.
// The cells are asked of `mayAct` and `mayRead` themselves, so that the table can't say anything else than the server.

/** A verb beside those of the kinds: what a route of the system asks for. */
export interface RouteVerb {
  verb: string
  by: readonly Who[]
}

const HERE = 10
const BELOW = 11
const OTHER = 20
const SELF = 'self'

const PLACES: Readonly<Record<string, Governed>> = {
  own: { courtId: HERE },
  subordinate: { courtId: BELOW },
  counterpart: { courtId: OTHER, counterpartCourtId: HERE },
  foreign: { courtId: OTHER },
}

/** The table as CSV, verbs sorted. The last three columns are no roles: who holds, opened, or the system itself. */
export function renderPermissions(kinds: readonly Kind[], routeVerbs: readonly RouteVerb[]): string {
  const rows = [...kinds.flatMap(verbsOf), ...routeVerbs.map(({ verb, by }) => actRow(verb, by, false))]
  const sorted = rows.sort((a, b) => ((a[0] ?? '') < (b[0] ?? '') ? -1 : 1))
  return [['verb', ...ROLE_NAMES, 'holder', 'opener', 'system'], ...sorted].map((row) => `${row.join(',')}\n`).join('')
}

function verbsOf(kind: Kind): string[][] {
  const acts = Object.entries(kind.actions).map(([name, { by }]) =>
    actRow(`${kind.id}.${name}`, whosOf(by), kind.shared),
  )
  return [readRow(kind), actRow(`${kind.id}.open`, whosOf(kind.opens.by), kind.shared), ...acts]
}

function actRow(verb: string, by: readonly Who[], shared: boolean): string[] {
  const persons = ROLE_NAMES.map((role) => cell(shared, (thing) => mayAct(actorOf(role), by, thing)))
  const named = (['holder', 'opener', 'system'] as const).map((who) => (by.includes(who) ? 'own' : 'none'))
  return [verb, ...persons, ...named]
}

function readRow(kind: Kind): string[] {
  const persons = ROLE_NAMES.map((role) =>
    cell(kind.shared, (thing) => mayRead(actorOf(role), kind.readers, thing, kind.shared)),
  )
  return [`${kind.id}.read`, ...persons, 'none', 'none', 'own']
}

/** `shared` is whether things of the kind have a counterpart at all. */
function cell(shared: boolean, may: (thing: Governed) => boolean): string {
  const places = Object.entries(PLACES).flatMap(([place, thing]) =>
    (shared || place !== 'counterpart') && may(thing) ? [place] : [],
  )
  return places.join('+') || 'none'
}

function actorOf(role: Role): PersonActor {
  return {
    kind: 'person',
    personId: SELF,
    naturalId: SELF,
    accountId: SELF,
    name: role,
    courtId: HERE,
    courtIds: [HERE, BELOW],
    posts: [{ role, teamId: null }],
    deputises: [],
  }
}
