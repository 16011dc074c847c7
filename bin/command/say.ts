import { WorkbookRefusal } from '#cases/import/refusal.ts'
import { StartRefusal } from '#kernel/database/settings.ts'
import { Problem } from '#kernel/problem/problem.ts'

// How a command ends: its figures in JSON as the last line, or one sentence (with --json one object) and exit status 2.
// It ends only after its work has given everything back, so that no Postgres is left behind.

/** A command was asked for something that it can't do. */
export class CommandRefusal extends Error {
  readonly code: string
  constructor(code: string, message: string) {
    super(message)
    this.code = code
  }
}

/** What a command has to say. */
export interface Told {
  /** For a reader; with --json it is left out. */
  words: readonly string[]
  /** The last line. */
  figures: object
  /** Whether what the command looked for is in order: exit status 0 or 1. */
  ok: boolean
}

/** Runs a command's work, and says what it has to say. */
export async function runCommand(work: () => Promise<Told>): Promise<never> {
  const asJson = process.argv.includes('--json')
  try {
    const { words, figures, ok } = await work()
    return await finish([...(asJson ? [] : words), JSON.stringify(figures)].join('\n'), ok ? 0 : 1)
  } catch (error) {
    const { code, message } = refusalOf(error)
    return refuse(asJson, code, message)
  }
}

/** One sentence, or one object; nothing may be held any more when it is said. */
export function refuse(asJson: boolean, code: string, message: string): Promise<never> {
  return finish(asJson ? JSON.stringify({ error: { code, message } }) : `拒绝：${message}`, 2)
}

/** A pipe holds 64 kB, and exit() would cut the rest: the process ends when the line has been taken. */
export function finish(line: string, status: number): Promise<never> {
  process.exitCode = status
  return new Promise(() => {
    process.stdout.write(`${line}\n`, () => process.exit(status))
  })
}

function refusalOf(error: unknown): { code: string; message: string } {
  if (error instanceof CommandRefusal || error instanceof WorkbookRefusal) return error
  if (error instanceof StartRefusal) return { code: 'start.refused', message: error.message }
  if (error instanceof Problem) return { code: error.code, message: `${error.message}。${error.next}` }
  const { code = '', path = '' } = error as { code?: string; path?: string }
  if (code === 'ENOENT') return { code: 'import.missing', message: `没有找到文件“${path}”` }
  if (code === 'EISDIR' || code === 'EACCES') return { code: 'import.broken', message: `无法读取文件“${path}”` }
  if (code.startsWith('ERR_PARSE_ARGS')) return { code: 'command.usage', message: '命令行参数有误，请对照说明' }
  throw error
}
