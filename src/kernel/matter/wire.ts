import { z } from 'zod'
import { clockView } from '#kernel/clock-rule/wire.ts'

// The shapes in which every kind of matter crosses the wire. Generic pages are drawn from these alone.

export const fieldView = z.object({
  name: z.string(),
  label: z.string(),
  type: z.enum([
    'text',
    'choice',
    'date',
    'money',
    'number',
    'court',
    'person',
    'team',
    'document',
    'caseNumber',
    'flag',
  ]),
  required: z.boolean(),
  /** False for what only an act fills in: the opening form leaves it out. */
  atOpening: z.boolean(),
  options: z.array(z.string()).optional(),
  max: z.number().int().optional(),
  /** For 'court': which courts may be chosen; for 'person': which roles. */
  among: z.string().optional(),
  help: z.string().optional(),
})
export type FieldView = z.infer<typeof fieldView>

export const actionView = z.object({
  name: z.string(),
  label: z.string(),
  from: z.array(z.string()),
  to: z.string().nullable(),
  by: z.array(z.string()),
  ask: z.array(fieldView),
  needs: z.array(z.string()),
  approval: z.string().nullable(),
  issues: z.string().nullable(),
  /** Asks for confirmation with a summary before it happens. */
  grave: z.boolean(),
  /** False for what may be done and nobody waits for. */
  awaited: z.boolean(),
  articles: z.array(z.string()),
})
export type ActionView = z.infer<typeof actionView>

export const kindView = z.object({
  id: z.string(),
  /** Path segment of its routes: /api/<path>. */
  path: z.string(),
  title: z.string(),
  chapter: z.enum(['cases', 'quality', 'general', 'support']),
  articles: z.array(z.string()),
  fields: z.array(fieldView),
  states: z.record(z.string(), z.string()),
  ends: z.array(z.string()),
  documents: z.array(
    z.object({ name: z.string(), label: z.string(), type: z.enum(['template', 'upload']), paperKept: z.boolean() }),
  ),
  actions: z.array(actionView),
  clocks: z.array(z.object({ name: z.string(), label: z.string(), while: z.array(z.string()), rule: z.string() })),
  /** True where the reader may open one. */
  mayOpen: z.boolean(),
  /** True where the kind has a page of its own instead of the generic one. */
  ownPage: z.boolean(),
})
export type KindView = z.infer<typeof kindView>

export const personRef = z.object({ id: z.string(), name: z.string() })
export const courtRef = z.object({ id: z.number().int(), code: z.string(), name: z.string() })

export const thingRow = z.object({
  id: z.string(),
  courtId: z.number().int(),
  courtName: z.string(),
  number: z.string(),
  title: z.string(),
  state: z.string(),
  stateLabel: z.string(),
  holder: z.string().nullable(),
  dueOn: z.string().nullable(),
  clockState: z.string().nullable(),
  openedAt: z.string(),
  /** Field values as shown in a list; courts and people by name. */
  values: z.record(z.string(), z.union([z.string(), z.number(), z.boolean(), z.null()])),
})
export type ThingRow = z.infer<typeof thingRow>

export const logEntry = z.object({
  seq: z.number().int(),
  action: z.string(),
  label: z.string(),
  fromState: z.string().nullable(),
  toState: z.string(),
  actor: z.string(),
  actorCourt: z.string(),
  at: z.string(),
  onDate: z.string().nullable(),
  answers: z.array(z.object({ label: z.string(), value: z.string() })),
})
export type LogEntry = z.infer<typeof logEntry>

export const attachmentView = z.object({
  id: z.string(),
  document: z.string(),
  name: z.string(),
  mediaType: z.string(),
  sizeBytes: z.number().int(),
  digest: z.string(),
  shelfMark: z.string().nullable(),
  by: z.string(),
  at: z.string(),
})
export type AttachmentView = z.infer<typeof attachmentView>

/** A step of a chain of approval; `by` where it has been taken. */
export const approvalStep = z.object({ label: z.string(), by: z.string().nullable(), at: z.string().nullable() })

/** What hangs on a thing, as its page lists it; a row with a path leads there by its first cell. */
export const thingTable = z.object({
  title: z.string(),
  note: z.string().nullable(),
  columns: z.array(z.string()),
  rows: z.array(z.object({ path: z.string().nullable(), cells: z.array(z.string()) })),
})
export type ThingTable = z.infer<typeof thingTable>

export const thingView = thingRow.extend({
  version: z.number().int(),
  kind: z.string(),
  opener: z.string(),
  counterpart: courtRef.nullable(),
  /** Field values with labels, in the definition's order. */
  fields: z.array(z.object({ name: z.string(), label: z.string(), value: z.string().nullable() })),
  tables: z.array(thingTable),
  /** What this reader may do now: the only source of buttons. */
  abilities: z.array(actionView.extend({ missing: z.array(z.string()) })),
  /** Documents that this reader may add now. */
  mayAttach: z.array(z.object({ name: z.string(), label: z.string(), paperKept: z.boolean() })),
  clocks: z.array(clockView),
  log: z.array(logEntry),
  attachments: z.array(attachmentView),
  approval: z
    .object({
      id: z.string(),
      action: z.string(),
      label: z.string(),
      proposer: z.string(),
      at: z.string(),
      /** Who decides, in order; those who have, by name. */
      steps: z.array(approvalStep),
      mayDecide: z.boolean(),
      /** Where whoever decides looks at the document that would be issued; null where there is none, or not for him. */
      preview: z.string().nullable(),
    })
    .nullable(),
  /** Things linked to this one: the order above, the orders below, the case. */
  links: z.array(
    z.object({
      relation: z.string(),
      kind: z.string(),
      path: z.string(),
      id: z.string(),
      number: z.string(),
      stateLabel: z.string(),
    }),
  ),
  /** What hangs on it besides its log, as tables. */
  records: z.array(
    z.object({
      label: z.string(),
      columns: z.array(z.object({ key: z.string(), title: z.string() })),
      rows: z.array(z.array(z.string())),
    }),
  ),
})
export type ThingView = z.infer<typeof thingView>

export const thingList = z.object({ items: z.array(thingRow), next: z.string().nullable() })
export type ThingList = z.infer<typeof thingList>

const byState = z.record(z.string(), z.number().int())

/** How many things of a kind stand in which state, by court. */
export const kindCounts = z.object({
  states: z.array(z.object({ state: z.string(), label: z.string() })),
  courts: z.array(
    z.object({
      id: z.number().int(),
      code: z.string(),
      name: z.string(),
      own: byState,
      /** The court and all below it. */
      withBelow: byState,
    }),
  ),
})
export type KindCounts = z.infer<typeof kindCounts>
