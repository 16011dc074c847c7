import { z } from 'zod'

// What a clock answers about itself, in the API, on the screen and in the tests.

/** 'missed': overdue when its case closed; it grows no older. */
export const CLOCK_STATES = ['running', 'met', 'late', 'overdue', 'missed', 'suspended', 'uncomputed'] as const
export type ClockState = (typeof CLOCK_STATES)[number]

/** How a due date came about. `dueOn` can be recomputed from this alone; null where a year has no holiday notice. */
export const dueExplanation = z.object({
  ruleId: z.string(),
  version: z.number().int(),
  source: z.string(),
  mark: z.enum(['V', 'M', 'C']),
  startFact: z.string(),
  startOn: z.string(),
  n: z.number().int(),
  unit: z.enum(['day', 'working-day', 'month']),
  skipped: z.array(z.object({ on: z.string(), why: z.string() })),
  suspensions: z.array(
    z.object({ fromOn: z.string(), toOn: z.string().nullable(), days: z.number().int(), ground: z.string() }),
  ),
  extensions: z.array(
    z.object({ n: z.number().int(), unit: z.enum(['day', 'month']), ground: z.string(), approvedBy: z.string() }),
  ),
  dueOn: z.string().nullable(),
})
export type DueExplanation = z.infer<typeof dueExplanation>

export const clockView = z.object({
  id: z.string(),
  /** The clock's name on screen, e.g. 执行通知书（内控）. */
  name: z.string(),
  internal: z.boolean(),
  state: z.enum(CLOCK_STATES),
  doneOn: z.string().nullable(),
  /** A note on the start that a reader must see, e.g. 按立案日推算. */
  note: z.string().nullable(),
  due: dueExplanation,
})
export type ClockView = z.infer<typeof clockView>
