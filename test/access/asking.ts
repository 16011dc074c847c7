import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { ROLE_NAMES } from '#kernel/authorisation/roles.ts'
import type { Client, Reply } from '#test/client.ts'
import type { TestServer } from '#test/harness.ts'
import { DECISIONS, type Decision } from './decisions.ts'
import { COURTS } from './marks.ts'
import type { Someone, Target } from './model.ts'
import { type Planted, plant } from './plant.ts'
import { plantMatters } from './plant-matters.ts'
import { plantSpecial } from './plant-special.ts'
import { plantTask } from './plant-teams.ts'
import { plantCase, plantOrder } from './plant-things.ts'
import { putPerson } from './put.ts'

// One court with somebody in every role and the same things planted in every direction; and how a route is asked there.

export const SOMEBODY: readonly Someone[] = [...ROLE_NAMES, 'nobody']

export interface World {
  server: TestServer
  at: Readonly<Record<Target, Planted>>
  people: ReadonlyMap<Someone, Client>
}

/** Plants the five courts and signs in twenty-one people of 吉01. */
export async function makeWorld(server: TestServer): Promise<World> {
  const own = await plant(server, 'own')
  const above = await plant(server, 'above')
  const here = { courtId: own.courtId, code: COURTS.own }
  const other = { ...own, teamId: own.otherTeamId }
  const others = { ...own, ...(await plantCase(server, 'own', other)), ...(await plantOrder(server, 'own', other)) }
  const at = {
    own,
    otherTeam: {
      ...others,
      ...(await plantTask(server, 'own', other)),
      ...(await plantSpecial(server, 'own', { ...others, teamId: own.otherTeamId })),
      ...(await plantMatters(server, 'own', { ...others, teamId: own.otherTeamId })),
    },
    below: await plant(server, 'below'),
    above,
    shared: { ...above, ...(await plantOrder(server, 'above', above, here)) },
    sister: await plant(server, 'sister'),
    foreign: await plant(server, 'foreign'),
    none: nowhere(own),
  }
  await tie(server, at)
  const people = new Map<Someone, Client>()
  for (const someone of SOMEBODY) {
    const username = `asks.${someone}`
    const role = someone === 'nobody' ? null : someone
    const teamId = someone.startsWith('team.') ? own.teamId : null
    await putPerson(server, { courtId: own.courtId, username, name: `某${someone}`, role, teamId })
    people.set(someone, await server.as(username))
  }
  return { server, at, people }
}

/** Ties things of one court to things of another: what may not be read may not shine through a link either. */
async function tie(server: TestServer, { own, otherTeam, below, shared }: World['at']): Promise<void> {
  const order = 'update matter_supervision_order set'
  const child = `${order} parent_court_id = $1, parent_id = $2, parent_kind = 'supervision-order' where id = $3`
  await server.sql(child, [shared.courtId, shared.orderId, own.orderId])
  await server.sql(child, [own.courtId, otherTeam.orderId, below.orderId])
  await server.sql(`${order} case_id = $1 where id = $2`, [own.caseId, shared.orderId])
  await server.sql(`${order} case_id = $1 where id = $2`, [below.caseId, otherTeam.orderId])
  await server.sql('update node_order set order_id = $1 where clock_id = $2', [shared.orderId, own.clockId])
}

/** Ids that nothing has. */
function nowhere(like: Planted): Planted {
  const ids = Object.entries(like).map(([name, value]) => [name, /Id$/.test(name) ? randomUUID() : value])
  return {
    ...(Object.fromEntries(ids) as Planted),
    caseNumber: '（2021）吉0299执7号',
    certificate: 'NOBODYHASTHIS',
    privateNoticeId: '999999999',
  }
}

