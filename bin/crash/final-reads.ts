import { readdir, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { checkpointPlace } from '#kernel/audit/checkpoint.ts'
import { verifyCourts } from '#kernel/audit/verify-courts.ts'
import type { Tx } from '#kernel/database/database.ts'
import { asOwner } from '#kernel/database/owner.ts'
import { sql } from '#kernel/database/sql.ts'
import { brokenInvariants } from './invariants.ts'
import type { Logged, WriteLog } from './write-log.ts'

// The end of a campaign: the database is read in one unchanging moment and held against the log of the clients.

/** Adds a violation for everything that is lost, doubled, half there or unaccounted for. */
export async function readFinally(url: string, dataDir: string, log: WriteLog): Promise<void> {
  await asOwner(url, 'read', async (tx) => {
    await compareKeys(tx, log)
    await compareMarks(tx, log)
    await compareActs(tx, log)
    await compareFiles(tx, dataDir, log)
    for (const sentence of await brokenInvariants(tx)) log.violation(sentence)
  })
  const verified = await verifyCourts(url, checkpointPlace(dataDir, null), null)
  if (!verified.ok) {
    const broken = verified.courts.filter((court) => !court.ok).map(({ court, broken }) => [court, broken])
    log.violation(`审计链校验未通过：${JSON.stringify([broken, verified.checkpoints.faults])}`)
  }
}

/** A key stands in the database if and only if its write was acknowledged, and with the very answer. */
async function compareKeys(tx: Tx, log: WriteLog): Promise<void> {
  const keys = log.entries.map(({ key }) => key)
  const rows = await tx.query<{ key: string; status: number; answer: string }>(
    sql`select key, status, answer from idempotency where key = any(${keys})`,
  )
  const stored = new Map(rows.map((row) => [row.key, row]))
  for (const { key, action, outcome } of log.entries) {
    const row = stored.get(key)
    if (outcome.result === 'refused') {
      if (row) log.violation(`${action} ${key} 答复“${outcome.code}、未作更改”，实际已写入`)
    } else if (!row) log.violation(`${action} ${key} 已确认，但没有留下`)
    else if (row.status !== outcome.status || row.answer !== outcome.text)
      log.violation(`${action} ${key} 存下的答复与给出的不同`)
  }
}

/** Each mark stands once where its write was acknowledged, and nowhere where it was refused. */
async function compareMarks(tx: Tx, log: WriteLog): Promise<void> {
  const marks = log.entries.flatMap(({ mark }) => (mark === null ? [] : [mark]))
  const rows = await tx.query<{ mark: string; n: bigint }>(sql`
    select mark, count(*) as n from (
      select cause as mark from enforcement_case where cause = any(${marks})
      union all select requirement from matter_supervision_order where requirement = any(${marks})
      union all select left(name, -4) from attachment where left(name, -4) = any(${marks})
      union all select coalesce(answers ->> 'reason', answers ->> 'ground', answers ->> 'reply') from act_log
        where coalesce(answers ->> 'reason', answers ->> 'ground', answers ->> 'reply') = any(${marks})
    ) found group by mark`)
  const found = new Map(rows.map(({ mark, n }) => [mark, Number(n)]))
  for (const { mark, action, outcome } of log.entries) {
    if (mark === null || !LEAVES_MARK.has(action)) continue
    const wanted = outcome.result === 'acknowledged' ? 1 : 0
    const times = found.get(mark) ?? 0
    if (times !== wanted) log.violation(`${action}“${mark}”应有 ${wanted} 处，实有 ${times} 处`)
  }
}

const LEAVES_MARK = new Set(['open', 'change', 'suspend', 'attach', 'answer', 'sendBack', 'extend'])

/** As many acts of a name on a matter as were acknowledged. */
async function compareActs(tx: Tx, log: WriteLog): Promise<void> {
  const wanted = new Map<string, number>()
  const acts = log.acknowledged.filter(({ action }) => action !== 'import')
  for (const entry of acts) {
    const name = `${thingOf(entry)} ${entry.action}`
    wanted.set(name, (wanted.get(name) ?? 0) + 1)
  }
  const things = [...new Set(acts.map(thingOf))]
  const rows = await tx.query<{ thing_id: string; action: string; n: bigint }>(sql`
    select thing_id, action, count(*) as n from act_log where thing_id = any(${things}::uuid[]) and actor_id is not null
    group by thing_id, action`)
  const found = new Map(rows.map(({ thing_id, action, n }) => [`${thing_id} ${action}`, Number(n)]))
  for (const name of new Set([...wanted.keys(), ...found.keys()])) {
    if (wanted.get(name) !== found.get(name))
      log.violation(`${name} 已确认 ${wanted.get(name) ?? 0} 次，记录 ${found.get(name) ?? 0} 次`)
  }
}

function thingOf({ thingId, outcome }: Logged): string {
  if (thingId !== null) return thingId
  return outcome.result === 'acknowledged' ? (JSON.parse(outcome.text) as { id: string }).id : ''
}

/** Every stored paper has its file, whole. */
async function compareFiles(tx: Tx, dataDir: string, log: WriteLog): Promise<void> {
  const rows = await tx.query<{ digest: string; size_bytes: bigint }>(
    sql`select distinct digest, size_bytes from attachment`,
  )
  for (const { digest, size_bytes } of rows) {
    const file = await stat(join(dataDir, 'attachments', digest.slice(0, 2), digest)).catch(() => null)
    if (file?.size !== Number(size_bytes)) log.violation(`附件 ${digest} 的文件不在或不完整`)
  }
}

/** Parts of uploads that a killed server left behind; a later start clears them away. */
export async function leftUploads(dataDir: string): Promise<number> {
  return (await readdir(join(dataDir, 'attachments', 'incoming')).catch(() => [])).length
}
