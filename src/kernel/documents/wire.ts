import { z } from 'zod'

// How documents and templates cross the wire.

export const documentView = z.object({
  id: z.string(),
  title: z.string(),
  number: z.string(),
  /** The case or matter that it was issued on. */
  subject: z.object({ path: z.string(), id: z.string(), number: z.string() }),
  issuedOn: z.string(),
  by: z.string(),
  at: z.string(),
  voided: z.object({ reason: z.string(), by: z.string(), at: z.string() }).nullable(),
  mayVoid: z.boolean(),
})
export type DocumentView = z.infer<typeof documentView>
export const documentList = z.object({ items: z.array(documentView), next: z.string().nullable() })
export type DocumentList = z.infer<typeof documentList>

/** What stands between a document and its issue, whatever is answered. */
export const draftView = z.object({
  title: z.string(),
  /** Fields that the case or the court's settings leave open. */
  missing: z.array(z.string()),
})
export type DraftView = z.infer<typeof draftView>

export const previewView = z.object({ pdfBase64: z.string().optional() })
export type PreviewView = z.infer<typeof previewView>

export const templateVersion = z.object({
  id: z.string(),
  version: z.number().int(),
  fileName: z.string(),
  state: z.enum(['waiting', 'active', 'retired']),
  unknown: z.array(z.string()),
  lacking: z.array(z.string()),
  by: z.string(),
  at: z.string(),
  decidedBy: z.string().nullable(),
  decidedAt: z.string().nullable(),
  /** False for who brought it, and while anything in it is not in order. */
  mayActivate: z.boolean(),
})
export type TemplateVersion = z.infer<typeof templateVersion>

export const formView = z.object({
  id: z.string(),
  title: z.string(),
  kindTitle: z.string(),
  family: z.enum(['court', 'letter']),
  required: z.array(z.string()),
  /** Tags that a template may use, and those inside of a list. */
  tags: z.array(z.string()),
  lists: z.array(z.object({ name: z.string(), tags: z.array(z.string()) })),
  versions: z.array(templateVersion),
})
export type FormView = z.infer<typeof formView>
export const formList = z.object({ items: z.array(formView), mayUpload: z.boolean(), mayActivate: z.boolean() })
export type FormList = z.infer<typeof formList>

export const settingView = z.object({ name: z.string(), value: z.string().nullable() })
export const settingList = z.object({ items: z.array(settingView), mayEdit: z.boolean() })
export type SettingList = z.infer<typeof settingList>

export const dryRunView = z.object({ missing: z.array(z.string()), pdfBase64: z.string().optional() })
export type DryRunView = z.infer<typeof dryRunView>
