import { sql } from '#kernel/database/sql.ts'
import type { Session } from '#kernel/matter/acting.ts'
import type { Thing } from '#kernel/matter/matter.ts'
import { fieldProblem } from '#kernel/problem/problem.ts'
import { halfWidth } from './plain-text.ts'

// 财产标识: the number by which an asset is known (不动产权证号、车牌号、车架号、账号). Cases about one asset are related
// (第十一条), whoever typed the number however.

const SHORTEST = 5

/** A number as it is compared: letters, digits and characters alone; null where it tells no asset from another. */
export function assetKey(text: string): string | null {
  const key = halfWidth(text)
    .toUpperCase()
    .replaceAll(/[^\p{L}\p{N}]/gu, '')
  const hasDigits = (key.match(/\d/g) ?? []).length > 1
  return key.length >= SHORTEST && hasDigits && !/^(.)\1*$/u.test(key) ? key : null
}

/** Whether this matter names an asset of its case, or no longer does: what stood before is replaced. */
export async function nameAsset(
  { tx }: Pick<Session, 'tx'>,
  { courtId, id, caseId }: Pick<Thing, 'courtId' | 'id' | 'caseId'>,
  text: unknown,
): Promise<void> {
  if (caseId === null) return
  await tx.run(sql`
    delete from case_asset where court_id = ${courtId} and case_id = ${caseId} and source_id = ${id}`)
  if (typeof text !== 'string') return
  const key = assetKey(text)
  if (key === null)
    throw fieldProblem([{ path: 'assetNumber', message: '请填写完整的证号、车牌号、车架号或者账号；没有的不填' }])
  await tx.run(sql`
    insert into case_asset (court_id, case_id, key, source_id) values (${courtId}, ${caseId}, ${key}, ${id})`)
}
