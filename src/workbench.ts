import { z } from 'zod'
import { mayAct, type PersonActor } from '#kernel/authorisation/may.ts'
import { BUSINESS_ROLES, CENTRE_ROLES } from '#kernel/authorisation/roles.ts'
import { soonUntil } from '#kernel/calendar/soon.ts'
import { clockState } from '#kernel/clock-rule/due.ts'
import { CLOCK_STATES, dueExplanation } from '#kernel/clock-rule/wire.ts'
import type { Row, Tx } from '#kernel/database/database.ts'
import { identifier, raw, type Sql, sql } from '#kernel/database/sql.ts'
import { type Call, type Route, route } from '#kernel/http/route.ts'
import type { Kind } from '#kernel/matter/matter.ts'
import { whosOf } from '#kernel/matter/matter.ts'
import { thingOf } from '#kernel/matter/store.ts'
import { openCondition } from '#kernel/matter/table.ts'
import { courtNames } from '#kernel/organisation/courts.ts'
import { daysBetween, type On } from '#kernel/time/time.ts'
import { readFigures, workbenchFigures } from './workbench-figures.ts'

// 工作台: what must I do now, why, and by when. The centre sees its court's nodes, a judge or team its own.

const MOST = 50

const item = z.object({
  id: z.string(),
  kind: z.string(),
  path: z.string(),
  thingId: z.string(),
  number: z.string(),
  title: z.string(),
  why: z.string(),
  dueOn: z.string().nullable(),
  state: z.enum(CLOCK_STATES),
  action: z.string(),
  /** The court that it came from, where that is another one. */
  from: z.string().nullable(),
  due: dueExplanation.nullable(),
})
type Item = z.infer<typeof item>

const workbench = z.object({
  /** What another court, mostly the one above, has sent here and waits for an act; not repeated below. */
  fromAbove: z.array(item),
  mustToday: z.array(item),
  dueSoon: z.array(item),
  started: z.array(item),
  counts: z.object({
    mustToday: z.number().int(),
    dueSoon: z.number().int(),
    started: z.number().int(),
  }),
  figures: workbenchFigures,
})

/** 工作台 of whoever asks (第七条、第十七条). */
export function workbenchRoutes(): Route[] {
  return [
    route({
      method: 'GET',
      path: '/workbench',
      summary: '工作台',
      articles: ['7', '17'],
      access: BUSINESS_ROLES,
      reply: workbench,
      handle: showWorkbench,
    }),
  ]
}

async function showWorkbench(call: Call<unknown, unknown, unknown>) {
  const { on, services } = call
  const soonOn = soonUntil(services.law.now().calendar, on)
  // Asked all at once: none of them waits for another's answer.
  const [nodesToday, nodesSoon, matters, started, figures] = await Promise.all([
    nodesOfCases(call, sql`k.due_on <= ${on}`),
    nodesOfCases(call, sql`k.due_on > ${on} and k.due_on <= ${soonOn}`),
    mattersWaiting(call),
    startedByMe(call),
    readFigures(call, soonOn),
  ])
  const own = matters.filter(({ from }) => from === null)
  const pressing = own.filter((one) => one.state === 'overdue' || one.dueOn === null || one.dueOn <= on)
  const others = own.filter((one) => !pressing.includes(one))
  return {
    fromAbove: byDue(matters.filter(({ from }) => from !== null)).slice(0, MOST),
    mustToday: byDue([...pressing, ...nodesToday.items]).slice(0, MOST),
    dueSoon: byDue([...others, ...nodesSoon.items]).slice(0, MOST),
    started: started.slice(0, MOST),
    counts: {
      mustToday: pressing.length + nodesToday.total,
      dueSoon: others.length + nodesSoon.total,
      started: started.length,
    },
    figures,
  }
}

const byDue = (items: Item[]) => items.sort((one, other) => (one.dueOn ?? '').localeCompare(other.dueOn ?? ''))

function isCentre(actor: PersonActor): boolean {
  return actor.posts.some((post) => CENTRE_ROLES.includes(post.role))
}

/**
 * The first of the own cases' nodes that are due at a time, and how many. Arrears of an import have their own list; the
 * court's stricter limit of a node (内控) speaks only until the law's own has come.
 */
async function nodesOfCases(
  { tx, actor, on }: Call<unknown, unknown, unknown>,
  due: Sql,
): Promise<{ items: Item[]; total: number }> {
  const shown = sql`
    k.court_id = ${actor.courtId} and k.kind = 'case' and k.watched and not k.backlog and ${due}
    and (k.rule_id not like '%.internal' or not exists (
      select from clock o where o.court_id = k.court_id and o.thing_id = k.thing_id and o.watched and o.due_on <= ${on}
        and k.rule_id = o.rule_id || '.internal'))
    ${isCentre(actor) ? raw('') : sql`and k.thing_id in (${ownCases(actor)})`}`
  const [rows, counted] = await Promise.all([
    tx.query<Row>(sql`
      select k.id, k.label, k.due_on, k.explanation, c.id as case_id, c.number from (
        select * from clock k where ${shown} order by k.due_on, k.id limit ${MOST}) k
      join enforcement_case c on c.court_id = k.court_id and c.id = k.thing_id order by k.due_on, k.id`),
    tx.one<{ n: number }>(sql`select count(*)::int as n from clock k where ${shown}`),
  ])
  const items = rows.map((row): Item => {
    const dueOn = row.due_on as On
    return {
      id: row.id as string,
      kind: 'case',
      path: '/cases',
      thingId: row.case_id as string,
      number: row.number as string,
      title: row.label as string,
      why: wordsOfLimit(row.label as string, dueOn, on),
      dueOn,
      state: clockState({ dueOn, doneOn: null, suspended: false }, on),
      action: '办理',
      from: null,
      due: row.explanation as Item['due'],
    }
  })
  return { items, total: counted.n }
}

