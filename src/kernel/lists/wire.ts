import { z } from 'zod'

// How lists and their columns cross the wire.

export const listColumns = z.object({
  list: z.string(),
  title: z.string(),
  columns: z.array(
    z.object({
      key: z.string(),
      label: z.string(),
      type: z.enum(['text', 'money']),
      /** Whether it is shown where nobody has chosen; 'wide' where the list covers more than the own court. */
      shown: z.enum(['always', 'wide', 'never']),
    }),
  ),
  /** The reader's own choice in its order; null where he has made none. */
  chosen: z.array(z.string()).nullable(),
})
export type ListColumns = z.infer<typeof listColumns>

export const listCount = z.object({
  count: z.number().int(),
  /** True where there are more than are counted. */
  isMore: z.boolean(),
})
export type ListCount = z.infer<typeof listCount>
