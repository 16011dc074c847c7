import { basename } from 'node:path'
import { parseArgs } from 'node:util'
import type { ImportReport } from '#cases/case/wire.ts'
import { runImport } from '#cases/import/import-run.ts'
import { WorkbookRefusal } from '#cases/import/refusal.ts'
import type { SystemActor } from '#kernel/authorisation/may.ts'
import { Problem } from '#kernel/problem/problem.ts'
import { isOn } from '#kernel/time/time.ts'
import { finish, refuse } from './command/say.ts'
import { findCourt, withServices } from './command/services.ts'

// npm run import -- FILE.xlsx --court 吉0193 --as-of 2021-09-30 [--dry-run] --json

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    court: { type: 'string' },
    'as-of': { type: 'string' },
    'dry-run': { type: 'boolean', default: false },
    json: { type: 'boolean', default: false },
  },
})

const refuseWith = (code: string, message: string) => refuse(values.json, code, message)

const [path] = positionals
const asOfOn = values['as-of'] ?? ''
if (!path || positionals.length !== 1) {
  throw await refuseWith(
    'command.usage',
    '用法：npm run import -- 文件.xlsx --court 法院代字 --as-of 截至日期 [--dry-run] [--json]',
  )
}
if (!isOn(asOfOn)) throw await refuseWith('command.as-of', '请以 --as-of 给出导出的截至日期，如 2021-09-30')

try {
  const result = await withServices(async (services) => {
    const court = await findCourt(services, values.court ?? '')
    if (!court) throw await refuseWith('command.court', `没有法院代字为“${values.court ?? ''}”的法院`)
    const actor: SystemActor = { kind: 'system', name: '命令行导入', courtId: court.id, courtIds: [court.id] }
    return runImport(
      services,
      {
        courtId: court.id,
        courtCode: court.code,
        path,
        fileName: basename(path),
        asOfOn,
        dryRun: values['dry-run'],
        actor,
      },
      async (_, progress) => {
        process.stderr.write(`已处理 ${progress.rowsDone} 行\n`)
        return true
      },
    )
  })
  if (!values.json) for (const note of result?.notes.slice(0, 50) ?? []) process.stdout.write(`${note}\n`)
  const report = result?.report
  await finish(values.json || !report ? JSON.stringify(report) : inWords(report), 0)
} catch (error) {
  if (error instanceof WorkbookRefusal) await refuseWith(error.code, error.message)
  if (error instanceof Problem) await refuseWith(error.code, `${error.message}。${error.next}`)
  if ((error as { code?: string }).code === 'ENOENT') await refuseWith('import.missing', `没有找到文件“${path}”`)
  throw error
}

function inWords(report: ImportReport): string {
  const { rows, duplicates, accepted, created, updated, unchanged } = report
  const stored = `入库${accepted}件（新增${created}、更新${updated}、未变${unchanged}）`
  const toSee = `拒收${report.refused.length}，需补正${report.toCorrect.length}`
  return `共${rows}行：${stored}，重复${duplicates}，${toSee}`
}
