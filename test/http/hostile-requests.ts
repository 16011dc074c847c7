import fc from 'fast-check'
import { z } from 'zod'
import type { App } from '#app'
import { requestSchema } from '#kernel/http/reply-schema.ts'
import { isWrite, type Route } from '#kernel/http/route.ts'

// Requests from the declared schemas: valid ones, ones with a single fault, and hostile ones. Nothing here knows a
// route.

export interface Request {
  /** 'METHOD /path' of its route. */
  name: string
  params: Record<string, string>
  query: string
  /** JSON as it is sent; null where the request has no body. */
  text: string | null
}

type Schema = Record<string, unknown>

const HOSTILE_TEXTS = [
  '',
  ' ',
  '\u0000',
  'a\u0000b',
  '\ud800',
  '\udc00x',
  "'",
  '"',
  "' or 1=1 --",
  '%',
  '_',
  '\\',
  '%_%',
  '../../etc/passwd',
  '<script>alert(1)</script>',
  '{{7*7}}',
  '=1+1',
  '@SUM(A1)',
  '＝1',
  'null',
  'NaN',
  '1e309',
  '-0',
  '9007199254740993',
  '２０２１',
  '𠮷野家',
  '‮gnp',
  'ﷺ',
  '\ufeff',
  '\n\r\t',
  'a'.repeat(5_000),
  '案'.repeat(2_001),
  '0000-00-00',
  '2021-02-29',
  '9999-12-31',
  '+275760-09-13',
  '10000-01-01',
  '-0001-01-01',
  '（2021）吉0193执1号',
  '（9999）吉0193执99999999999999号',
  '00000000-0000-0000-0000-000000000000',
  'ffffffff-ffff-ffff-ffff-ffffffffffff',
  'true',
  '[]',
  '{}',
  '__proto__',
]
const HOSTILE_VALUES: readonly unknown[] = [
  null,
  true,
  false,
  0,
  -1,
  1.5,
  1e21,
  2 ** 31,
  2 ** 53,
  -(2 ** 63),
  [],
  [null],
  {},
  { toString: null },
  [[]],
  Array(300).fill(1),
  ...HOSTILE_TEXTS,
]

const hostile = fc.constantFrom(...HOSTILE_VALUES)
const someText = fc.oneof(
  { weight: 3, arbitrary: fc.string({ unit: 'grapheme', maxLength: 40 }) },
  {
    weight: 2,
    arbitrary: fc.constantFrom(
      '执行',
      '请办理',
      '某',
      '2021-09-15',
      '2021-11-30',
      '2022-01-04',
      '100',
      '吉0193',
      '吉0104',
    ),
  },
  { weight: 1, arbitrary: fc.constantFrom(...HOSTILE_TEXTS) },
)

/** Values that fit a JSON schema, as far as it says; ids are mostly such as exist. */
function fitting(schema: Schema, ids: readonly string[]): fc.Arbitrary<unknown> {
  if (schema.const !== undefined) return fc.constant(schema.const)
  if (Array.isArray(schema.enum)) return fc.constantFrom(...(schema.enum as unknown[]))
  const choices = (schema.anyOf ?? schema.oneOf) as Schema[] | undefined
  if (choices) return fc.oneof(...choices.map((one) => fitting(one, ids)))
  switch (schema.type) {
    case 'string':
      if (schema.format === 'uuid')
        return fc.oneof({ weight: 9, arbitrary: fc.constantFrom(...ids) }, { weight: 1, arbitrary: fc.uuid() })
      return typeof schema.pattern === 'string'
        ? fc.oneof(fc.stringMatching(new RegExp(schema.pattern)), someText)
        : someText
    case 'integer':
    case 'number':
      return fc.oneof(fc.integer({ min: 0, max: 5 }), fc.integer())
    case 'boolean':
      return fc.boolean()
    case 'array':
      return fc.array(fitting((schema.items ?? {}) as Schema, ids), { maxLength: 3 })
    case 'object':
      return fittingObject(schema, ids)
    case 'null':
      return fc.constant(null)
    default:
      return fc.oneof(someText, fc.integer(), fc.constant(null))
  }
}

