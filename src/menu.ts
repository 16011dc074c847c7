import { unassignedIn } from '#cases/assignment/load-board.ts'
import { holdsRole, type PersonActor } from '#kernel/authorisation/may.ts'
import { BUSINESS_ROLES, CENTRE_ROLES } from '#kernel/authorisation/roles.ts'
import { identifier, raw, sql } from '#kernel/database/sql.ts'
import { type Kind, whosOf } from '#kernel/matter/matter.ts'
import { openCondition } from '#kernel/matter/table.ts'
import { kernelMenu, type MenuEntry } from '#kernel/organisation/me.ts'
import type { Chapter } from './chapters.ts'

// The menu by the document's chapters, each entry with what waits there for the reader.

/** The entries of 案件管理 in their groups and order; what is named in none follows them. */
const GROUPS: Readonly<Record<string, readonly string[]>> = {
  案件: ['/cases', '/warnings', '/due-changes', '/backlog', '/documents'],
  立案与分案: ['/imports', '/filing-checks', '/assignment', '/task-orders'],
  送达与调查: ['/service-tasks', '/offline-inquiries', '/asset-clues', '/investigation-applications'],
  关联与特殊主体: ['/related-proposals', '/special-parties', '/special-reports'],
}

const MENU: readonly MenuEntry[] = [
  { chapter: 'workbench', name: '工作台', path: '/', roles: BUSINESS_ROLES },
  { chapter: 'cases', name: '执行案件', path: '/cases', roles: BUSINESS_ROLES },
  {
    chapter: 'cases',
    name: '分案管理',
    path: '/assignment',
    roles: BUSINESS_ROLES,
    // Cases without a judge wait for the centre alone.
    waiting: async ({ tx, actor }) =>
      holdsRole(actor, ['centre.clerk', 'centre.head']) ? unassignedIn({ tx }, actor.courtId) : 0,
  },
  { chapter: 'cases', name: '案件导入', path: '/imports', roles: ['centre.clerk', 'centre.head', 'filing'] },
  {
    chapter: 'cases',
    name: '存量超期清单',
    path: '/backlog',
    roles: [...CENTRE_ROLES, 'president', 'vice-president', 'team.head'],
    // Those who may raise an order from it are waited for; the others only read it.
    waiting: async ({ tx, actor, on }) => {
      if (actor.kind !== 'person' || !actor.posts.some((post) => CENTRE_ROLES.includes(post.role))) return 0
      const row = await tx.one<{ n: bigint }>(sql`
        select count(*) as n from clock k
        where k.court_id = ${actor.courtId} and k.kind = 'case' and k.done_on is null and k.backlog and k.watched
          and k.due_on < ${on} and not exists (
            select from node_order o where o.court_id = k.court_id and o.clock_id = k.id and o.due_on = k.due_on)`)
      return Number(row.n)
    },
  },
  {
    chapter: 'cases',
    name: '立案核查',
    path: '/filing-checks',
    roles: BUSINESS_ROLES,
    // Whose turn it is: the centre's to look, the filing division's to mend.
    waiting: async ({ tx, actor }) => {
      if (actor.kind !== 'person') return 0
      const states = [
        ...(holdsRole(actor, CENTRE_ROLES) ? ['checking', 'rechecking'] : []),
        ...(holdsRole(actor, ['filing']) ? ['returned'] : []),
      ]
      if (states.length === 0) return 0
      const row = await tx.one<{ n: bigint }>(sql`
        select count(*) as n from matter_filing_check
        where court_id = ${actor.courtId} and state not in ('received', 'withdrawn') and state = any(${states})`)
      return Number(row.n)
    },
  },
  { chapter: 'cases', name: '文书登记簿', path: '/documents', roles: BUSINESS_ROLES },
  {
    chapter: 'cases',
    name: '办案预警',
    path: '/warnings',
    roles: BUSINESS_ROLES,
    waiting: async ({ tx, actor }) => {
      if (actor.kind !== 'person') return 0
      const isCentre = actor.posts.some((post) => CENTRE_ROLES.includes(post.role))
      const row = await tx.one<{ n: bigint }>(sql`
        select count(*) as n from case_warning w
        where w.court_id = ${actor.courtId} and w.closed_at is null and w.explained_at is null and not w.backlog
          and (${isCentre} or exists (select from enforcement_case c where c.court_id = w.court_id and c.id = w.case_id
            and c.holder_id = ${actor.personId}))`)
      return Number(row.n)
    },
  },
  { chapter: 'cases', name: '期限变动清单', path: '/due-changes', roles: BUSINESS_ROLES },
  {
    chapter: 'general',
    name: '事项督办',
    path: '/supervision-orders',
    roles: BUSINESS_ROLES,
    waiting: async ({ tx, actor }) => {
      if (actor.kind !== 'person') return 0
      const row = await tx.one<{ n: bigint }>(sql`
        select count(*) as n from matter_supervision_order
        where (holder_id = ${actor.personId} and state in ('issued', 'handling', 'returned'))
          or (${actor.posts.some((post) => CENTRE_ROLES.includes(post.role))}
            and ((counterpart_court_id = ${actor.courtId} and state in ('issued', 'handling', 'returned'))
              or (court_id = ${actor.courtId} and state = 'answered')))`)
      return Number(row.n)
    },
  },
  {
    chapter: 'general',
    name: '批量办理',
    path: '/bulk-jobs',
    roles: BUSINESS_ROLES,
    // What is under way; a result that was not looked at waits for nobody.
    waiting: async ({ tx, actor }) => {
      if (actor.kind !== 'person') return 0
      const row = await tx.one<{ n: bigint }>(sql`
        select count(*) as n from bulk_job
        where court_id = ${actor.courtId} and person_id = ${actor.personId} and state in ('waiting', 'running')`)
      return Number(row.n)
    },
  },
  ...kernelMenu,
]

