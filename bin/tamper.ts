import { parseArgs } from 'node:util'
import { prepareDatabase } from '#app'
import { readSettings } from '#kernel/database/settings.ts'
import { CommandRefusal, runCommand } from './command/say.ts'
import { withScratchDatabase } from './derive/scratch-database.ts'
import { askDatabase, askInMemory, type Counts, runTrials, withRecords } from './tamper/trials.ts'

// npm run tamper -- --trials 10000 --seed 1 [--json]: tampers with made records in every way, asks the verifier each
// time, and runs it on as many untouched ones; some of the trials in a real database, which is thrown away.

const HOW_MANY = { type: 'string' } as const

await runCommand(async () => {
  const { values } = parseArgs({
    options: {
      trials: { ...HOW_MANY, default: '10000' },
      seed: { ...HOW_MANY, default: '1' },
      database: { ...HOW_MANY, default: '65' },
      json: { type: 'boolean', default: false },
    },
  })
  const [trials, seed, stored] = [count(values.trials), count(values.seed), count(values.database)]
  const started = performance.now()
  const result = await withRecords(seed, async (records, keys, folder) => ({
    memory: await runTrials(trials, seed, records, askInMemory(keys, records)),
    database: await withScratchDatabase(readSettings(process.env).databaseUrl, async (url) => {
      await prepareDatabase(url)
      return runTrials(stored, seed + 1, records, askDatabase(url, folder))
    }),
  }))
  const seconds = Math.round((performance.now() - started) / 100) / 10
  const ok = isPerfect(result.memory) && isPerfect(result.database)
  const words = [...wordsOf('内存', result.memory), ...wordsOf('数据库', result.database)]
  return { words, figures: { ok, seed, seconds, ...result }, ok }
})

function count(text: string): number {
  if (!/^\d{1,9}$/.test(text)) throw new CommandRefusal('command.usage', `“${text}”不是整数`)
  return Number(text)
}

function isPerfect({ trials, placed, falseAlarms }: Counts): boolean {
  return placed === trials && falseAlarms === 0
}

function wordsOf(name: string, { trials, found, placed, clean, falseAlarms, missed }: Counts): string[] {
  const tampered = `篡改 ${trials} 次，发现 ${found}，位置正确 ${placed}`
  return [`${name}：${tampered}；未篡改 ${clean} 次，误报 ${falseAlarms}`, ...missed]
}