/** The cases that a judge holds, or the team of which somebody is the head. */
function ownCases(actor: PersonActor): Sql {
  const headed = actor.posts.some((post) => post.role === 'team.head')
    ? actor.posts.flatMap((post) => (post.teamId ? [post.teamId] : []))
    : []
  return sql`select id from enforcement_case where court_id = ${actor.courtId}
    and (holder_id = ${actor.personId} or holder_team_id = any(${headed}))`
}

function wordsOfLimit(label: string, dueOn: On, on: On): string {
  const left = daysBetween(on, dueOn)
  return left < 0 ? `${label}已超期${-left}天` : left === 0 ? `${label}今天到期` : `${label}还有${left}天到期`
}

/** Matters of every kind in which this person has an act to take now. */
async function mattersWaiting({ tx, actor, on, services }: Call<unknown, unknown, unknown>): Promise<Item[]> {
  const found: Item[] = []
  const { courts } = await courtNames(tx)
  const kinds = services.kinds.filter((kind) => !kind.own)
  const open = await Promise.all(kinds.map((kind) => openRows(tx, kind, actor)))
  for (const [index, kind] of kinds.entries()) {
    for (const row of open[index] ?? []) {
      const thing = thingOf(kind, row)
      const waiting = Object.values(kind.actions).find(
        (action) =>
          action.to !== undefined &&
          action.from.includes(thing.state) &&
          action.awaited !== false &&
          mayAct(actor, whosOf(action.by), thing) &&
          (!action.when || action.when.test(thing.values, thing)),
      )
      if (!waiting) continue
      const dueOn = row.due_on as On | null
      found.push({
        ...itemOf(kind, row, on),
        why: `${kind.title}“${kind.states[thing.state]}”，待您${waiting.label}`,
        dueOn,
        action: waiting.label,
        from: thing.courtId === actor.courtId ? null : (courts.get(thing.courtId)?.name ?? null),
      })
    }
  }
  return found
}

/** States in which an office acts as such, whoever began the matter; what a team's post may do hangs on the holder. */
function statesOfOffice(kind: Kind, actor: PersonActor): string[] {
  const offices = actor.posts.map(({ role }) => role).filter((role) => !role.startsWith('team.'))
  return Object.values(kind.actions).flatMap((action) => {
    const acts = whosOf(action.by).some((who) => offices.some((role) => role === who))
    return acts && action.to !== undefined && action.awaited !== false ? action.from : []
  })
}

async function openRows(tx: Tx, kind: Kind, actor: PersonActor): Promise<Row[]> {
  const teams = actor.posts.flatMap((post) => (post.teamId ? [post.teamId] : []))
  const mine = statesOfOffice(kind, actor)
  return tx.query<Row>(sql`
    select t.*, k.due_on, k.explanation from ${identifier(kind.table)} t
    left join lateral (select due_on, explanation from clock where court_id = t.court_id and thing_id = t.id
      and done_on is null order by due_on limit 1) k on true
    where ${isOpen(kind)} and (
      (t.holder_id is not null and t.holder_id = ${actor.personId})
      or (t.holder_team_id is not null and t.holder_team_id = any(${teams}))
      or (t.court_id = ${actor.courtId} and (t.opener_id = ${actor.personId} or ${isCentre(actor)}))
      or (t.court_id = ${actor.courtId} and t.state = any(${mine}))
      or (t.counterpart_court_id = ${actor.courtId} and ${isCentre(actor)}))
    order by k.due_on nulls last, t.opened_at limit ${MOST * 2}`)
}

async function startedByMe({ tx, actor, on, services }: Call<unknown, unknown, unknown>): Promise<Item[]> {
  const found = services.kinds
    .filter((kind) => !kind.own)
    .map(async (kind) => {
      const rows = await tx.query<Row>(sql`
        select t.*, k.due_on, k.explanation from ${identifier(kind.table)} t
        left join lateral (select due_on, explanation from clock where court_id = t.court_id and thing_id = t.id
          and done_on is null order by due_on limit 1) k on true
        where t.court_id = ${actor.courtId} and t.opener_id = ${actor.personId} and ${isOpen(kind)}
        order by t.opened_at desc limit ${MOST}`)
      return rows.map((row) => itemOf(kind, row, on))
    })
  return (await Promise.all(found)).flat()
}

/** In the words of the table's index of what is open: with parameters the index would not be found. */
function isOpen(kind: Kind): Sql {
  return raw(`t.${openCondition(kind)}`)
}

function itemOf(kind: Kind, row: Row, on: On): Item {
  const thing = thingOf(kind, row)
  const dueOn = row.due_on as On | null
  return {
    id: thing.id,
    kind: kind.id,
    path: `/${kind.path}`,
    thingId: thing.id,
    number: thing.number,
    title: String(thing.values.node ?? thing.values.caseNumber ?? kind.title),
    why: `${kind.title}“${kind.states[thing.state]}”${thing.holderName ? `，由${thing.holderName}办理` : ''}`,
    dueOn,
    state: dueOn === null ? 'running' : clockState({ dueOn, doneOn: null, suspended: false }, on),
    action: '查看',
    from: null,
    due: (row.explanation as Item['due']) ?? null,
  }
}
