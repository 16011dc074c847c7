import { z } from 'zod'
import { problemView } from '#kernel/problem/wire.ts'

type JsonSchema = Record<string, unknown>

/**
 * The JSON schema of an answer for fast-json-stringify: only what it names leaves the server. A union with null becomes
 * a nullable type, because a real anyOf would be tried at every row.
 */
export const replySchema = onceFor((schema) => nullable(asJson(schema, 'output')) as JsonSchema)

const refusal = (description: string) => ({
  description,
  content: { 'application/problem+json': { schema: replySchema(problemView) } },
})

/** What every route may answer instead: a problem of the catalogue. */
export const REFUSALS = { '4XX': refusal('拒绝：原因与下一步'), '5XX': refusal('暂时不能办理') }

/** The JSON schema of what a request may hold, for the OpenAPI document. */
export const requestSchema = onceFor((schema) => asJson(schema, 'input'))

/** All acts on one kind of thing give the same answer: each schema is made once. */
function onceFor(make: (schema: z.ZodType) => JsonSchema): (schema: z.ZodType) => JsonSchema {
  const made = new WeakMap<z.ZodType, JsonSchema>()
  return (schema) => {
    const known = made.get(schema) ?? make(schema)
    made.set(schema, known)
    return known
  }
}

function asJson(schema: z.ZodType, io: 'input' | 'output'): JsonSchema {
  const { $schema: _, ...json } = z.toJSONSchema(schema, {
    target: 'draft-7',
    io,
    unrepresentable: 'any',
  }) as JsonSchema
  return json
}

function nullable(node: unknown): unknown {
  if (Array.isArray(node)) return node.map(nullable)
  if (node === null || typeof node !== 'object') return node
  const schema = Object.fromEntries(Object.entries(node).map(([key, value]) => [key, nullable(value)]))
  const options = schema.anyOf
  if (Array.isArray(options) && options.length === 2 && options.some((one) => (one as JsonSchema).type === 'null')) {
    const other = options.find((one) => (one as JsonSchema).type !== 'null') as JsonSchema
    const { anyOf: _, ...rest } = schema
    // A list of values that leaves null out would forbid it after all.
    const values = Array.isArray(other.enum) ? { enum: [...other.enum, null] } : {}
    return { ...rest, ...other, ...values, nullable: true }
  }
  return schema
}
