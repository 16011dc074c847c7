import { parseArgs } from 'node:util'
import { prepareDatabase } from '#app'
import { type Verification, verifyChain } from '#kernel/audit/verify.ts'
import { asOwner } from '#kernel/database/owner.ts'
import { openDatabaseServer } from '#kernel/database/server.ts'
import { readSettings } from '#kernel/database/settings.ts'
import { sql } from '#kernel/database/sql.ts'

// npm run audit:verify [-- --court 吉0193 --json]: walks the chain of one court, or of every court that has one, on a
// read-only connection of its own. Exit status 1 where a chain is broken, 2 where the question can't be answered.

const { values } = parseArgs({
  options: { court: { type: 'string' }, json: { type: 'boolean', default: false } },
})
const say = (line: string) => process.stdout.write(`${line}\n`)

type CourtVerification = Verification & { court: string }

const held = await openDatabaseServer(readSettings(process.env))
try {
  await prepareDatabase(held.url)
  report(await verifyCourts(held.url, values.court))
} finally {
  await held.release()
}

/** Each court by itself: the snapshot of a long walk is not held for the next. */
async function verifyCourts(url: string, code: string | undefined): Promise<CourtVerification[]> {
  const courts = await asOwner(url, 'read', (tx) =>
    tx.query<{ id: number; code: string }>(sql`
      select id, code from court
      where case when ${code ?? null}::text is null
        then exists (select from audit where court_id = court.id)
          or exists (select from audit_head where court_id = court.id and seq > 0)
        else code = ${code ?? null} end
      order by id`),
  )
  const results: CourtVerification[] = []
  for (const court of courts) {
    const result = await asOwner(url, 'read', (tx) => verifyChain(tx, court.id))
    results.push({ court: court.code, ...result })
  }
  return results
}

function report(courts: CourtVerification[]): void {
  if (courts.length === 0 && values.court !== undefined) {
    const message = `没有法院代字为“${values.court}”的法院`
    say(values.json ? JSON.stringify({ error: { code: 'command.court', message } }) : `拒绝：${message}`)
    process.exitCode = 2
    return
  }
  const ok = courts.every((court) => court.ok)
  if (values.json) say(JSON.stringify({ ok, courts }))
  else {
    for (const { court, entries, head, broken } of courts) {
      say(broken ? `${court} 不通过：${broken.message}` : `${court} 通过：${entries} 条，链尾 ${head.seq} ${head.hash}`)
    }
    if (courts.length === 0) say('没有操作记录')
  }
  process.exitCode = ok ? 0 : 1
}
