import { z } from 'zod'

// How the service of a case's documents crosses the wire.

/** One task, as the page of its case shows it beside the document. */
export const serviceOfDocument = z.object({
  id: z.string(),
  number: z.string(),
  document: z.string(),
  receiver: z.string(),
  side: z.string(),
  state: z.string(),
  stateLabel: z.string(),
  way: z.string().nullable(),
  servedOn: z.string().nullable(),
  dueOn: z.string().nullable(),
  isOverdue: z.boolean(),
})
export type ServiceOfDocument = z.infer<typeof serviceOfDocument>

export const caseServices = z.object({
  items: z.array(serviceOfDocument),
  /** Whom the case's documents may be served on, with the address that counts. */
  receivers: z.array(
    z.object({ name: z.string(), side: z.string(), address: z.string().nullable(), phone: z.string().nullable() }),
  ),
  mayOpen: z.boolean(),
})
export type CaseServices = z.infer<typeof caseServices>
