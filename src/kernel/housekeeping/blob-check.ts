import { seeAllCourts } from '#kernel/database/scope.ts'
import { identifier, join, sql } from '#kernel/database/sql.ts'
import type { Services } from '#kernel/matter/acting.ts'

// Files and the rows that name them, compared both ways. A file comes before its row, so one that no row names may be
// on its way: only what has been so for a day is removed. A row without its file can't be mended, only told.

export interface BlobCheck {
  /** Files that no row named, now removed. */
  removed: number
  /** Digests that rows name and no file has. */
  missing: string[]
}

export async function checkBlobs(
  services: Pick<Services, 'database' | 'blobs'>,
  signal?: AbortSignal,
): Promise<BlobCheck> {
  const found: BlobCheck = { removed: 0, missing: [] }
  for (let part = 0; part < 256 && !signal?.aborted; part += 1) {
    const prefix = part.toString(16).padStart(2, '0')
    const files = await services.blobs.filesIn(prefix)
    const named = await namedDigests(services, prefix)
    const kept = new Set(files.map(({ digest }) => digest))
    found.missing.push(...[...named].filter((digest) => !kept.has(digest)))
    for (const { digest, isOld } of files) {
      if (!isOld || named.has(digest)) continue
      const isNamed = async () => (await namedDigests(services, digest)).has(digest)
      if (await services.blobs.removeUnless(digest, isNamed)) found.removed += 1
    }
  }
  return found
}

/** Digests of files that begin with `prefix` and that some row names, in whichever table has a text column `digest`. */
async function namedDigests({ database }: Pick<Services, 'database'>, prefix: string): Promise<Set<string>> {
  const rows = await database.read({ courtIds: [] }, async (tx) => {
    await seeAllCourts(tx)
    const tables = await tx.query<{ name: string }>(sql`
      select c.relname as name from pg_class c join pg_attribute a on a.attrelid = c.oid
      where c.relnamespace = 'public'::regnamespace and c.relkind = 'r' and c.relname <> 'schema_migration'
        and a.attname = 'digest' and a.atttypid = 'text'::regtype`)
    const last = prefix.padEnd(64, 'f')
    const parts = tables.map(
      ({ name }) => sql`
        select digest from ${identifier(name)}
        where digest collate "C" between ${prefix} and ${last}`,
    )
    return tx.query<{ digest: string }>(join(parts, ' union '))
  })
  return new Set(rows.map(({ digest }) => digest))
}
