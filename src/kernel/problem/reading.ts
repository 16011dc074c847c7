import type { z } from 'zod'
import { fieldProblem, type Problem } from './problem.ts'

/** The refusal of what a schema did not let pass: each fault at its field, in the schema's words where it has any. */
export function misread(error: z.ZodError): Problem {
  return fieldProblem(
    error.issues.flatMap((issue) =>
      issue.code === 'unrecognized_keys'
        ? issue.keys.map((key) => ({ path: [...issue.path, key].join('.'), message: '没有这一栏' }))
        : [{ path: issue.path.join('.'), message: /[一-鿿]/.test(issue.message) ? issue.message : '填写有误' }],
    ),
  )
}
