import { randomUUID } from 'node:crypto'
import { DEMONSTRATION_PASSWORD } from '#kernel/organisation/demonstration.ts'
import type { Write } from '#test/http/send-write.ts'
import type { Asker } from './asker.ts'
import { idParams, type Operation } from './document.ts'
import { COURT, FOREIGN_COURT, type Ground } from './ground.ts'
import { parsed } from './judge.ts'
import type { Answer } from './line.ts'
import { idIn, type Request } from './writing.ts'

// RESTler's checkers: what was ended can't be used, what is another's can't be seen, a child stands under its own
// parent only, a repeated request acts once. Each is a small story of requests that are asked one after the other.

/** Asks and judges; the answer of a request that breaks the line is undefined. */
export type Ask = (request: Request) => Promise<Answer | undefined>
/** Tells of a hit. */
export type Tell = (request: Request, what: string) => void

interface Story {
  ground: Ground
  ask: Ask
  tell: Tell
}

/** Counts that a checker has come to its question: one that never does finds nothing either. */
function count({ ground }: Story, name: string): void {
  ground.checked[name] = (ground.checked[name] ?? 0) + 1
}

const isDone = (answer: Answer | undefined) => answer !== undefined && answer.status < 300

/** The request of a write that is prepared to succeed. */
export function requestOfWrite(operation: Operation, write: Write, asker: Asker, key: string): Request {
  const { body, type } = write.upload
    ? formOf(write.upload)
    : { body: Buffer.from(JSON.stringify(write.body ?? {})), type: 'application/json' }
  return {
    operation,
    asker,
    method: operation.method,
    url: `/api${write.path}`,
    head: [
      ['Cookie', asker.cookie],
      ['Idempotency-Key', key],
      ['Content-Type', type],
    ],
    body,
    refused: null,
    key,
  }
}

function formOf({ fields, file }: NonNullable<Write['upload']>): { body: Buffer; type: string } {
  const boundary = 'x----------sound'
  const parts = Object.entries(fields).map(
    ([name, value]) => `--${boundary}\r\nContent-Disposition: form-data; name="${name}"\r\n\r\n${value}\r\n`,
  )
  const head = `--${boundary}\r\nContent-Disposition: form-data; name="file"; filename="${file.name}"\r\n\r\n`
  return {
    body: Buffer.concat([
      Buffer.from(`${parts.join('')}${head}`),
      file.content,
      Buffer.from(`\r\n--${boundary}--\r\n`),
    ]),
    type: `multipart/form-data; boundary=${boundary}`,
  }
}

export const readOf = (operation: Operation, asker: Asker, url: string): Request => ({
  operation,
  asker,
  method: 'GET',
  url,
  head: [['Cookie', asker.cookie]],
  body: null,
  refused: null,
  key: '',
})

/** A session of another court, with the same posts, gets the answer that it gets for what does not exist. */
export async function checkNamespace(story: Story, request: Request): Promise<void> {
  const { ground, ask, tell } = story
  const id = idIn(request.url)
  if (id === '') return
  const twins = ground.askers.filter(
    ({ court, roles }) => court === FOREIGN_COURT && roles.some((role) => request.asker.roles.includes(role)),
  )
  const others = ground.askers.filter(({ court }) => court === FOREIGN_COURT)
  const asker = twins[0] ?? others[0]
  if (!asker) return
  const as = (url: string): Request => ({
    ...request,
    asker,
    url,
    key: randomUUID(),
    head: request.head.map(([name, value]) =>
      name === 'Cookie' ? [name, asker.cookie] : name === 'Idempotency-Key' ? [name, randomUUID()] : [name, value],
    ),
  })
  const foreign = as(request.url)
  const seen = await ask(foreign)
  if (isDone(seen)) return tell(foreign, 'namespace: a session of another court is let in')
  const nothing = /^\d+$/.test(id) ? '999999999999' : randomUUID()
  const absent = await ask(as(request.url.replace(id, nothing)))
  count(story, 'namespace')
  if (seen && absent && (seen.status !== absent.status || seen.body !== absent.body))
    tell(foreign, 'namespace: what is another court’s differs from what is not there')
}

/** After a write that succeeded: the same key gives the same answer, and what it left behind can't be used again. */
export async function checkAfterwards(story: Story, request: Request, first: Answer, write: Write): Promise<void> {
  const { ask, tell } = story
  count(story, 'repeat')
  const again = await ask(request)
  // Who has changed his password is signed out everywhere.
  if (again && again.status !== 401) {
    if (again.status !== first.status) tell(request, `idempotency: the same key gives ${again.status}`)
    else if (withoutSecrets(request, again) !== withoutSecrets(request, first))
      tell(request, 'idempotency: another answer')
  }
  const fresh = {
    ...request,
    head: request.head.map(([name, value]): [string, string] => [
      name,
      name === 'Idempotency-Key' ? randomUUID() : value,
    ]),
  }
  const isSpent = write.body?.version !== undefined || request.method === 'DELETE'
  if (isSpent) {
    count(story, 'use after free')
    if (isDone(await ask(fresh))) tell(fresh, 'use after free: the same act twice')
  }
  const keyless = { ...request, head: request.head.filter(([name]) => name !== 'Idempotency-Key') }
  if (isDone(await ask(keyless))) tell(keyless, 'a write without a key')
}

const withoutSecrets = ({ operation }: Request, { body }: Answer): string =>
  JSON.stringify(parsed(body), (name, value: unknown) => (operation.notRepeated.includes(name) ? undefined : value))

/** A paper is found under its own thing only. */
export async function checkHierarchy(story: Story, pick: number): Promise<void> {
  const { ground, ask, tell } = story
  for (const operation of ground.operations.filter((one) => idParams(one).length > 1)) {
    const shelf = operation.path.split('/')[2] ?? ''
    const paper = ground.pool.pick(COURT, ['attachments'], pick)
    const parent = ground.pool.pick(COURT, [shelf], pick + 1).id
    const asker = ground.askers.find(({ username }) => username === 'linjing')
    if (!asker || paper.parent === '' || parent === paper.parent) continue
    const request = readOf(operation, asker, `/api/${shelf}/${parent}/attachments/${paper.id}`)
    count(story, 'hierarchy')
    if (isDone(await ask(request))) tell(request, 'hierarchy: a paper under another thing')
  }
}

/** A session that was ended opens nothing. */
export async function checkSignedOut(story: Story): Promise<void> {
  const { ground, ask, tell } = story
  const [begins, ends, me] = ['POST /session', 'DELETE /session', 'GET /me'].map((name) =>
    ground.operations.find((one) => one.name === name),
  )
  const someone = ground.askers.find(({ court }) => court === COURT)
  if (!begins || !ends || !me || !someone) return
  const credentials = { username: someone.username, password: DEMONSTRATION_PASSWORD }
  const entered = await ask({
    ...requestOfWrite(begins, { by: someone.username, path: '/session', body: credentials }, someone, ''),
    head: [['Content-Type', 'application/json']],
  })
  const cookie = /\r\nset-cookie: (sid=[^;]+)/i.exec(entered?.head ?? '')?.[1]
  if (cookie === undefined) return
  const asker = { ...someone, cookie }
  if (!isDone(await ask({ ...readOf(ends, asker, '/api/session'), method: 'DELETE' }))) return
  const after = readOf(me, asker, '/api/me')
  count(story, 'ended session')
  if (isDone(await ask(after))) tell(after, 'use after free: a session that was ended')
}
