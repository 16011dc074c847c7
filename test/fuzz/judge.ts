import { CATALOGUE } from '#kernel/problem/catalogue.ts'
import { markOf, type Place } from '#test/access/marks.ts'
import type { Answer } from './line.ts'
import type { Request } from './writing.ts'

// Whether an answer is sound, whatever was asked.

/** 'busy': the machine gave the database no time, and the server said so; a few of these show nothing else. */
export type FaultKind = 'server' | 'schema' | 'checker' | 'busy'

export interface Fault {
  kind: FaultKind
  /** One sentence; the same one for the same fault. */
  what: string
}

const COURTS: Readonly<Record<string, readonly Place[]>> = {
  吉0193: ['own', 'above', 'foreign'],
  吉0104: ['own', 'above', 'foreign', 'below'],
  吉01: ['above', 'foreign'],
}

/** What is planted in other courts and may stand in no answer to somebody of this one. */
const FOREIGN: ReadonlyMap<string, RegExp> = new Map(
  Object.entries(COURTS).map(([court, places]) => {
    const marks = places.flatMap((place) => [markOf(place, 'thing'), markOf(place, 'private')])
    return [court, new RegExp(marks.join('|'))]
  }),
)

/** The first thing that is wrong with an answer; null where it is sound. */
export function judge(request: Request, answer: Answer): Fault | null {
  const { operation, asker } = request
  const what = (kind: FaultKind, said: string): Fault => ({ kind, what: `${operation.name}: ${said}` })
  if (answer.status >= 500) return what(isOverload(answer) ? 'busy' : 'server', `${answer.status} ${codeOf(answer)}`)
  if (FOREIGN.get(asker.court)?.test(answer.body)) return what('checker', 'tells of another court')
  if (answer.status >= 400) {
    const fault = refusalFault(request, answer)
    return fault === null ? null : what('schema', fault)
  }
  if (request.refused) return what('checker', `${request.refused} is accepted with ${answer.status}`)
  const check = operation.answers.get(answer.status)
  if (check === undefined) return what('schema', `${answer.status} is not declared`)
  if (check === null) return null
  if (answer.type !== 'application/json') return what('schema', `${answer.status} as ${answer.type}`)
  const body = parsed(answer.body)
  if (body === undefined) return what('schema', 'a success that is no JSON')
  if (answer.body.includes('\ufffd')) return what('checker', 'a character was cut in two')
  const fault = check(body)
  return fault === null ? null : what('schema', `${answer.status} ${fault.replace(/\[\d+\]/g, '[]')}`)
}

function refusalFault({ operation }: Request, answer: Answer): string | null {
  const { status, type } = answer
  if (type !== 'application/problem+json') return `${status} as ${type || 'nothing'}`
  const body = parsed(answer.body) as { code: string } | undefined
  const fault = operation.refusal(body)
  if (fault !== null) return `${status} ${fault}`
  const entry = (CATALOGUE as Record<string, { status: number }>)[body?.code ?? '']
  return entry?.status === status ? null : `${status} with ${body?.code}`
}

export function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

/** No connection or no answer in time. Acts that wait for each other are 'write.busy', and a fault of ours. */
const isOverload = (answer: Answer) =>
  answer.status === 503 && /\r\nretry-after: *\d/i.test(answer.head) && codeOf(answer) === 'database.unavailable'

const codeOf = ({ body }: Answer) => (parsed(body) as { code?: string } | undefined)?.code ?? body.slice(0, 80)
