import { CATALOGUE, type ProblemCode } from './catalogue.ts'
import type { ProblemView } from './wire.ts'

// Every refusal of the system is one of the catalogue: a code, a Chinese sentence, what to do next, the rule it rests
// on.

export type FieldProblem = ProblemView['fields'][number]

/** A refusal as it crosses the wire; what is thrown for it is made by `problem` or `fieldProblem`. */
export class Problem extends Error {
  readonly code: ProblemCode
  readonly status: number
  readonly next: string
  readonly rule: string | null
  readonly fields: readonly FieldProblem[]
  readonly retryAfterSeconds: number | null

  constructor(code: ProblemCode, words: Record<string, string | number>, options: ProblemOptions = {}) {
    const entry = CATALOGUE[code]
    super(fill(entry.message, words), options.cause === undefined ? {} : { cause: options.cause })
    this.code = code
    this.status = entry.status
    this.next = fill(entry.next, words)
    this.rule = options.rule ?? ('rule' in entry ? entry.rule : null)
    this.fields = options.fields ?? []
    this.retryAfterSeconds = entry.status === 503 ? 2 : null
  }

  toJSON(): ProblemView {
    return { code: this.code, message: this.message, next: this.next, rule: this.rule, fields: [...this.fields] }
  }
}

interface ProblemOptions {
  fields?: readonly FieldProblem[]
  rule?: string
  cause?: unknown
}

/** Makes a refusal of the catalogue; `words` fill the {places} of its sentence. */
export function problem(
  code: ProblemCode,
  words: Record<string, string | number> = {},
  options: ProblemOptions = {},
): Problem {
  return new Problem(code, words, options)
}

/** A refusal whose reasons stand at single fields. */
export function fieldProblem(fields: readonly FieldProblem[]): Problem {
  return new Problem('request.invalid', {}, { fields })
}

function fill(sentence: string, words: Record<string, string | number>): string {
  return sentence.replace(/\{(\w+)\}/g, (place, name: string) => String(words[name] ?? place))
}
