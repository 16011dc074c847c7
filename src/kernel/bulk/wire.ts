import { z } from 'zod'
import { fieldView } from '#kernel/matter/wire.ts'

// How bulk acts cross the wire: what is offered, how a job stands, how each thing went.

export const bulkAction = z.object({
  name: z.string(),
  label: z.string(),
  /** True where it issues a document for each thing. */
  issues: z.boolean(),
  ask: z.array(fieldView),
  /** Who approves each of them, in words; null where the act takes effect by itself. */
  approval: z.string().nullable(),
})
export type BulkActionView = z.infer<typeof bulkAction>

export const bulkJob = z.object({
  id: z.string(),
  list: z.string(),
  listTitle: z.string(),
  /** Below this path each thing has its page; null where it has none. */
  path: z.string().nullable(),
  title: z.string(),
  answers: z.array(z.object({ label: z.string(), value: z.string() })),
  state: z.enum(['waiting', 'running', 'done', 'cancelled', 'stopped']),
  total: z.number().int(),
  done: z.number().int(),
  refused: z.number().int(),
  /** Documents that it has issued, voided ones left out. */
  documents: z.number().int(),
  by: z.string(),
  at: z.string(),
  endedAt: z.string().nullable(),
  problem: z.object({ message: z.string(), next: z.string() }).nullable(),
})
export type BulkJobView = z.infer<typeof bulkJob>

export const bulkItem = z.object({
  seq: z.number().int(),
  thingId: z.string(),
  number: z.string(),
  state: z.enum(['waiting', 'done', 'refused']),
  /** Why it was refused, and what to do next. */
  reason: z.string().nullable(),
  at: z.string().nullable(),
})
export type BulkItemView = z.infer<typeof bulkItem>
