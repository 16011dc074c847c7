import { parseArgs } from 'node:util'
import { loadClockedCases } from '#cases/node-watch/case-clock-store.ts'
import { clocksOfCase } from '#cases/node-watch/case-clocks.ts'
import { sql } from '#kernel/database/sql.ts'
import { isOn } from '#kernel/time/time.ts'
import { finish, refuse } from './command/say.ts'
import { findCourt, withServices } from './command/services.ts'

// npm run clocks -- --court 吉0193 --as-of 2021-09-30 --json: every clock of the cases that the export calls 在执.

const { values } = parseArgs({
  options: { court: { type: 'string' }, 'as-of': { type: 'string' }, json: { type: 'boolean', default: false } },
})

const asOfOn = values['as-of'] ?? ''
if (!isOn(asOfOn)) throw await refuse(values.json, 'command.as-of', '请以 --as-of 给出日期，如 2021-09-30')
const BATCH = 500

interface PrintedClock {
  caseNumber: string
  node: string
  startOn: string
  dueOn: string | null
  doneOn: string | null
  state: string
}

const printed = await withServices(async (services) => {
  const court = await findCourt(services, values.court ?? '')
  if (!court) throw await refuse(values.json, 'command.court', `没有法院代字为“${values.court ?? ''}”的法院`)
  return services.database.read({ courtIds: [court.id] }, async (tx) => {
    const clocks: PrintedClock[] = []
    let last = ''
    for (;;) {
      const page = await tx.query<{ id: string; number: string }>(sql`
        select id, number from enforcement_case
        where court_id = ${court.id} and export_state = '在执' and number > ${last} order by number limit ${BATCH}`)
      const end = page.at(-1)
      if (!end) return clocks
      last = end.number
      const cases = await loadClockedCases(
        tx,
        court.id,
        page.map((row) => row.id),
      )
      for (const one of cases.sort((a, b) => (a.number < b.number ? -1 : 1))) {
        for (const clock of clocksOfCase(one, services.law.now(), asOfOn)) {
          const { name: node, startOn, doneOn, state } = clock
          clocks.push({ caseNumber: one.number, node, startOn, dueOn: clock.due.dueOn, doneOn, state })
        }
      }
    }
  })
})
const table = () =>
  printed
    .map((clock) =>
      Object.values(clock)
        .map((value) => value ?? '—')
        .join('\t'),
    )
    .join('\n')
await finish(values.json ? JSON.stringify(printed) : table(), 0)
