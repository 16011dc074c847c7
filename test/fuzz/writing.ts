import { randomUUID } from 'node:crypto'
import type { Write } from '#test/http/send-write.ts'
import type { Asker } from './asker.ts'
import { addressOf, idParams, type Operation } from './document.ts'
import { Ref } from './fitting.ts'
import type { Plan } from './plan.ts'
import type { Pool } from './pool.ts'
import { spoilBody } from './spoiling.ts'

// From a plan and from what is known by now to the bytes of a request.

export interface Request {
  operation: Operation
  asker: Asker
  method: string
  /** Path and query below the host. */
  url: string
  head: readonly (readonly [string, string])[]
  body: Buffer | null
  /** Why nothing but a refusal is right; null where either may be. */
  refused: string | null
  key: string
}

export interface Known {
  pool: Pool
  /** For a write route the request that would succeed now. */
  bases: ReadonlyMap<string, Write>
  /** Whether somebody of this name is among the askers. */
  asks: (username: string) => boolean
  askerFor: (plan: Plan, base: Write | null) => Asker
  lastKey: string
}

const HEADS: readonly (readonly [string, string])[] = [
  ['X-Forwarded-For', '10.0.0.1, 127.0.0.1'],
  ['X-HTTP-Method-Override', 'DELETE'],
  ['X-Forwarded-Proto', 'https'],
  ['X-Original-URL', '/api/audit'],
  ['Accept', 'application/xml;q=0.1, */*;q=0'],
  ['Accept-Language', "zh' or 1=1"],
  ['Range', 'bytes=0-1'],
  ['If-None-Match', '*'],
  ['If-Modified-Since', 'x'],
  ['Last-Event-ID', "1' or 1=1 --"],
  ['Last-Event-ID', '999999999999999999'],
  ['Content-Encoding', 'gzip'],
  ['Authorization', 'Bearer ../../x'],
  ['Origin', 'null'],
  ['X-Long', 'x'.repeat(9_000)],
  ['X-Long', 'x'.repeat(20_000)],
  ['X-Bytes', '\u00ff\u00fe'],
  ['X-Control', 'a\u0000b'],
  ['Transfer-Encoding', 'chunked'],
  ['Bad Name', 'x'],
  ['User-Agent', '=cmd|x\t<script>'],
]
const OUTSIDE = /session$|demonstration$/
/** Longer ones end at the limit of a head, before any route. */
const PART_MOST = 600

export function requestOf(plan: Plan, known: Known): Request {
  const { operation, way, key } = plan
  const found =
    operation.isWrite && way === 'spoilt' && plan.who % 5 !== 0 ? known.bases.get(operation.name) : undefined
  // A request of somebody who came for it alone would end another's session.
  const base = found && known.asks(found.by) ? found : null
  const asker = known.askerFor(plan, base)
  const { path, ids } = pathOf(plan, asker.court, known.pool, base)
  const query = queryOf(plan, asker.court, known.pool)
  const written = operation.isWrite ? bodyOf(plan, base, asker.court, known.pool, ids[0] ?? '') : NOTHING
  const cookie = cookieOf(plan, asker)
  const sentKey = operation.isWrite ? keyOf(plan, known.lastKey) : ''
  const isKeyed = operation.isWrite && !OUTSIDE.test(operation.name)
  const keyRefused = isKeyed && (key === 'none' || key === 'short' || key === 'long') ? `a key that is ${key}` : null
  const extra = plan.head === 0 ? [] : [HEADS[plan.head % HEADS.length] as (typeof HEADS)[0]]
  return {
    operation,
    asker,
    method: operation.method,
    url: `${path}${query.text}`,
    head: [
      ...cookie.head,
      ...(sentKey === '' ? [] : [['Idempotency-Key', sentKey] as const]),
      ...(written.type === '' ? [] : [['Content-Type', written.type] as const]),
      ...extra,
    ],
    body: written.body,
    refused: written.refused ?? query.refused ?? cookie.refused ?? keyRefused,
    key: sentKey,
  }
}

interface Written {
  body: Buffer | null
  type: string
  refused: string | null
}
const NOTHING: Written = { body: null, type: '', refused: null }

