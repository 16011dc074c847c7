import { readSettings } from '#kernel/database/settings.ts'
import { deriveAll, staleFiles, writeDerived } from './derive/derived-files.ts'
import { withScratchDatabase } from './derive/scratch-database.ts'

// npm run derive: rewrites derived/ from the declarations. With --check it only names what is stale, exit status 1.
// coverage.md is not among them: a complete run of npm test makes it.

const checks = process.argv.includes('--check')
const { databaseUrl } = readSettings(process.env)
const fresh = await withScratchDatabase(databaseUrl, deriveAll)
const names = checks ? await staleFiles(fresh) : await writeDerived(fresh)

for (const name of names) console.log(`derived/${name}`)
if (checks && names.length > 0) {
  console.log('以上生成文件已过期：请运行 npm run derive，核对差异后提交。')
  process.exitCode = 1
} else {
  console.log(checks ? '生成文件均为最新。' : `已写 ${names.length} 个文件。`)
}
