import { z } from 'zod'

/** A refusal as it crosses the wire. */
export const problemView = z.object({
  code: z.string(),
  message: z.string(),
  next: z.string(),
  rule: z.string().nullable(),
  fields: z.array(z.object({ path: z.string(), message: z.string() })),
})
export type ProblemView = z.infer<typeof problemView>
