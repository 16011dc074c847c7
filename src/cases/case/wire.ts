import { z } from 'zod'
import { warningView } from '#cases/warnings/wire.ts'
import { clockView } from '#kernel/clock-rule/wire.ts'
import { actionView, attachmentView, courtRef, logEntry, personRef, thingView } from '#kernel/matter/wire.ts'

// How a case crosses the wire. Money is a string of digits in fen, dates are 'YYYY-MM-DD'.

export const caseRow = z.object({
  id: z.string(),
  courtId: z.number().int(),
  courtName: z.string(),
  caseNumber: z.string(),
  kind: z.string(),
  cause: z.string().nullable(),
  filedOn: z.string(),
  /** 在执 已结 终本 中止 */
  stateLabel: z.string(),
  creditors: z.string(),
  debtors: z.string(),
  amountFen: z.string().nullable(),
  judge: z.string().nullable(),
  team: z.string().nullable(),
  /** The unfinished node whose due date comes first. */
  nextNode: z.object({ name: z.string(), dueOn: z.string().nullable(), state: z.string() }).nullable(),
  toCorrect: z.array(z.string()),
  /** 预警 that stand open and unexplained. */
  warningsOpen: z.number().int(),
  /** 简案 普案 特案; null before triage. */
  track: z.string().nullable(),
  // Only where a list asks for these columns.
  basisNumber: z.string().nullable().optional(),
  arrivedFen: z.string().nullable().optional(),
  closedOn: z.string().nullable().optional(),
  closingWay: z.string().nullable().optional(),
  remark: z.string().nullable().optional(),
})
export type CaseRow = z.infer<typeof caseRow>
export const caseList = z.object({ items: z.array(caseRow), next: z.string().nullable() })
export type CaseList = z.infer<typeof caseList>

export const partyView = z.object({
  side: z.enum(['creditor', 'debtor', 'third-party']),
  name: z.string(),
  /** Masked: first 6 and last 4 characters. */
  certificates: z.array(z.object({ type: z.string(), masked: z.string(), valid: z.boolean() })),
  /** 法定代表人 of a firm, where it was entered. */
  representative: z.string().nullable(),
})
export type PartyView = z.infer<typeof partyView>

export const nodeFact = z.object({
  name: z.string(),
  label: z.string(),
  on: z.string().nullable(),
  amountFen: z.string().nullable(),
  /** How it came: import, by hand, corrected. */
  source: z.string(),
  recordedAt: z.string(),
})
export type NodeFact = z.infer<typeof nodeFact>

export const caseView = caseRow.extend({
  version: z.number().int(),
  basisNumber: z.string().nullable(),
  basisKind: z.string().nullable(),
  basisMaker: z.string().nullable(),
  basisEffectiveOn: z.string().nullable(),
  performBy: z.string().nullable(),
  duty: z.string().nullable(),
  jurisdiction: z.string().nullable(),
  /** 繁简分流: what stands, and what the rules propose; null for a case that is ended. */
  triage: z
    .object({
      standing: z.object({ words: z.string(), reason: z.string(), on: z.string() }).nullable(),
      proposal: z.object({
        words: z.string(),
        reasons: z.array(z.object({ label: z.string(), finding: z.string(), source: z.string() })),
      }),
    })
    .nullable(),
  remark: z.string().nullable(),
  closedOn: z.string().nullable(),
  closingWay: z.string().nullable(),
  arrivedFen: z.string().nullable(),
  judgeRef: personRef.nullable(),
  court: courtRef,
  /** In their order; a correction names a party by its place here, counted from 1. */
  parties: z.array(partyView),
  mayCorrectParties: z.boolean(),
  /** Whether the records of its assignments are for this reader. */
  seesAssignments: z.boolean(),
  facts: z.array(nodeFact),
  clocks: z.array(clockView),
  /** By a clock's id: the label of the node whose date ends it. */
  clockNodes: z.record(z.string(), z.string()),
  abilities: z.array(actionView.extend({ missing: z.array(z.string()) })),
  log: z.array(logEntry),
  attachments: z.array(attachmentView),
  notes: z.array(z.string()),
  /** Those that stand, then the last ones that are gone. */
  warnings: z.array(warningView),
  approval: thingView.shape.approval,
  /** Supervision orders and other matters on this case. */
  matters: z.array(
    z.object({
      kind: z.string(),
      kindTitle: z.string(),
      path: z.string(),
      id: z.string(),
      number: z.string(),
      stateLabel: z.string(),
    }),
  ),
})
export type CaseView = z.infer<typeof caseView>

export const backlogRow = z.object({
  clockId: z.string(),
  caseId: z.string(),
  caseNumber: z.string(),
  courtName: z.string(),
  node: z.string(),
  judge: z.string().nullable(),
  team: z.string().nullable(),
  dueOn: z.string(),
  overdueDays: z.number().int(),
  orderNumber: z.string().nullable(),
  orderId: z.string().nullable(),
})
export type BacklogRow = z.infer<typeof backlogRow>

export const importReport = z.object({
  rows: z.number().int(),
  duplicates: z.number().int(),
  accepted: z.number().int(),
  created: z.number().int(),
  updated: z.number().int(),
  unchanged: z.number().int(),
  refused: z.array(z.object({ row: z.number().int(), caseNumber: z.string().nullable(), reason: z.string() })),
  toCorrect: z.array(z.object({ caseNumber: z.string(), reasons: z.array(z.string()) })),
  amountFen: z.string(),
})
export type ImportReport = z.infer<typeof importReport>

/** One thing that a newer export says differently of a case. */
export const changeEntry = z.object({
  name: z.string(),
  label: z.string(),
  was: z.string().nullable(),
  said: z.string().nullable(),
  /** The export's word is taken, or what stands in the case stays. */
  effect: z.enum(['change', 'stands']),
  why: z.string().nullable(),
})
export type ChangeEntry = z.infer<typeof changeEntry>

export const importChange = z.object({
  caseNumber: z.string(),
  caseId: z.string().nullable(),
  kind: z.enum(['new', 'changed', 'missing']),
  /** The row of the file; null for a case that it lacks. */
  row: z.number().int().nullable(),
  closing: z.enum(['closed', 'reopened']).nullable(),
  entries: z.array(changeEntry),
})
export type ImportChange = z.infer<typeof importChange>

const changeCounts = z.object({
  new: z.number().int(),
  changed: z.number().int(),
  unchanged: z.number().int(),
  missing: z.number().int(),
  closed: z.number().int(),
  reopened: z.number().int(),
})
export type ChangeCounts = z.infer<typeof changeCounts>

export const importRun = z.object({
  id: z.string(),
  fileName: z.string(),
  asOfOn: z.string(),
  dryRun: z.boolean(),
  state: z.enum(['waiting', 'checking', 'checked', 'importing', 'done', 'failed', 'cancelled']),
  rowsDone: z.number().int(),
  rowsTotal: z.number().int().nullable(),
  by: z.string(),
  at: z.string(),
  problem: z.object({ code: z.string(), message: z.string() }).nullable(),
  report: importReport.nullable(),
  /** How many cases the check found new, changed …; null where it compared nothing. */
  changes: changeCounts.nullable(),
  notes: z.array(z.string()),
})
export type ImportRun = z.infer<typeof importRun>