function idOf(over: NonNullable<Decision['over']>, at: Planted, target: Target, someone: Someone): string {
  if (over === 'notice') return target === 'own' && someone !== 'nobody' ? at.noticeIds[someone] : at.privateNoticeId
  return {
    case: at.caseId,
    check: at.checkId,
    warning: at.warningId,
    order: at.orderId,
    import: at.importId,
    person: at.victimId,
    approval: at.approvalId,
    clock: '',
    view: at.viewId,
    job: at.jobId,
    document: at.documentId,
    template: at.templateId,
    deputy: at.deputyId,
    task: at.taskId,
    ground: at.groundId,
    service: at.serviceId,
    inquiry: at.inquiryId,
    clue: at.clueId,
    proposal: at.proposalId,
    application: at.applicationId,
    'special-party': at.specialPartyId,
    'special-report': at.specialReportId,
  }[over]
}

function attachmentOf(over: Decision['over'], at: Planted): string {
  const known: Partial<Record<NonNullable<Decision['over']>, string>> = {
    case: at.caseAttachmentId,
    task: at.taskAttachmentId,
    service: at.serviceAttachmentId,
    inquiry: at.inquiryAttachmentId,
    clue: at.clueAttachmentId,
    'special-party': at.specialAttachmentId,
    application: at.applicationAttachmentId,
  }
  return (over && known[over]) ?? at.orderAttachmentId
}

const REFUSED_FILE = { name: '程序.exe', content: Buffer.from('MZ') }
const EMPTY_FILE = { name: '空.xlsx', content: Buffer.alloc(0) }

/** Asks a route as somebody with the ids of what lies at the target. */
export async function ask(
  world: World,
  client: Client,
  key: string,
  target: Target,
  someone: Someone = 'nobody',
): Promise<Reply> {
  const decision = DECISIONS[key] as Decision
  const at = world.at[target]
  const [method = '', path = ''] = key.split(' ')
  const id = decision.over ? idOf(decision.over, at, target, someone) : ''
  const url = path
    .replace(':id', id)
    .replace(':form', 'execution-notice')
    .replace(':action', decision.over === 'case' ? 'executionNotice' : 'issueLetter')
    .replace(':attachmentId', attachmentOf(decision.over, at))
  if (key === 'GET /stream') return listen(world.server.address, client)
  if (decision.upload) return client.upload(url, decision.upload, path === '/imports' ? EMPTY_FILE : REFUSED_FILE)
  return client.send(method, `${url}${decision.query ?? ''}`, decision.body?.(at, id))
}

const LISTEN_MS = 400

/** What a stream sends from the first message on, in a moment; a refusal is read whole. */
async function listen(address: string, client: Client): Promise<Reply> {
  const stop = new AbortController()
  const headers = { 'last-event-id': '0', ...(client.cookie ? { cookie: client.cookie } : {}) }
  const response = await fetch(`${address}/api/stream`, { headers, signal: stop.signal })
  const timer = setTimeout(() => stop.abort(), LISTEN_MS)
  let text = ''
  try {
    for await (const chunk of response.body ?? []) text += Buffer.from(chunk).toString('utf8')
  } catch (error) {
    if (!stop.signal.aborted) throw error
  }
  clearTimeout(timer)
  return { status: response.status, body: null, text, headers: response.headers }
}

/** Whether a mark stands anywhere in an answer, headers included. */
export function isMarked(reply: Reply, mark: string): boolean {
  return `${reply.text}\n${JSON.stringify([...reply.headers])}`.toLowerCase().includes(mark)
}

export function assertUnmarked(reply: Reply, marks: readonly string[], what: string): void {
  for (const mark of marks) assert.ok(!isMarked(reply, mark), `${what} gives away ${mark}: ${reply.text.slice(0, 300)}`)
}

/** Everything of an answer but the time at which it was given. */
export function faceOf(reply: Reply): string {
  const headers = [...reply.headers].filter(([name]) => name !== 'date')
  return JSON.stringify([reply.status, reply.text, headers])
}

/** Does the work for each of `all`, eight at a time. */
export async function eightAtATime<T>(all: readonly T[], work: (one: T) => Promise<void>): Promise<void> {
  const waiting = [...all]
  const turn = async () => {
    for (let one = waiting.shift(); one !== undefined; one = waiting.shift()) await work(one)
  }
  await Promise.all(Array.from({ length: 8 }, turn))
}
