import { z } from 'zod'
import { sql } from '#kernel/database/sql.ts'
import { type Route, route } from '#kernel/http/route.ts'
import { courtsById } from './courts.ts'
import { courtView } from './wire.ts'

/** Every court by name and code, those above first: whom a matter may be addressed to. Names of courts are public. */
export function courtRoutes(): Route[] {
  return [
    route({
      method: 'GET',
      path: '/courts',
      summary: '法院名录',
      articles: ['36.2'],
      access: 'signed-in',
      reply: z.object({ items: z.array(courtView) }),
      handle: async ({ tx }) => {
        const rows = await tx.query<{ id: number }>(sql`select id from court`)
        return {
          items: await courtsById(
            tx,
            rows.map(({ id }) => id),
          ),
        }
      },
    }),
  ]
}
