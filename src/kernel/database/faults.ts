import { Problem, problem } from '#kernel/problem/problem.ts'

// What a failure of the database means: lost, stale, or a refusal of the catalogue.

/** A table changed under a prepared statement (another server migrated): a new connection prepares it anew. */
export function isStale(error: unknown): boolean {
  const { code, message = '' } = (error ?? {}) as { code?: string; message?: string }
  return code === '0A000' && message.includes('cached plan')
}

/** The loss of a connection that a failure tells of; undefined where the database answered on it. */
export function lossIn(error: unknown): Error | undefined {
  if (!(error instanceof Error)) return undefined
  const code = (error as { code?: string }).code ?? ''
  const isLost = /^(08|57)/.test(code) || LOST.test(code) || (code === '' && LOST.test(error.message))
  return isLost && code !== STATEMENT_ENDED ? error : undefined
}

const STATEMENT_ENDED = '57014'
const LOST = /^E(CONN|PIPE|TIMEDOUT)|Connection terminated|not queryable|Query read timeout|socket has been ended/

export function unavailable(error: unknown): Problem {
  return problem('database.unavailable', {}, { cause: error })
}

/** The database's own refusals become problems of the catalogue; what is already one stays itself. */
export function translate(error: unknown): unknown {
  if (error instanceof Problem) return error
  const code = (error as { code?: string }).code ?? ''
  if (code === '23505') return problem('write.duplicate', {}, { cause: error })
  if (code === '23503') return problem('write.reference', {}, { cause: error })
  if (code === '23514' || code === '23502' || code.startsWith('22'))
    return problem('write.refused', {}, { cause: error })
  if (code === '55P03' || code === '40P01' || code === '40001') return problem('write.busy', {}, { cause: error })
  if (code.startsWith('57') || code.startsWith('53') || code === READ_ONLY || code === IO_ERROR)
    return unavailable(error)
  return error
}

const READ_ONLY = '25006'
const IO_ERROR = '58030'
