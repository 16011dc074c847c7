import { z } from 'zod'

// How a monthly report crosses the wire.

const figure = z.object({
  name: z.string(),
  label: z.string(),
  n: z.number().int(),
  /** 涉案金额 of these cases. */
  amountFen: z.string(),
})

export const reportFigures = z.object({
  monthStartOn: z.string(),
  monthEndOn: z.string(),
  /** Confirmed: these figures no longer follow the ledger. */
  isFrozen: z.boolean(),
  /** One row for each category, then all of them together (合计). */
  rows: z.array(
    z.object({
      category: z.string(),
      figures: z.array(figure),
      /** 清理金额 of the cleared cases. */
      clearedFen: z.string(),
      rate: z.object({
        numerator: z.number().int(),
        denominator: z.number().int(),
        /** '33.33'; null where there was nothing to clear. */
        percent: z.string().nullable(),
      }),
    }),
  ),
  /** What each figure means, and the sentence of the rate. */
  meanings: z.array(z.object({ label: z.string(), meaning: z.string() })),
})
export type ReportFigures = z.infer<typeof reportFigures>

export const reportEntry = z.object({
  entryId: z.string(),
  caseId: z.string(),
  number: z.string(),
  caseNumber: z.string(),
  category: z.string(),
  party: z.string(),
  holder: z.string().nullable(),
  listedOn: z.string(),
  leftOn: z.string().nullable(),
  /** 已清理, 已移出; null for what was there at the month's end. */
  outcome: z.string().nullable(),
  amountFen: z.string(),
  clearedFen: z.string(),
})
export type ReportEntry = z.infer<typeof reportEntry>

export const reportEntries = z.object({ items: z.array(reportEntry), next: z.string().nullable() })
