import fc from 'fast-check'
import { FILE_CONTENTS, FILE_NAMES } from './corpus.ts'
import type { Operation } from './document.ts'
import { fittingObject, hostile, hostileText } from './fitting.ts'
import { SPOILING } from './spoiling.ts'

// What is to be asked, as far as it can be said before anything is known: fast-check makes it from a seed, makes it
// smaller where it showed a fault, and makes it again from the same seed.

export type Way = 'fitting' | 'spoilt' | 'hostile'
export type Key = 'fresh' | 'none' | 'short' | 'long' | 'odd' | 'again'
export type Cookie = 'own' | 'none' | 'garbage' | 'other court' | 'twice'

export interface Plan {
  operation: Operation
  way: Way
  who: number
  /** Which of what is known stands in the path. */
  picks: readonly [number, number]
  query: Record<string, unknown>
  body: Record<string, unknown>
  /** How it is spoilt, at which of its fields, with what. */
  spoil: { how: number; at: number; value: unknown; text: string }
  file: { name: string; content: string; isEscaped: boolean }
  key: Key
  cookie: Cookie
  /** Which head field that nobody asked for goes along; the first is none. */
  head: number
}

/** What costs the server much is asked seldom: one in so many. */
const SELDOM: Readonly<Record<string, number>> = {
  'GET /audit/verification': 400,
  'POST /session': 20,
  'PUT /me/password': 10,
  'POST /me/proof': 10,
  'POST /people/:id/reset-password': 6,
  'POST /people': 4,
  'DELETE /session': 4,
  'GET /stream': 4,
  'GET /case-export': 6,
  'GET /supervision-orders/export': 6,
  'GET /special-parties/export': 6,
  'GET /special-reports/export': 6,
  'GET /backlog/export': 6,
  'GET /bulk-jobs/:id/export': 3,
  'GET /imports/:id/changes/export': 3,
  'POST /document-templates': 3,
  'GET /kinds': 8,
  'GET /courts': 4,
  'GET /teams': 3,
  'POST /imports': 3,
}
const WEIGHT = 400

const way = fc.oneof(
  { weight: 35, arbitrary: fc.constant<Way>('fitting') },
  { weight: 40, arbitrary: fc.constant<Way>('spoilt') },
  { weight: 25, arbitrary: fc.constant<Way>('hostile') },
)
const key = fc.oneof(
  { weight: 88, arbitrary: fc.constant<Key>('fresh') },
  { weight: 12, arbitrary: fc.constantFrom<Key>('none', 'short', 'long', 'odd', 'again') },
)
const cookie = fc.oneof(
  { weight: 96, arbitrary: fc.constant<Cookie>('own') },
  { weight: 4, arbitrary: fc.constantFrom<Cookie>('none', 'garbage', 'other court', 'twice') },
)
/** Whoever leaves by his own session asks nothing more. */
const STRANGE: fc.Arbitrary<Cookie> = fc.constantFrom<Cookie>('none', 'garbage', 'other court')
const head = fc.oneof({ weight: 9, arbitrary: fc.constant(0) }, { weight: 1, arbitrary: fc.nat(100) })
const spoil = fc.record({ how: fc.nat(SPOILING - 1), at: fc.nat(50), value: hostile, text: hostileText })
const file = fc.record({
  name: fc.oneof(
    { weight: 2, arbitrary: fc.constant('材料.pdf') },
    { weight: 3, arbitrary: fc.constantFrom(...FILE_NAMES) },
  ),
  content: fc.constantFrom(...FILE_CONTENTS),
  isEscaped: fc.boolean(),
})

/** Plans over all operations of a document. */
export function plansOver(operations: readonly Operation[]): fc.Arbitrary<Plan> {
  return fc.oneof(
    ...operations.map((operation) => ({
      weight: Math.ceil(WEIGHT / (SELDOM[operation.name] ?? 1)),
      arbitrary: planOf(operation),
    })),
  )
}

function planOf(operation: Operation): fc.Arbitrary<Plan> {
  return fc.record({
    operation: fc.constant(operation),
    way,
    who: fc.nat(1_000),
    picks: fc.tuple(fc.nat(200), fc.nat(200)),
    query: operation.query ? fittingObject(operation.query) : fc.constant({}),
    body: operation.body ? fittingObject(operation.body) : fc.constant({}),
    spoil,
    file,
    key,
    cookie: operation.name === 'DELETE /session' ? STRANGE : cookie,
    head,
  })
}
