import { z } from 'zod'

/** How far the due dates that a change of the calendar touches have been counted again. Numbers only. */
export const recountView = z.object({
  id: z.string(),
  fromOn: z.string(),
  toOn: z.string(),
  reason: z.string(),
  by: z.string(),
  at: z.string(),
  state: z.enum(['waiting', 'running', 'done']),
  clocks: z.number().int(),
  checked: z.number().int(),
  moved: z.number().int(),
})
export type RecountView = z.infer<typeof recountView>

/** One line of 期限变动清单. */
export const dueChange = z.object({
  id: z.string(),
  path: z.string(),
  thingId: z.string(),
  number: z.string(),
  courtName: z.string(),
  holder: z.string().nullable(),
  clock: z.string(),
  oldDueOn: z.string().nullable(),
  newDueOn: z.string().nullable(),
  reason: z.string(),
  at: z.string(),
})
export type DueChange = z.infer<typeof dueChange>
