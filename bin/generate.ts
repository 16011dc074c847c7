import { parseArgs } from 'node:util'
import { prepareDatabase } from '#app'
import { generate, NotEmpty } from '#bench/generation.ts'
import { openDatabaseServer } from '#kernel/database/server.ts'
import { readSettings, StartRefusal } from '#kernel/database/settings.ts'
import { finish, refuse } from './command/say.ts'

// npm run generate -- --courts 90 --cases 1000000 --seed 1 [--json]: synthetic courts, people and cases for an empty
// database, as they stand on the demonstration's first day. The last line is one object with counts and seconds.

const { values } = parseArgs({
  options: {
    courts: { type: 'string', default: '90' },
    cases: { type: 'string', default: '1000000' },
    seed: { type: 'string', default: '1' },
    json: { type: 'boolean', default: false },
  },
})
const STEP = 50_000

const options = { courts: Number(values.courts), cases: Number(values.cases), seed: Number(values.seed) }
if (!Object.values(options).every((number) => Number.isSafeInteger(number) && number >= 0)) {
  throw await refuse(values.json, 'command.usage', '用法：npm run generate -- --courts 90 --cases 1000000 --seed 1')
}
try {
  const held = await openDatabaseServer(readSettings(process.env))
  try {
    await prepareDatabase(held.url)
    let told = 0
    const counts = await generate(held.url, options, (cases) => {
      if (cases < told + STEP) return
      told = cases
      process.stderr.write(`已生成 ${cases} 件\n`)
    })
    await held.release()
    if (!values.json) for (const [name, count] of Object.entries(counts)) console.log(`${name}\t${count}`)
    await finish(JSON.stringify({ ...options, ...counts }), 0)
  } catch (error) {
    await held.release()
    throw error
  }
} catch (error) {
  if (error instanceof NotEmpty) await refuse(values.json, 'generate.not-empty', error.message)
  if (error instanceof RangeError) await refuse(values.json, 'command.usage', `法院数应为 ${error.message}`)
  if (error instanceof StartRefusal) await refuse(values.json, 'command.start', error.message)
  throw error
}
