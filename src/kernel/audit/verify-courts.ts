import type { Tx } from '#kernel/database/database.ts'
import { asOwner } from '#kernel/database/owner.ts'
import { sql } from '#kernel/database/sql.ts'
import { type CheckpointFault, type CheckpointPlace, type ReadCheckpoints, readCheckpoints } from './checkpoint.ts'
import { storedChain, type Verification, verifyChain } from './verify.ts'

// The verifier of a whole database: under a role that may read the record and write nothing at all.

export type CourtVerification = Verification & { court: string }

export interface AllVerified {
  ok: boolean
  courts: CourtVerification[]
  checkpoints: { count: number; faults: readonly CheckpointFault[] }
}

/**
 * Verifies one court's chain by its code, or every chain that the database or a checkpoint knows of. Each court is one
 * snapshot by itself: a long walk is not held for the next.
 */
export async function verifyCourts(url: string, place: CheckpointPlace, code: string | null): Promise<AllVerified> {
  // Before the chains: what was signed by now stands in every snapshot that is taken later.
  const signed = await readCheckpoints(place)
  const courts = await asVerifier(url, (tx) => chainedCourts(tx, code, signed))
  const results: CourtVerification[] = []
  for (const court of courts) {
    const found = await asVerifier(url, (tx) => verifyChain(storedChain(tx, court.id), court.id, signed.checkpoints))
    results.push({ court: court.code, ...found })
  }
  const { faults } = signed
  const ok = faults.length === 0 && results.every((court) => court.ok)
  return { ok, courts: results, checkpoints: { count: signed.checkpoints.length, faults } }
}

async function asVerifier<T>(url: string, work: (tx: Tx) => Promise<T>): Promise<T> {
  return asOwner(url, 'read', async (tx) => {
    await tx.run(sql`set local role ecc_verifier`)
    return work(tx)
  })
}

async function chainedCourts(tx: Tx, code: string | null, { checkpoints }: ReadCheckpoints) {
  const signed = [...new Set(checkpoints.map((one) => one.courtId))]
  return tx.query<{ id: number; code: string }>(sql`
    select id, code from court
    where case when ${code}::text is null
      then id = any(${signed}::int[]) or exists (select from audit where court_id = court.id)
        or exists (select from audit_head where court_id = court.id and seq > 0)
      else code = ${code} end
    order by id`)
}