function pathOf(plan: Plan, court: string, pool: Pool, base: Write | null): { path: string; ids: string[] } {
  if (base) return { path: `/api${base.path}`, ids: [idIn(base.path)] }
  const { operation, way, picks, spoil } = plan
  const isWild = way === 'hostile' && picks[1] % 3 !== 0
  const shelf = shelfOf(operation)
  const paper = idParams(operation).length > 1 ? pool.pick(court, ['attachments'], picks[0]) : null
  const ids = operation.params.map(({ choices }, place) => {
    if (isWild && picks[1] % 3 === 1) return pool.pickAny(picks[0] + place).id
    if (isWild) return textOf(spoil.text).slice(0, PART_MOST).toWellFormed()
    if (choices) return choices[picks[1] % choices.length] as string
    if (paper) return place === 0 ? paper.parent : paper.id
    return pool.pick(court, [shelf], picks[0]).id
  })
  return { path: addressOf(operation, ids), ids }
}

/** '/api/cases/{id}/extend' → 'cases' */
export const shelfOf = ({ path }: Operation) => path.split('/')[2] ?? ''
export const idIn = (path: string) => (/[0-9a-f]{8}-[0-9a-f-]{27}|(?<=notices\/)\d+/.exec(path) ?? [''])[0]

function queryOf(plan: Plan, court: string, pool: Pool): { text: string; refused: string | null } {
  const { operation, way, spoil } = plan
  if (!operation.query && way === 'fitting') return { text: '', refused: null }
  const shelf = shelfOf(operation)
  const pairs = Object.entries(plan.query).flatMap(([name, value]): [string, string][] => {
    const known = inPlace(value, court, pool, '', shelf)
    return known === undefined ? [] : [[name, textOf(known)]]
  })
  let refused: string | null = null
  if (way !== 'fitting' && !operation.isWrite && spoil.how % 2 === 0) {
    const at = spoil.at % (pairs.length + 2)
    if (at < pairs.length) (pairs[at] as [string, string])[1] = textOf(spoil.value)
    else if (at === pairs.length) {
      pairs.push(['nobody', textOf(spoil.value)])
      refused = OUTSIDE.test(operation.name) ? null : 'an unknown name in the query'
    } else if (pairs[0]) pairs.push(pairs[0])
  }
  const text = new URLSearchParams(
    pairs.map(([name, value]) => [name, value.slice(0, PART_MOST).toWellFormed()]),
  ).toString()
  return { text: text === '' ? '' : `?${text}`, refused }
}

/** Half a character can't be sent as it is; what stands for it would be taken for one that the server broke. */
const textOf = (value: unknown) =>
  (typeof value === 'string' ? value : (JSON.stringify(value) ?? '')).toWellFormed().replaceAll('\ufffd', '')

/** References replaced by what they mean here and now. */
function inPlace(value: unknown, court: string, pool: Pool, id: string, shelf: string): unknown {
  if (value instanceof Ref) {
    if (value.sort === 'version') return value.pick % 10 === 0 ? value.pick : pool.versionOf(id)
    if (value.sort === 'cursor') return pool.cursorOf(shelf)
    return pool.pickSort(court, value.sort, value.pick)
  }
  if (Array.isArray(value)) return value.map((one) => inPlace(one, court, pool, id, shelf))
  if (value === null || typeof value !== 'object') return value
  return Object.fromEntries(Object.entries(value).map(([name, one]) => [name, inPlace(one, court, pool, id, shelf)]))
}

function bodyOf(plan: Plan, base: Write | null, court: string, pool: Pool, id: string): Written {
  const { operation, way, spoil } = plan
  const fitted = () => inPlace(plan.body, court, pool, id, shelfOf(operation)) as Record<string, unknown>
  if (operation.isUpload) return multipart(plan, base?.upload?.fields ?? fitted())
  const body = base?.body ?? fitted()
  if (way === 'fitting') return { body: Buffer.from(JSON.stringify(body)), type: 'application/json', refused: null }
  const spoilt = spoilBody(spoil.how, { operation, body, at: spoil.at, value: spoil.value, text: spoil.text })
  const isJudged = !OUTSIDE.test(operation.name)
  return {
    body: Buffer.from(spoilt.text),
    type: spoilt.type ?? 'application/json; charset=utf-8',
    refused: isJudged ? spoilt.refused : null,
  }
}

