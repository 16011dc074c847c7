import { z } from 'zod'
import { ROLE_NAMES } from '#kernel/authorisation/roles.ts'
import { type Route, route } from '#kernel/http/route.ts'

const ruleView = z.object({
  id: z.string(),
  version: z.number().int(),
  label: z.string(),
  n: z.number().int(),
  unit: z.enum(['day', 'working-day', 'month']),
  source: z.string(),
  mark: z.enum(['V', 'M', 'C']),
  internal: z.boolean(),
  validFrom: z.string(),
  validTo: z.string().nullable(),
  note: z.string().nullable(),
})

/** Every limit with its source, version and validity: law, and the court's own settings marked as such. */
export function ruleRoutes(): Route[] {
  return [
    route({
      method: 'GET',
      path: '/rules',
      summary: '期限规则',
      articles: ['4', '17'],
      access: ROLE_NAMES,
      reply: z.object({ rules: z.array(ruleView) }),
      handle: async ({ services }) => ({ rules: [...services.law.now().rules] }),
    }),
  ]
}
