import { INHERITED, UNSENDABLE } from './corpus.ts'
import type { Operation } from './document.ts'
import { checkOf, type Schema } from './schema-check.ts'

// A sound body with exactly one thing wrong. `refused` says that no answer but a refusal is right; where it is absent,
// the value may fit after all.

export interface Spoilt {
  text: string
  type?: string
  refused: string | null
}

export interface Place {
  operation: Operation
  body: Record<string, unknown>
  at: number
  value: unknown
  text: string
}

const DEPTH = 60
const MEBIBYTE = 1_048_576
const TYPES = [
  'text/plain',
  'application/xml',
  'application/x-www-form-urlencoded',
  'text/json',
  'application/jsonx',
  '',
]

const said = (body: unknown, refused: string | null, type?: string): Spoilt => ({
  text: JSON.stringify(body) ?? '',
  refused,
  ...(type === undefined ? {} : { type }),
})
const open = (body: unknown) => JSON.stringify(body).slice(1)
const before = (first: string, body: unknown) => `{${first},${open(body)}`.replace(/,}$/, '}')

const WAYS: readonly ((place: Place) => Spoilt)[] = [
  ({ body }) => said({ ...body, nobody: 1 }, 'an unknown field'),
  ({ body, value }) => said({ ...body, courtId: value }, 'a field of another court'),
  ({ body, value }) =>
    said({ ...body, state: value, approvedBy: value, id: value }, 'fields that only the server sets'),
  (place) => withoutOne(place),
  (place) => withOne(place, place.value),
  (place) => withOne(place, place.text),
  (place) => withOne(place, place.text),
  (place) => beside(place),
  (place) => beside(place),
  ({ body, at }) => ({ ...withText(body, at, 'a\u0000b'), refused: hasText(body) ? 'NUL' : null }),
  ({ body, at }) => ({
    ...withText(body, at, UNSENDABLE[at % UNSENDABLE.length] as string),
    refused: hasText(body) ? 'half a character' : null,
  }),
  ({ body }) => ({ text: before('"__proto__":{"courtId":1}', body), refused: '__proto__' }),
  ({ body }) => ({ text: before('"constructor":{"prototype":{}}', body), refused: 'constructor' }),
  ({ body, at }) => ({
    ...withText(body, at, INHERITED[Math.floor(at / 7) % INHERITED.length] as string),
    refused: null,
  }),
  ({ body }) => twice(body, false),
  ({ body }) => twice(body, true),
  ({ body }) => ({ text: before(`"deep":${'['.repeat(DEPTH)}${']'.repeat(DEPTH)}`, body), refused: 'nesting' }),
  ({ body, at }) => {
    const whole = JSON.stringify(body)
    const text = whole.slice(0, 1 + (at % Math.max(1, whole.length - 1)))
    return { text, refused: 'half a body' }
  },
  ({ body }) => ({ text: `${JSON.stringify(body)}${JSON.stringify(body)}`, refused: 'two bodies' }),
  ({ body }) => said([body], 'an array'),
  ({ value }) => said(value, value !== null && typeof value === 'object' && !Array.isArray(value) ? null : 'no object'),
  ({ body, at }) => said(body, 'another type of content', TYPES[at % TYPES.length] as string),
  ({ body }) => ({ text: JSON.stringify(body).replace(/:(\d+)([,}])/, ':$1e0$2'), refused: null }),
  ({ body }) => ({ text: JSON.stringify(body).replace(/:(\d+)([,}])/, ':99999999999999999999$2'), refused: null }),
  ({ body }) => ({ text: JSON.stringify(body).replace(/:(\d+)([,}])/, ':1e999$2'), refused: null }),
  ({ body, at }) =>
    at > 2 ? said(body, null) : { text: before(`"x":"${'x'.repeat(MEBIBYTE)}"`, body), refused: 'too large' },
]

/** How many ways there are. */
export const SPOILING = WAYS.length

export function spoilBody(how: number, place: Place): Spoilt {
  const way = WAYS[how % WAYS.length] as (typeof WAYS)[0]
  return way(place)
}

const nameAt = (body: object, at: number) => Object.keys(body)[at % Math.max(1, Object.keys(body).length)]

function withoutOne({ operation, body, at }: Place): Spoilt {
  const name = nameAt(body, at)
  const isNeeded = ((operation.body?.required ?? []) as string[]).includes(name ?? '')
  return said(Object.fromEntries(Object.entries(body).filter(([one]) => one !== name)), isNeeded ? `no ${name}` : null)
}

/** A value put into one field: refused where the field's schema says that it can't stand there. */
function withOne({ operation, body, at }: Place, value: unknown): Spoilt {
  const name = nameAt(body, at)
  if (name === undefined) return said({ nobody: value }, 'an unknown field')
  const schema = operation.body?.properties?.[name] as Schema | undefined
  // A text may be trimmed before it is measured.
  const sent = typeof value === 'string' ? value.trim() : value
  const fault = schema ? checkOf(schema)(sent, name) : 'not declared'
  return said({ ...body, [name]: value }, fault)
}

/** A value one beside what its field allows. */
function beside(place: Place): Spoilt {
  const { operation, body, at } = place
  const name = nameAt(body, at) ?? ''
  const schema = (operation.body?.properties?.[name] ?? {}) as Schema
  const { maxLength, minLength, maximum, minimum, maxItems, items } = (schema.anyOf?.[0] ?? schema) as Schema
  if (maxLength !== undefined) return withOne(place, '案'.repeat(maxLength + (at % 3) - 1))
  if (maximum !== undefined) return withOne(place, at % 2 === 0 ? maximum + 1 : (minimum ?? 0) - 1)
  if (maxItems !== undefined && items)
    return withOne(place, Array((maxItems as number) + 1).fill(body[name]?.[0 as never]))
  if (minLength !== undefined) return withOne(place, '')
  return withOne(place, typeof body[name] === 'string' ? `${body[name]}\u3000` : [body[name]])
}

const hasText = (body: object) => Object.values(body).some((value) => typeof value === 'string')

function withText(body: Record<string, unknown>, at: number, text: string): { text: string } {
  const names = Object.keys(body).filter((name) => typeof body[name] === 'string')
  const name = names[at % Math.max(1, names.length)]
  return { text: JSON.stringify(name === undefined ? body : { ...body, [name]: text }) }
}

function twice(body: Record<string, unknown>, isEscaped: boolean): Spoilt {
  const [first] = Object.entries(body)
  if (!first) return { text: '{"a":1,"a":2}', refused: 'a name twice' }
  const [name, value] = first
  const written = isEscaped ? `\\u${name.charCodeAt(0).toString(16).padStart(4, '0')}${name.slice(1)}` : name
  return { text: before(`"${written}":${JSON.stringify(value) ?? null}`, body), refused: 'a name twice' }
}