function multipart({ way, spoil, file }: Plan, fields: Record<string, unknown>): Written {
  const boundary = `x${'-'.repeat(8)}${spoil.at}`
  const isSound = way === 'fitting'
  const part = (disposition: string, content: string) =>
    `--${boundary}\r\nContent-Disposition: form-data; ${disposition}\r\n\r\n${content}\r\n`
  const name = isSound ? '材料.pdf' : file.isEscaped ? file.name.replace(/["\r\n]/g, encodeURIComponent) : file.name
  const content = isSound ? '%PDF-1.4\n%%EOF\n' : file.content
  const parts = Object.entries(fields)
    .slice(0, 12)
    .map(([field, value]) => part(`name="${field}"`, textOf(value)))
  const filePart = part(`name="file"; filename="${name}"\r\nContent-Type: application/pdf`, content)
  const how = isSound ? 0 : spoil.how % 12
  const all = [
    [...parts, filePart],
    [filePart, ...parts],
    parts,
    [...parts, filePart, filePart],
    [...parts, ...parts, filePart],
    [...parts, part('name="nobody"', textOf(spoil.value)), filePart],
    [...parts, part(`name="${textOf(spoil.text)}"`, 'x'), filePart],
    [...parts, part('name="document"', textOf(spoil.text)), filePart],
    [...parts, filePart],
    [...parts, part('x="1"', 'x'), filePart],
    [...parts, filePart],
    [...parts, filePart],
  ][how] as string[]
  const end = how === 8 ? '' : `--${boundary}--\r\n`
  const refused = how === 2 ? 'no file' : how === 3 ? 'two files' : how === 5 ? 'an unknown field' : null
  const told = how === 8 && spoil.at % 2 === 0 ? 'other' : how === 10 ? '' : how === 11 ? 'b'.repeat(300) : boundary
  return { body: Buffer.from(`${all.join('')}${end}`), type: `multipart/form-data; boundary=${told}`, refused }
}

function cookieOf({ cookie, operation, picks }: Plan, asker: Asker) {
  const refused = OUTSIDE.test(operation.name) ? null : 'no session'
  const head = (text: string) => [['Cookie', text] as const]
  if (cookie === 'none') return { head: [], refused }
  if (cookie === 'garbage') return { head: head(`sid=${asker.cookie.slice(5 + (picks[0] % 20))}`), refused }
  if (cookie === 'other court')
    return { head: head(asker.cookie.replace(/\d+/, String(220_000 + picks[0]))), refused: null }
  if (cookie === 'twice') return { head: head(`sid=x; ${asker.cookie}; sid=y`), refused: null }
  return { head: head(asker.cookie), refused: null }
}

function keyOf({ key }: Plan, lastKey: string): string {
  if (key === 'none') return ''
  if (key === 'short') return '1234567'
  if (key === 'long') return 'k'.repeat(201)
  if (key === 'odd') return `k'";--\u00e9\u00ff${randomUUID()}`
  return key === 'again' && lastKey !== '' ? lastKey : randomUUID()
}

/** The bytes on the line. */
export function bytesOf({ method, url, head, body }: Request): Buffer {
  const lines = head.map(([name, value]) => `${name}: ${value}\r\n`).join('')
  const length = body ? `Content-Length: ${body.length}\r\n` : ''
  const text = `${method} ${url} HTTP/1.1\r\nHost: 127.0.0.1\r\n${lines}${length}\r\n`
  return body ? Buffer.concat([Buffer.from(text, 'latin1'), body]) : Buffer.from(text, 'latin1')
}

/** The same request by hand. */
export function curlOf({ method, url, head, body }: Request, port: number): string {
  const quoted = (text: string) => `'${text.replaceAll("'", `'\\''`)}'`
  const heads = head.map(([name, value]) => `-H ${quoted(`${name}: ${value}`)}`).join(' ')
  const text = body?.toString('utf8') ?? ''
  const data = body ? ` --data-binary $'${escaped(text.slice(0, 4_000))}'` : ''
  return `curl -sS -X ${method} ${quoted(`http://127.0.0.1:${port}${url}`)} ${heads}${data}`
}

/** As $'…' of a shell reads it. */
const escaped = (text: string) =>
  text
    .replaceAll('\\', '\\\\')
    .replaceAll("'", "\\'")
    .replaceAll('\r', '\\r')
    .replaceAll('\n', '\\n')
    .replace(/[\p{Cc}\p{Cf}]/gu, (one) => `\\u${(one.codePointAt(0) ?? 0).toString(16).padStart(4, '0')}`)
