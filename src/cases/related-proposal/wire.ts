import { z } from 'zod'

/** A case of whatever court that is related to the one asked about: what a proposal names of it. */
export const relatedCaseView = z.object({
  /** Null for a case that the reader may not open. */
  id: z.string().nullable(),
  court: z.string(),
  own: z.boolean(),
  caseNumber: z.string(),
  stateLabel: z.string(),
  /** Still being enforced: may be proposed. */
  open: z.boolean(),
  party: z.string().nullable(),
  reasons: z.array(z.string()),
  score: z.number().int(),
  /** A hint only: never chosen with all others, each by itself. */
  weak: z.boolean(),
  /** The open proposal that names it, as far as the reader sees it. */
  proposal: z.object({ id: z.string(), number: z.string() }).nullable(),
})
export type RelatedCaseView = z.infer<typeof relatedCaseView>

export const relatedCaseList = z.object({
  items: z.array(relatedCaseView),
  /** True where more reasons were found than are read. */
  more: z.boolean(),
})
export type RelatedCaseList = z.infer<typeof relatedCaseList>
