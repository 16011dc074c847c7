import { fileURLToPath } from 'node:url'
import { runImport } from '#cases/import/import-run.ts'
import type { SystemActor } from '#kernel/authorisation/may.ts'
import { sql } from '#kernel/database/sql.ts'
import type { Services } from '#kernel/matter/acting.ts'

const SAMPLE = fileURLToPath(new URL('cases/import/sample/样例-执行案件明细表.xlsx', import.meta.url))
const SAMPLE_COURT = '吉0193'
const SAMPLE_AS_OF = '2021-09-30'

/** Loads the sample export into the demonstration's court. */
export async function importSample(services: Services): Promise<void> {
  const courtId = await services.database.read({ courtIds: [] }, async (tx) => {
    const row = await tx.one<{ id: number }>(sql`select id from court where code = ${SAMPLE_COURT}`)
    return row.id
  })
  const actor: SystemActor = { kind: 'system', name: '演示数据', courtId, courtIds: [courtId] }
  await runImport(services, {
    courtId,
    courtCode: SAMPLE_COURT,
    path: SAMPLE,
    fileName: '样例-执行案件明细表.xlsx',
    asOfOn: SAMPLE_AS_OF,
    dryRun: false,
    actor,
  })
}
