import { cpus } from 'node:os'
import { parseArgs } from 'node:util'
import { prepareDatabase } from '#app'
import { type BenchResult, runBench } from '#bench/bench-run.ts'
import { generate, NotEmpty } from '#bench/generation.ts'
import { openDatabaseServer } from '#kernel/database/server.ts'
import { readSettings } from '#kernel/database/settings.ts'
import { timeOf } from '#main'
import { finish } from './command/say.ts'

// npm run bench -- --cases 1000000 [--json]: every figure beside its limit, on the database of DATA_DIR or
// DATABASE_URL, which gets synthetic cases first where it has none. The last line is one object.
//   --only WORD      only the pairs whose name holds the word, without sweep and import; 文书: only the documents
//   --seconds 1.5    how long one side runs in one round; --rounds 3

const { values } = parseArgs({
  options: {
    cases: { type: 'string', default: '1000000' },
    courts: { type: 'string', default: '90' },
    seed: { type: 'string', default: '1' },
    seconds: { type: 'string', default: '1.5' },
    rounds: { type: 'string', default: '3' },
    connections: { type: 'string', default: '10,50' },
    'sweep-rows': { type: 'string', default: '10000000' },
    'import-rows': { type: 'string', default: '100000' },
    documents: { type: 'string', default: '500' },
    only: { type: 'string', default: '' },
    json: { type: 'boolean', default: false },
  },
})
const whole = values.only === ''
const say = (line: string) => process.stderr.write(`${line}\n`)

const held = await openDatabaseServer(readSettings(process.env))
try {
  await prepareDatabase(held.url)
  const size = { courts: Number(values.courts), cases: Number(values.cases), seed: Number(values.seed) }
  const made = await generate(held.url, size).catch((error: unknown) => {
    if (error instanceof NotEmpty) return null
    throw error
  })
  say(made ? `已生成 ${made.cases} 件，${made.seconds} 秒` : '用库中已有的案件')
  const options = {
    seed: size.seed,
    rounds: Number(values.rounds),
    seconds: Number(values.seconds),
    connections: values.connections.split(',').map(Number),
    sweepRows: whole ? Number(values['sweep-rows']) : 0,
    importRows: whole ? Number(values['import-rows']) : 0,
    documents: whole || values.only === '文书' ? Number(values.documents) : 0,
    only: values.only,
  }
  const result = await runBench(held.url, await timeOf(held.url), options, say)
  if (!values.json) print(result)
  await held.release()
  const machine = { cpus: cpus().length, cpu: cpus()[0]?.model ?? '', node: process.version }
  await finish(JSON.stringify({ ...result, generation: made, machine }), 0)
} catch (error) {
  await held.release()
  throw error
}

function print({ figures, sweep, import: imported, documents, startMs, idleMiB }: BenchResult): void {
  console.log('项目\t连接\t本系统/秒\t极限/秒\t比值\t目标\tp50\tp97.5\tp99\t极限p99\tp99之比\tCPU微秒\t极限CPU')
  for (const { name, connections, goal, mostMs, product, limit, ratio, slowest } of figures) {
    const isSlow = mostMs !== null && connections <= 10 && product.p99 > mostMs
    const misses = isSlow || ratio < goal || (connections === 50 && slowest > 3) ? '✖' : '✔'
    const times = [product.p50, product.p97_5, product.p99, limit.p99, slowest, product.cpuUs, limit.cpuUs]
    console.log(
      [`${misses} ${name}`, connections, product.perSecond, limit.perSecond, ratio, goal, ...times].join('\t'),
    )
  }
  if (sweep) console.log(`期限扫描（${sweep.rows} 行）\t${JSON.stringify(sweep.dueMs)} ms（目标：40 条到期 ≤ 5 ms）`)
  if (imported) {
    console.log(`导入 ${imported.rows} 行\t${imported.seconds} 秒（≤ 60）\t${imported.peakMiB} MiB（≤ 400）`)
  }
  if (documents) {
    const { documents: count, firstSeconds, seconds, listP99Ms, cpuMsEach, wordRatio } = documents
    console.log(
      `批量签发 ${count} 份\t${seconds} 秒（≤ 8）\t其间清单 p99 ${listP99Ms} ms（≤ 200）\t每份 CPU ${cpuMsEach} ms`,
    )
    console.log(`首份文书（字体与排版线程的启动在内）\t${firstSeconds} 秒`)
    console.log(`Word 文书之速与 docxtemplater 之比\t${wordRatio}（≥ 0.8）`)
  }
  console.log(`启动\t${startMs} ms（≤ 3000）\t空闲内存 ${idleMiB} MiB（≤ 200）`)
}
