import { LAW_CHANNEL, loadCalendar, seedCalendar } from '#kernel/calendar/store.ts'
import type { Database, Tx } from '#kernel/database/database.ts'
import { asOwner } from '#kernel/database/owner.ts'
import { sql } from '#kernel/database/sql.ts'
import type { Law } from '#kernel/matter/acting.ts'
import { RULES } from '#rules/rules.ts'
import type { Rule } from './rule.ts'

// Rules and calendar as every server keeps them in memory. A stored version of a rule is never changed, because clocks
// refer to it.

/** Puts calendar years and rule versions that are missing into the database. Throws where a stored version differs. */
export async function seedLaw(url: string, rules: readonly Rule[] = RULES): Promise<void> {
  await asOwner(url, 'write', async (tx) => {
    // Servers may start together on one database.
    await tx.run(sql`lock table clock_rule in share row exclusive mode`)
    const stored = new Map((await loadRules(tx)).map((rule) => [keyOf(rule), rule]))
    for (const rule of rules) {
      const before = stored.get(keyOf(rule))
      if (before === undefined) await insertRule(tx, rule)
      else refuseChange(before, rule)
    }
    await seedCalendar(tx)
  })
}

const keyOf = (rule: Rule) => `${rule.id} ${rule.version}`

function refuseChange(stored: Rule, given: Rule): void {
  const changed = (Object.keys(stored) as (keyof Rule)[]).filter((name) => stored[name] !== given[name])
  if (changed.length > 0) {
    throw new Error(
      `期限规则 ${given.id} 第${given.version}版与库中已有的同一版本不同（${changed.join('、')}）：` +
        '已公布的版本不能改动，请另立新版本',
    )
  }
}

async function insertRule(tx: Tx, rule: Rule): Promise<void> {
  await tx.run(sql`
    insert into clock_rule (id, version, label, n, unit, rolls, internal, source, mark, valid_from, valid_to, note,
      start_note)
    values (${rule.id}, ${rule.version}, ${rule.label}, ${rule.n}, ${rule.unit}, ${rule.rolls}, ${rule.internal},
      ${rule.source}, ${rule.mark}, ${rule.validFrom}, ${rule.validTo}, ${rule.note}, ${rule.startNote})`)
}

/** Every version of every rule, by id and version. */
async function loadRules(tx: Tx): Promise<Rule[]> {
  return tx.query<Rule>(sql`
    select id, version, label, n, unit, rolls, source, mark, internal, valid_from as "validFrom",
      valid_to as "validTo", note, start_note as "startNote"
    from clock_rule order by id, version`)
}

/** Rules and calendar as the database has them at this moment. */
async function loadLaw(tx: Tx): Promise<Law> {
  return { rules: await loadRules(tx), calendar: await loadCalendar(tx) }
}

export interface LawKeeper {
  now(): Law
  reload(): Promise<void>
  stop(): Promise<void>
}

const RELOAD_MS = 60_000
const RETRY_MS = 1_000

/** Keeps the law in memory and reads it again when any server changes it; now and then in any case, for a lost word. */
export async function lawKeeper(database: Database): Promise<LawKeeper> {
  const read = () => database.read({ courtIds: [] }, loadLaw)
  let law = await read()
  let asked = 0
  let shown = 0
  let retry: NodeJS.Timeout | undefined
  const reload = async () => {
    asked += 1
    const turn = asked
    const found = await read()
    // Of two readings under way the later one counts, whichever ends last.
    if (turn < shown) return
    shown = turn
    law = found
  }
  const attempt = () => {
    reload().catch(() => {
      clearTimeout(retry)
      retry = setTimeout(attempt, RETRY_MS)
      retry.unref()
    })
  }
  const stopListening = await database.listen(LAW_CHANNEL, attempt)
  const timer = setInterval(attempt, RELOAD_MS)
  timer.unref()
  return {
    now: () => law,
    reload,
    async stop() {
      clearInterval(timer)
      clearTimeout(retry)
      await stopListening()
    },
  }
}
