import { seeAllCourts } from '#kernel/database/scope.ts'
import { sql } from '#kernel/database/sql.ts'
import type { Services } from '#kernel/matter/acting.ts'

/** 本院设定（2021-09-30起）: for so many days the same request, sent again, gets its first answer. Never less than one. */
export const KEYS_KEPT_DAYS = 7

const DAY_MS = 86_400_000
const BATCH = 5_000

/** Removes the keys that are older, a part at a time; returns how many. */
export async function purgeKeys(services: Pick<Services, 'database' | 'time'>, signal?: AbortSignal): Promise<number> {
  const before = new Date(services.time.now().getTime() - KEYS_KEPT_DAYS * DAY_MS)
  let purged = 0
  for (;;) {
    const gone = await services.database.write({ courtIds: [] }, async (tx) => {
      await seeAllCourts(tx)
      return tx.run(sql`
        delete from idempotency
        where ctid = any(array(select ctid from idempotency where at < ${before} limit ${BATCH}))`)
    })
    purged += gone
    if (gone < BATCH || signal?.aborted) return purged
  }
}