/** The menu in its groups, with an entry in its chapter for every kind of matter that has none above. */
export function menuOf(chapters: readonly Chapter[]): readonly MenuEntry[] {
  const named = new Set(MENU.map(({ path }) => path))
  const derived = chapters.flatMap(({ id, kinds }) =>
    kinds.filter((kind) => !kind.own && !named.has(`/${kind.path}`)).map((kind) => entryOf(id, kind)),
  )
  const all = [...MENU, ...derived]
  const grouped = Object.entries(GROUPS).flatMap(([group, paths]) =>
    paths.flatMap((path) => all.filter((entry) => entry.path === path).map((entry) => ({ ...entry, group }))),
  )
  const paths = new Set(grouped.map(({ path }) => path))
  const others = all.filter(({ path }) => !paths.has(path))
  const isFirst = ({ chapter }: MenuEntry) => chapter === 'workbench'
  return [...others.filter(isFirst), ...grouped, ...others.filter((entry) => !isFirst(entry))]
}

/** A kind's entry, with what this reader holds or has begun and must act on next. */
function entryOf(chapter: Chapter['id'], kind: Kind): MenuEntry {
  return {
    chapter,
    name: kind.title,
    path: `/${kind.path}`,
    roles: kind.readers,
    waiting: async ({ tx, actor }) => {
      if (actor.kind !== 'person') return 0
      const { held, begun } = statesOfTurn(kind, actor)
      const row = await tx.one<{ n: bigint }>(sql`
        select count(*) as n from ${identifier(kind.table)}
        where ${raw(openCondition(kind))} and (
          (holder_id = ${actor.personId} and state = any(${held}))
          or (opener_id = ${actor.personId} and state = any(${begun})))`)
      return Number(row.n)
    },
  }
}

/**
 * States in which it is this person's turn: for what he holds, where the holder or one of his posts goes on; for what
 * he has begun, where it is not the holder's turn but his.
 */
function statesOfTurn(kind: Kind, { posts }: PersonActor): { held: string[]; begun: string[] } {
  const [held, begun] = [new Set<string>(), new Set<string>()]
  for (const { by, from, to, awaited } of Object.values(kind.actions)) {
    if (to === undefined || awaited === false) continue
    const whos: readonly string[] = whosOf(by)
    const isOffice = posts.some(({ role }) => whos.includes(role))
    for (const state of from) {
      if (whos.includes('holder') || isOffice) held.add(state)
      if (!whos.includes('holder') && (whos.includes('opener') || isOffice)) begun.add(state)
    }
  }
  return { held: [...held], begun: [...begun] }
}
