import fc from 'fast-check'
import { HOSTILE_TEXTS, HOSTILE_VALUES } from './corpus.ts'
import type { Schema } from './schema-check.ts'

// Values for a JSON schema of the document: such as fit it, as far as it says. An id is a reference until the request
// is written, because only then is it known what there is.

/** Stands for the id of something that answers have named. */
export class Ref {
  readonly sort: Sort
  readonly pick: number
  constructor(sort: Sort, pick: number) {
    this.sort = sort
    this.pick = pick
  }
}

export type Sort = 'person' | 'team' | 'clock' | 'post' | 'version' | 'cursor' | 'any'

const SORTS: readonly (readonly [RegExp, Sort])[] = [
  [/person|judge|handler|holder/i, 'person'],
  [/team/i, 'team'],
  [/clock/i, 'clock'],
  [/post/i, 'post'],
]
const DATED = /(On|From|To)$|^(on|from|to)$/
const COURT = /court|scope/i
const DAYS = ['2021-09-01', '2021-09-02', '2021-09-15', '2021-09-29', '2021-11-30', '2022-01-04', '2020-06-01']
const COURTS = ['吉0193', '吉01', '吉02', 'own', 'subtree']
const WORDS = ['执行', '请办理', '某', '某甲公司', '100', '普执团队', '（2021）吉0193执1号', '220104199001011234']

const words = fc.oneof(
  { weight: 6, arbitrary: fc.constantFrom(...WORDS) },
  { weight: 3, arbitrary: fc.string({ unit: 'grapheme', maxLength: 40 }).filter((text) => !text.includes('\ufffd')) },
  { weight: 2, arbitrary: fc.constantFrom(...HOSTILE_TEXTS) },
)
export const hostile = fc.constantFrom(...HOSTILE_VALUES)
export const hostileText = fc.constantFrom(...HOSTILE_TEXTS)

const ref = (sort: Sort) => fc.nat(1_000).map((pick) => new Ref(sort, pick))

/** Values that fit a schema; `name` is that of the property, which says what a plain text means. */
export function fitting(schema: Schema, name = ''): fc.Arbitrary<unknown> {
  if (schema.const !== undefined) return fc.constant(schema.const)
  if (Array.isArray(schema.enum)) return fc.constantFrom(...(schema.enum as unknown[]))
  const choices = (schema.anyOf ?? schema.oneOf) as Schema[] | undefined
  if (choices) return fc.oneof(...choices.map((one) => fitting(one, name)))
  switch (schema.type) {
    case 'string':
      return fittingText(schema, name)
    case 'integer':
    case 'number':
      if (name === 'version') return ref('version')
      return fc.oneof(
        fc.constantFrom(...[schema.minimum, schema.maximum].filter(isNear), 1),
        fc.integer({ min: 0, max: 5 }),
        fc.integer(),
      )
    case 'boolean':
      return fc.boolean()
    case 'array':
      return fc.array(fitting((schema.items ?? {}) as Schema, name), { minLength: schema.minItems ?? 0, maxLength: 3 })
    case 'object':
      return fittingObject(schema)
    case 'null':
      return fc.constant(null)
    default:
      return fc.oneof(words, fc.integer(), fc.constant(null))
  }
}

const isNear = (bound: unknown): bound is number => typeof bound === 'number' && Math.abs(bound) < 1_000_000

function fittingText(schema: Schema, name: string): fc.Arbitrary<unknown> {
  if (schema.format === 'uuid') {
    const sort = SORTS.find(([form]) => form.test(name))?.[1] ?? 'any'
    return fc.oneof(
      { weight: 12, arbitrary: ref(sort) },
      { weight: 1, arbitrary: ref('any') },
      { weight: 1, arbitrary: fc.uuid() },
    )
  }
  if (name === 'after') return ref('cursor')
  if (DATED.test(name)) return fc.constantFrom(...DAYS)
  if (COURT.test(name)) return fc.constantFrom(...COURTS)
  if (typeof schema.pattern === 'string') return fc.stringMatching(new RegExp(schema.pattern))
  const most = schema.maxLength as number | undefined
  if (most === undefined || most > 5_000) return words
  const boundary = fc.constantFrom('案'.repeat(most), '𠮷'.repeat(most), 'a'.repeat(most + 1))
  return fc.oneof({ weight: 9, arbitrary: words }, { weight: 1, arbitrary: boundary })
}

/** An object with every required property and some of the others. */
export function fittingObject(schema: Schema): fc.Arbitrary<Record<string, unknown>> {
  const properties = (schema.properties ?? {}) as Record<string, Schema>
  const required = ((schema.required ?? []) as string[]).filter((name) => name in properties)
  const others = Object.keys(properties).filter((name) => !required.includes(name))
  const all = Object.fromEntries(Object.entries(properties).map(([name, one]) => [name, fitting(one, name)]))
  // Of many filters at once one is nearly always wrong: mostly one or two.
  const some = fc.subarray(others, { maxLength: Math.min(2, others.length) })
  return fc
    .tuple(fc.record(all), some)
    .map(([values, chosen]) =>
      Object.fromEntries(Object.entries(values).filter(([name]) => required.includes(name) || chosen.includes(name))),
    )
}
