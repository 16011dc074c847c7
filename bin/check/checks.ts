import { spawn } from 'node:child_process'
import { join } from 'node:path'

// What can be known without running the product, each by its own tool, all at the same time.

const ROOT = join(import.meta.dirname, '..', '..')
const TOOLS = join(ROOT, 'node_modules', '.bin')
const HOUSE_RULES = [
  'test/tidy.test.ts',
  'test/import-rules.test.ts',
  'bin/plant/anchors.test.ts',
  'bin/derive/coverage.test.ts',
]

interface Check {
  name: string
  command: readonly [program: string, ...words: string[]]
}

const CHECKS: readonly Check[] = [
  { name: '类型', command: [join(TOOLS, 'tsc'), '-p', '.'] },
  { name: '写法与格式', command: [join(TOOLS, 'biome'), 'check', '--max-diagnostics=50', '.'] },
  { name: '无用代码', command: [join(TOOLS, 'knip')] },
  { name: '定义与生成文件', command: [process.execPath, join('bin', 'derive.ts'), '--check'] },
]
const RULES: Check = {
  name: '边界与体例',
  command: [process.execPath, '--test', '--test-reporter=dot', ...HOUSE_RULES],
}

/**
 * How many passed and failed; what a failed one said goes to standard output. `rules: false` leaves out the rules that
 * are tests.
 */
export async function runChecks({ rules }: { rules: boolean }): Promise<{ passed: number; failed: number }> {
  const results = await Promise.all((rules ? [...CHECKS, RULES] : CHECKS).map(runCheck))
  const passed = results.filter(Boolean).length
  return { passed, failed: results.length - passed }
}

async function runCheck({ name, command: [program, ...words] }: Check): Promise<boolean> {
  const child = spawn(program, words, { cwd: ROOT, stdio: ['ignore', 'pipe', 'pipe'] })
  let said = ''
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (chunk: string) => {
      said += chunk
    })
  }
  const passed = await new Promise<boolean>((resolve) => {
    child.once('error', (error) => {
      said += error.message
      resolve(false)
    })
    child.once('close', (code) => resolve(code === 0))
  })
  console.log(passed ? `✔ 检查：${name}` : `✖ 检查：${name}\n${said.trimEnd()}`)
  return passed
}
