import { z } from 'zod'

// How warnings cross the wire.

export const warningView = z.object({
  id: z.string(),
  rule: z.string(),
  /** 被执行人缺证件号码. */
  label: z.string(),
  kind: z.string(),
  kindLabel: z.string(),
  /** 红 橙 黄 */
  severity: z.string(),
  source: z.string(),
  mark: z.enum(['V', 'M', 'C']),
  /** What was found in this case. */
  finding: z.string(),
  next: z.string(),
  /** What opens the place where it can be mended: an act by its label (with a node), or a paper by its label. */
  remedy: z.object({ act: z.string().nullable(), node: z.string().nullable(), paper: z.string().nullable() }),
  /** 存量: it came in with an import. */
  backlog: z.boolean(),
  openedAt: z.string(),
  openedBy: z.string(),
  closedAt: z.string().nullable(),
  explained: z.object({ by: z.string(), at: z.string(), reason: z.string() }).nullable(),
  mayExplain: z.boolean(),
})
export type WarningView = z.infer<typeof warningView>

export const warningRow = warningView.extend({
  caseId: z.string(),
  caseNumber: z.string(),
  courtName: z.string(),
  judge: z.string().nullable(),
  team: z.string().nullable(),
  orderId: z.string().nullable(),
  orderNumber: z.string().nullable(),
})
export type WarningRow = z.infer<typeof warningRow>

export const warningCounts = z.object({
  kinds: z.array(
    z.object({
      kind: z.string(),
      label: z.string(),
      /** Not explained: new, and 存量. */
      fresh: z.number().int(),
      backlog: z.number().int(),
      explained: z.number().int(),
      rules: z.array(z.object({ rule: z.string(), label: z.string(), n: z.number().int() })),
    }),
  ),
})
export type WarningCounts = z.infer<typeof warningCounts>
