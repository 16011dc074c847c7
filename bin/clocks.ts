import { parseArgs } from 'node:util'
import { loadClockedCases } from '#cases/node-watch/case-clock-store.ts'
import { clocksOfCase } from '#cases/node-watch/case-clocks.ts'
import { sql } from '#kernel/database/sql.ts'
import { isOn, type On } from '#kernel/time/time.ts'
import { CommandRefusal, runCommand } from './command/say.ts'
import { findCourt, withServices } from './command/services.ts'

// npm run clocks -- --court 吉0193 --as-of 2021-09-30 --json: every clock of the cases that the export calls 在执.

const BATCH = 500

await runCommand(async () => {
  const { values } = parseArgs({
    options: {
      court: { type: 'string', default: '' },
      'as-of': { type: 'string', default: '' },
      json: { type: 'boolean', default: false },
    },
  })
  if (!isOn(values['as-of'])) throw new CommandRefusal('command.as-of', '请以 --as-of 给出日期，如 2021-09-30')
  const printed = await clocksOfCourt(values.court, values['as-of'])
  const words = printed.map((clock) =>
    Object.values(clock)
      .map((value) => value ?? '—')
      .join('\t'),
  )
  return { words, figures: values.json ? printed : countsOf(printed), ok: true }
})

/** What stands above it line by line, in numbers. */
function countsOf(printed: readonly PrintedClock[]): object {
  const states: Record<string, number> = {}
  for (const { state } of printed) states[state] = (states[state] ?? 0) + 1
  return { cases: new Set(printed.map(({ caseNumber }) => caseNumber)).size, clocks: printed.length, states }
}

interface PrintedClock {
  caseNumber: string
  node: string
  startOn: string
  dueOn: string | null
  doneOn: string | null
  state: string
}

async function clocksOfCourt(code: string, asOfOn: On): Promise<PrintedClock[]> {
  return withServices(async (services) => {
    const court = await findCourt(services, code)
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
}
