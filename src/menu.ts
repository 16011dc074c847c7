import { BUSINESS_ROLES, CENTRE_ROLES } from '#kernel/authorisation/roles.ts'
import { sql } from '#kernel/database/sql.ts'
import { kernelMenu, type MenuEntry } from '#kernel/organisation/me.ts'

// The menu by the document's chapters, each entry with what waits there for the reader.

export const MENU: readonly MenuEntry[] = [
  { chapter: 'workbench', name: '工作台', path: '/', roles: BUSINESS_ROLES },
  { chapter: 'cases', name: '执行案件', path: '/cases', roles: BUSINESS_ROLES },
  { chapter: 'cases', name: '案件导入', path: '/imports', roles: ['centre.clerk', 'centre.head', 'filing'] },
  {
    chapter: 'cases',
    name: '存量超期清单',
    path: '/backlog',
    roles: [...CENTRE_ROLES, 'president', 'vice-president', 'team.head'],
  },
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
  ...kernelMenu,
]
