import { z } from 'zod'

// What a backup says of itself. It is the last but one entry of the archive; the last one is its digest.

export const MANIFEST = 'manifest.json'
export const MANIFEST_DIGEST = 'manifest.sm3'
/** Folders of the data folder that a backup holds beside the database. */
export const FOLDERS = ['keys', 'checkpoints', 'attachments'] as const

const digest = z.string().regex(/^[0-9a-f]{64}$/)

const table = z.strictObject({
  name: z.string().regex(/^[a-z_][a-z0-9_]*$/),
  columns: z.array(z.string().regex(/^[a-z_][a-z0-9_]*$/)),
  /** Of the columns, in their order. */
  types: z.array(z.string().regex(/^[a-z][a-z0-9 _,()[\]]*$/)),
  rows: z.int().min(0),
  /** Of the rows in the text format of COPY, in their order. */
  digest,
})

export const manifest = z.strictObject({
  format: z.literal('ecc-backup-1'),
  /** The moment of the snapshot. */
  at: z.iso.datetime(),
  /** Migrations and derived tables with their digests: the schema of the rows. */
  schema: z.array(z.tuple([z.string(), z.string()])),
  tables: z.array(table),
  sequences: z.array(z.strictObject({ name: z.string(), last: z.string().nullable() })),
  chains: z.array(z.strictObject({ courtId: z.int(), seq: z.string(), hash: digest })),
  /** Attachments that rows name and that were not there, or not what their digest says, when the backup was made. */
  missing: z.array(digest),
  entries: z.array(z.strictObject({ name: z.string(), size: z.int().min(0), digest })),
})

export type Manifest = z.infer<typeof manifest>
export type TableOf = Manifest['tables'][number]

const PLACE = /^tables\/([a-z_][a-z0-9_]*)\/\d{6}\.copy\.gz$/

export function chunkName(tableName: string, index: number): string {
  return `tables/${tableName}/${String(index).padStart(6, '0')}.copy.gz`
}

/** The table whose rows an entry holds. */
export function tableOfEntry(name: string): string | null {
  return PLACE.exec(name)?.[1] ?? null
}
