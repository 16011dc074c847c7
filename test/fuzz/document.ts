import { type Check, checkOf, type Schema } from './schema-check.ts'

// What the OpenAPI document says of each operation: all that the fuzzer knows of the product.

export interface Param {
  name: string
  /** What it may be; null for an id. */
  choices: readonly string[] | null
}

export interface Operation {
  /** 'POST /cases/:id/extend': method and path below /api, as the tables of the tests name it. */
  name: string
  method: string
  /** '/api/cases/{id}/extend' */
  path: string
  /** What stands in the path, in its order. */
  params: readonly Param[]
  query: Schema | null
  body: Schema | null
  bodyCheck: Check | null
  isUpload: boolean
  isWrite: boolean
  /** Names that the answer to a repeated request lacks. */
  notRepeated: readonly string[]
  /** What it may answer, by status; null where a success has no JSON. */
  answers: ReadonlyMap<number, Check | null>
  /** What a refusal must look like. */
  refusal: Check
}

/** The operations of a document. */
export function operationsOf(document: Schema): Operation[] {
  const whole = inPlace(document, document) as { paths: Record<string, Record<string, Schema>> }
  return Object.entries(whole.paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, said]) => operationOf(path, method.toUpperCase(), said)),
  )
}

function operationOf(path: string, method: string, said: Schema): Operation {
  const parameters = (said.parameters ?? []) as { name: string; in: string; required?: boolean; schema: Schema }[]
  const asked = parameters.filter((one) => one.in === 'query')
  const content = (said.requestBody?.content ?? {}) as Record<string, { schema: Schema }>
  const isUpload = 'multipart/form-data' in content
  const body = Object.values(content)[0]?.schema ?? null
  const short = path.replace(/^\/api/, '').replace(/\{(\w+)\}/g, ':$1')
  return {
    name: `${method} ${short}`,
    method,
    path,
    params: [...path.matchAll(/\{(\w+)\}/g)].map(([, name = '']) => paramOf(name, parameters)),
    query: asked.length === 0 ? null : queryOf(asked),
    body,
    bodyCheck: body && !isUpload ? checkOf(body) : null,
    isUpload,
    isWrite: method !== 'GET',
    notRepeated: (said['x-not-repeated'] ?? []) as string[],
    answers: answersOf(said.responses as Record<string, Schema>),
    refusal: checkOf(said.responses?.['4XX']?.content?.['application/problem+json']?.schema ?? { type: 'null' }),
  }
}

function paramOf(name: string, parameters: readonly { name: string; in: string; schema: Schema }[]): Param {
  const said = parameters.find((one) => one.in === 'path' && one.name === name)
  return { name, choices: (said?.schema.enum as string[] | undefined) ?? null }
}

/** Names of ids in the path. */
export const idParams = ({ params }: Operation) => params.filter(({ choices }) => choices === null)

/** The path with its names filled in their order. */
export const addressOf = ({ path }: Operation, values: readonly string[]) => {
  const rest = [...values]
  return path.replace(/\{\w+\}/g, () => encodeURIComponent(rest.shift() ?? ''))
}

function queryOf(asked: readonly { name: string; required?: boolean; schema: Schema }[]): Schema {
  return {
    type: 'object',
    properties: Object.fromEntries(asked.map(({ name, schema }) => [name, schema])),
    required: asked.filter((one) => one.required).map((one) => one.name),
    additionalProperties: false,
  }
}

function answersOf(responses: Record<string, Schema>): Map<number, Check | null> {
  const declared = Object.entries(responses).filter(([status]) => /^\d{3}$/.test(status))
  const answers = new Map<number, Check | null>(
    declared.map(([status, said]) => {
      const schema = said.content?.['application/json']?.schema as Schema | undefined
      return [Number(status), schema ? checkOf(schema) : null]
    }),
  )
  // A file is declared as nothing at all.
  if (answers.size === 0) answers.set(200, null)
  return answers
}

/** References put in their places. */
function inPlace(node: unknown, document: Schema): unknown {
  if (Array.isArray(node)) return node.map((one) => inPlace(one, document))
  if (node === null || typeof node !== 'object') return node
  const { $ref, ...rest } = node as { $ref?: string }
  if (typeof $ref === 'string') {
    const place = $ref.slice(2).split('/')
    return inPlace(
      place.reduce((at: Schema, name) => at[name] as Schema, document),
      document,
    )
  }
  return Object.fromEntries(Object.entries(rest).map(([name, one]) => [name, inPlace(one, document)]))
}
