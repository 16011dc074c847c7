import { parseArgs } from 'node:util'
import { StartRefusal } from '#kernel/database/settings.ts'
import { finish, refuse } from './command/say.ts'
import { runCampaign } from './crash/campaign.ts'

// npm run crash -- --kills 200 --seed N [--json]: two servers on a throw-away database under write load and import;
// server, backend and Postgres are killed at random; then every acknowledged write must be there once. The last line is
// one object with counts; exit status 1 where anything was lost, doubled or half there.

const { values } = parseArgs({
  options: {
    kills: { type: 'string', default: '200' },
    seed: { type: 'string' },
    json: { type: 'boolean', default: false },
  },
})

async function main(): Promise<never> {
  const kills = Number(values.kills)
  const seed = Number(values.seed ?? process.pid)
  if (!Number.isSafeInteger(kills) || kills < 1) return refuse(values.json, 'crash.kills', '--kills 应为正整数')
  if (!Number.isSafeInteger(seed) || seed < 0) return refuse(values.json, 'crash.seed', '--seed 应为非负整数')
  if (!values.json) console.log(`种子 ${seed}`)
  const said = (sentence: string) => (values.json ? undefined : console.log(sentence))
  const report = await runCampaign({ kills, seed, said })
  if (!values.json) for (const sentence of report.violations) console.log(`✖ ${sentence}`)
  return finish(JSON.stringify(report), report.violations.length === 0 ? 0 : 1)
}

main().catch((error: unknown) => {
  console.error(error instanceof StartRefusal ? error.message : error)
  process.exit(1)
})