function fittingObject(schema: Schema, ids: readonly string[]): fc.Arbitrary<Record<string, unknown>> {
  const properties = (schema.properties ?? {}) as Record<string, Schema>
  const required = (schema.required ?? []) as string[]
  const model = Object.fromEntries(Object.entries(properties).map(([name, one]) => [name, fitting(one, ids)]))
  return fc.record(model, { requiredKeys: required.filter((name) => name in model) })
}

/** A body with one fault, or none of what was asked for. */
function spoilt(body: fc.Arbitrary<Record<string, unknown>>): fc.Arbitrary<unknown> {
  return fc.oneof(
    fc.tuple(body, fc.nat(), hostile).map(([valid, at, value]) => {
      const names = Object.keys(valid)
      return names.length === 0 ? { nobody: value } : { ...valid, [names[at % names.length] as string]: value }
    }),
    fc.tuple(body, fc.nat()).map(([valid, at]) => {
      const names = Object.keys(valid)
      return Object.fromEntries(
        Object.entries(valid).filter(([name]) => name !== names[at % Math.max(1, names.length)]),
      )
    }),
    fc
      .tuple(body, fc.constantFrom('courtId', 'court_id', 'state', 'approvedBy', 'id'), hostile)
      .map(([valid, name, value]) => ({ ...valid, [name]: value })),
    hostile,
    fc.jsonValue({ maxDepth: 6 }),
  )
}

/** The body of an act is checked against its declaration, which the loose schema of its route does not show. */
function bodySchema({ chapters }: App, route: Route): Schema {
  for (const kind of chapters.flatMap((chapter) => chapter.kinds)) {
    const [, path, , action] = route.path.split('/')
    if (path !== kind.path || route.body === null) continue
    const fields = action === undefined ? (kind.own ? undefined : kind.fields) : kind.actions[action]?.ask
    if (action !== undefined && !kind.actions[action]) continue
    if (action === undefined && kind.own) continue
    const shape = Object.fromEntries(Object.entries(fields ?? {}).map(([name, { schema }]) => [name, schema]))
    return requestSchema(z.strictObject(action === undefined ? shape : { version: z.int(), ...shape }))
  }
  return route.body ? requestSchema(route.body) : { type: 'object' }
}

/** One request of any route of an application; `ids` are such as exist there. */
export function anyRequest(app: App, routes: readonly Route[], ids: readonly string[]): fc.Arbitrary<Request> {
  return fc.oneof(
    ...routes.map((route) => {
      const body = fittingObject(bodySchema(app, route), ids)
      const query = fittingObject(route.query ? requestSchema(route.query) : {}, ids)
      const id = fc.oneof(
        { weight: 12, arbitrary: fc.constantFrom(...ids) },
        {
          weight: 1,
          arbitrary: fc.constantFrom(...HOSTILE_TEXTS.filter((text) => text.isWellFormed() && text.length < 100)),
        },
      )
      return fc.record({
        name: fc.constant(`${route.method} ${route.path}`),
        params: fc.record({ id, attachmentId: id }),
        query: fc.oneof({ weight: 3, arbitrary: query }, { weight: 1, arbitrary: spoilt(query) }).map(asQuery),
        text: isWrite(route)
          ? fc
              .oneof({ weight: 3, arbitrary: body }, { weight: 2, arbitrary: spoilt(body) })
              .map((value) => JSON.stringify(value) ?? 'undefined')
          : fc.constant(null),
      })
    }),
  )
}

/** Longer ones end at Node's limit of the head, before any route. */
const QUERY_MOST = 300

function asQuery(value: unknown): string {
  if (value === null || typeof value !== 'object') return ''
  const pairs = Object.entries(value).map(([name, one]) => [
    name,
    String(typeof one === 'object' ? JSON.stringify(one) : one)
      .slice(0, QUERY_MOST)
      .toWellFormed(),
  ])
  const text = new URLSearchParams(pairs).toString()
  return text === '' ? '' : `?${text}`
}
