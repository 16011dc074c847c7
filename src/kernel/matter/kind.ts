import { BUSINESS_ROLES, isRole } from '#kernel/authorisation/roles.ts'
import { columnOf } from './field.ts'
import { LIST_COLUMN_KEYS } from './list-columns.ts'
import { type Kind, type KindSpec, statesOf, whosOf } from './matter.ts'

// `matter()` completes a declaration; `checkKinds()` refuses, at start and with the bad name in the message,
// whatever names a state, role, rule, document or kind that does not exist, a dead end or a waiting state without a
// clock.

/** Completes the declaration of a kind; whether it is sound is asked at start (`faultsOfKinds`). */
export function matter(id: string, spec: KindSpec): Kind {
  const everyone = Object.values(spec.actions).flatMap((action) => whosOf(action.by))
  return {
    ...spec,
    id,
    path: spec.path ?? `${id}s`,
    table: spec.table ?? `matter_${id.replaceAll('-', '_')}`,
    readers: spec.readers ?? BUSINESS_ROLES,
    shared: everyone.some((who) => who.startsWith('counterpart:')),
  }
}

/** Names of columns that every matter has; a field may not take one of them. */
const BASE_COLUMNS = [
  'court_id',
  'id',
  'number',
  'state',
  'version',
  'opened_at',
  'opener_id',
  'opener_name',
  'counterpart_court_id',
  'holder_id',
  'holder_team_id',
  'holder_name',
  'parent_court_id',
  'parent_id',
  'parent_kind',
  'case_id',
]

/** Every fault of the declarations, each sentence naming kind and place; empty where all is well. */
export function faultsOfKinds(
  kinds: readonly Kind[],
  ruleIds: ReadonlySet<string>,
  articles: ReadonlySet<string>,
): string[] {
  const faults: string[] = []
  const seen = new Set<string>()
  for (const kind of kinds) {
    if (seen.has(kind.id)) faults.push(`${kind.id}: declared twice`)
    seen.add(kind.id)
    for (const below of kind.opensBelow ?? []) {
      if (!kinds.some(({ id }) => id === below)) faults.push(`${kind.id}: opens '${below}' below it, which is no kind`)
    }
    faults.push(...faultsOfKind(kind, ruleIds, articles).map((fault) => `${kind.id}: ${fault}`))
  }
  return faults
}

function faultsOfKind(kind: Kind, ruleIds: ReadonlySet<string>, articles: ReadonlySet<string>): string[] {
  const faults: string[] = []
  const states = new Set(Object.keys(kind.states))
  const state = (name: string, where: string) => {
    if (!states.has(name)) faults.push(`${where} names the state '${name}', which is not declared`)
  }
  const who = (name: string, where: string) => {
    const role = name.includes(':') ? name.slice(name.indexOf(':') + 1) : name
    if (!['opener', 'holder', 'handler', 'system'].includes(role) && !isRole(role)) {
      faults.push(`${where} names the role '${name}', which does not exist`)
    }
  }
  for (const article of kind.articles)
    if (!articles.has(article.split(/[.(]/)[0] ?? '')) faults.push(`article '${article}' does not exist`)
  state(kind.opens.to, 'opens')
  for (const one of whosOf(kind.opens.by)) who(one, 'opens')
  for (const end of kind.ends) state(end, 'ends')
  for (const name of Object.keys(kind.fields)) {
    if (!kind.own && (BASE_COLUMNS.includes(columnOf(name)) || LIST_COLUMN_KEYS.includes(name)))
      faults.push(`field '${name}' takes the name of a base column`)
  }
  for (const name of kind.single ?? []) {
    if (!kind.fields[name]) faults.push(`single names the field '${name}', which is not declared`)
  }
  for (const [name, action] of Object.entries(kind.actions)) {
    const where = `action '${name}'`
    for (const from of action.from) state(from, where)
    if (action.to !== undefined) state(action.to, where)
    for (const one of whosOf(action.by)) who(one, where)
    for (const one of action.tell ?? []) who(one, where)
    for (const [asked, one] of Object.entries(action.ask ?? {})) {
      const stored = kind.fields[asked]
      if (stored && (stored.type !== one.type || (stored.atOpening && !one.label.endsWith(stored.label)))) {
        faults.push(`${where} asks '${asked}', which would overwrite the field '${stored.label}' of the same name`)
      }
    }
    if (
      action.bulk &&
      (action.needs || (action.issues && action.approval) || (action.to && kind.ends.includes(action.to)))
    )
      faults.push(`${where} needs a paper, has one approved or ends the thing: it may not be done in bulk`)
    for (const document of [...(action.needs ?? []), ...(action.issues ? [action.issues] : [])]) {
      if (!kind.documents?.[document]) faults.push(`${where} names the document '${document}', which is not declared`)
    }
    if (action.issues && kind.documents?.[action.issues]?.type === 'upload') {
      faults.push(`${where} issues '${action.issues}', which somebody brings`)
    }
  }
  faults.push(...faultsOfClocks(kind, ruleIds, state), ...faultsOfPaths(kind))
  return faults
}

function faultsOfClocks(
  kind: Kind,
  ruleIds: ReadonlySet<string>,
  state: (name: string, where: string) => void,
): string[] {
  const faults: string[] = []
  for (const [name, clock] of Object.entries(kind.clocks ?? {})) {
    for (const one of statesOf(clock.while)) state(one, `clock '${name}'`)
    if (typeof clock.rule === 'string' && !ruleIds.has(clock.rule))
      faults.push(`clock '${name}' names the rule '${clock.rule}', which does not exist`)
    if (clock.until !== undefined && !kind.fields[clock.until])
      faults.push(`clock '${name}' names the field '${clock.until}', which is not declared`)
    if (clock.from !== undefined && kind.fields[clock.from]?.type !== 'date')
      faults.push(`clock '${name}' runs from '${clock.from}', which is no date field`)
    if (clock.actsOn !== undefined && clock.act === undefined)
      faults.push(`clock '${name}' acts on its last day and names no action`)
    if (clock.act !== undefined && !kind.actions[clock.act])
      faults.push(`clock '${name}' names the action '${clock.act}', which is not declared`)
  }
  return faults
}

/** Dead ends, unreachable states, and states in which one court waits for another without a clock. */
function faultsOfPaths(kind: Kind): string[] {
  const faults: string[] = []
  const reached = new Set([kind.opens.to])
  for (let grown = true; grown; ) {
    grown = false
    for (const action of Object.values(kind.actions)) {
      if (action.to && !reached.has(action.to) && action.from.some((from) => reached.has(from))) {
        reached.add(action.to)
        grown = true
      }
    }
  }
  const clocked = new Set(Object.values(kind.clocks ?? {}).flatMap((clock) => statesOf(clock.while)))
  for (const state of Object.keys(kind.states)) {
    const leaves = Object.values(kind.actions).some(
      (action) => action.to && action.to !== state && action.from.includes(state),
    )
    if (!reached.has(state) && !kind.own) faults.push(`state '${state}' can't be reached`)
    if (!leaves && !kind.ends.includes(state)) faults.push(`state '${state}' is a dead end and not among the ends`)
    const begins = state === kind.opens.to || kind.ends.includes(state)
    if (!begins && !clocked.has(state) && !kind.own) faults.push(`state '${state}' waits without a clock`)
  }
  return faults
}
