import { basename } from 'node:path'
import { parseArgs } from 'node:util'
import type { ImportReport } from '#cases/case/wire.ts'
import { type RunOptions, runImport } from '#cases/import/import-run.ts'
import type { SystemActor } from '#kernel/authorisation/may.ts'
import { isOn } from '#kernel/time/time.ts'
import { CommandRefusal, runCommand } from './command/say.ts'
import { findCourt, withServices } from './command/services.ts'

// npm run import -- FILE.xlsx --court 吉0193 --as-of 2021-09-30 [--dry-run] --json

const NOTES_MOST = 50

await runCommand(async () => {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      court: { type: 'string', default: '' },
      'as-of': { type: 'string', default: '' },
      'dry-run': { type: 'boolean', default: false },
      json: { type: 'boolean', default: false },
    },
  })
  const [path] = positionals
  if (!path || positionals.length !== 1) {
    const usage = 'npm run import -- 文件.xlsx --court 法院代字 --as-of 截至日期 [--dry-run] [--json]'
    throw new CommandRefusal('command.usage', `用法：${usage}`)
  }
  if (!isOn(values['as-of'])) {
    throw new CommandRefusal('command.as-of', '请以 --as-of 给出导出的截至日期，如 2021-09-30')
  }
  const file = { path, fileName: basename(path), asOfOn: values['as-of'], dryRun: values['dry-run'] }
  const { report, notes } = await importInto(values.court, file)
  return { words: [...notes.slice(0, NOTES_MOST), inWords(report)], figures: report, ok: true }
})

type ChosenFile = Pick<RunOptions, 'path' | 'fileName' | 'asOfOn' | 'dryRun'>

async function importInto(code: string, file: ChosenFile): Promise<{ report: ImportReport; notes: string[] }> {
  return withServices(async (services) => {
    const court = await findCourt(services, code)
    const actor: SystemActor = { kind: 'system', name: '命令行导入', courtId: court.id, courtIds: [court.id] }
    const options = { ...file, courtId: court.id, courtCode: court.code, actor }
    const result = await runImport(services, options, async (_, { rowsDone }) => {
      process.stderr.write(`已处理 ${rowsDone} 行\n`)
      return true
    })
    if (!result) throw new CommandRefusal('import.cancelled', '导入已取消')
    return result
  })
}

function inWords(report: ImportReport): string {
  const { rows, duplicates, accepted, created, updated, unchanged } = report
  const stored = `入库${accepted}件（新增${created}、更新${updated}、未变${unchanged}）`
  const toSee = `拒收${report.refused.length}，需补正${report.toCorrect.length}`
  return `共${rows}行：${stored}，重复${duplicates}，${toSee}`
}
