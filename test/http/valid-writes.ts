import { randomUUID } from 'node:crypto'
import { isWrite } from '#kernel/http/route.ts'
import { DEMONSTRATION_PASSWORD } from '#kernel/organisation/demonstration.ts'
import { plantCase } from '#test/access/plant-things.ts'
import { courtIdOf, put, putPerson } from '#test/access/put.ts'
import type { TestServer } from '#test/harness.ts'
import { codeNow, enrol } from '#test/second-factor.ts'
import { holderOf, PDF } from '#test/suite/cast.ts'
import { ASSIGNMENT_WRITES } from './assignment-writes.ts'
import { DEPUTY_WRITES } from './deputy-writes.ts'
import { DOCUMENT_WRITES } from './document-writes.ts'
import { BROKEN, holdJobs, onRun } from './filed-imports.ts'
import { FILING_WRITES } from './filing-writes.ts'
import { MATTER_WRITES } from './matter-writes.ts'
import { RELATED_WRITES } from './related-writes.ts'
import { send, type Write } from './send-write.ts'
import { SPECIAL_WRITES } from './special-writes.ts'

// For each write route one request that succeeds, with everything it needs made before it: what the tests of
// idempotency and of the audit send. A new write route needs a line here.

export const COURT = '吉0193'

type Prepare = (server: TestServer, serial: number) => Promise<Write>

const CLERK = 'linjing'
const JUDGE = 'sunhaitao'

async function newCase(server: TestServer): Promise<{ id: string; version: number }> {
  const { personId } = await memberNamed(server, JUDGE)
  const clerk = await server.as(CLERK)
  return clerk.do('/cases', { ...CASE, judgeId: personId })
}

const CASE = {
  kind: '首次执行',
  filedOn: '2021-09-01',
  amountFen: '100',
  creditors: [{ name: '某甲公司' }],
  debtors: [{ name: '某乙', certificates: ['220104199001011234'] }],
}

/** The warning of a new case that it has no basis of enforcement. */
async function newWarning(server: TestServer): Promise<string> {
  const { id } = await newCase(server)
  const [one] = await server.sql<{ id: string }>(`select id from case_warning where case_id = $1 and rule = 'basis'`, [
    id,
  ])
  if (!one) throw new Error('the case without a basis has no warning')
  return one.id
}

async function memberNamed(server: TestServer, username: string): Promise<{ personId: string }> {
  const [one] = await server.sql<{ personId: string }>(
    'select person_id as "personId" from account where username = $1',
    [username],
  )
  if (!one) throw new Error(`no ${username}`)
  return one
}

async function newOrder(
  server: TestServer,
  state: 'issued' | 'handling' | 'answered',
): Promise<{ id: string; version: number }> {
  const { personId } = await memberNamed(server, JUDGE)
  const [clerk, judge] = [await server.as(CLERK), await server.as(JUDGE)]
  const fields = { source: '本院督办', target: '承办人', handler: personId, requirement: '请办理' }
  let order = await clerk.do('/supervision-orders', fields)
  const path = `/supervision-orders/${order.id}`
  if (state !== 'issued') order = await judge.do(`${path}/receive`, { version: order.version })
  if (state === 'answered') {
    await judge.upload(`${path}/attachments`, { document: 'proof' }, PDF)
    order = await judge.do(`${path}/answer`, { version: order.version + 1, reply: '已办理' })
  }
  return order
}

/** An act on a new case in hand. */
const onCase =
  (by: string, action: string, answers: Record<string, unknown>, before?: Prepare): Prepare =>
  async (server, serial) => {
    const { id, version } = await newCase(server)
    const write = { by, path: `/cases/${id}/${action}`, body: { version, ...answers } }
    if (!before) return write
    await send(
      server,
      'POST',
      { ...(await before(server, serial)), path: `/cases/${id}/suspend`, body: { version, ...SUSPENSION } },
      randomUUID(),
    )
    return { ...write, body: { ...write.body, version: version + 1 } }
  }
const RECORD_NODE = {
  list: 'cases',
  action: 'recordNode',
  answers: { node: '执行通知书发出', on: '2021-09-02' },
  filter: {},
}
const SUSPENSION = { on: '2021-09-10', ground: '和解' }

const onOrder =
  (
    by: string,
    action: string,
    state: 'issued' | 'handling' | 'answered',
    answers: Record<string, unknown> = {},
  ): Prepare =>
  async (server) => {
    const { id, version } = await newOrder(server, state)
    if (action === 'answer')
      await (await server.as(by)).upload(`/supervision-orders/${id}/attachments`, { document: 'proof' }, PDF)
    return {
      by,
      path: `/supervision-orders/${id}/${action}`,
      body: { version: version + (action === 'answer' ? 1 : 0), ...answers },
    }
  }

/** A message to every clerk of the centre. */
async function newNotice(server: TestServer): Promise<string> {
  const words = { at: '2021-09-30T08:00:00+08:00', to_role: 'centre.clerk', title: '通知', body: '通知' }
  const courtId = await courtIdOf(server, COURT)
  await put(server, 'outbox', { court_id: courtId, ...words })
  const [last] = await server.sql<{ id: string }>('select max(id)::text as id from outbox where court_id = $1', [
    courtId,
  ])
  return last?.id ?? ''
}

/** The judge to whom an act names its answer. */
const withJudge =
  (prepare: Prepare, field: string): Prepare =>
  async (server, serial) => {
    const write = await prepare(server, serial)
    const { personId } = await holderOf(server, COURT, 'team.judge')
    return { ...write, body: { ...write.body, [field]: personId } }
  }

const onPerson =
  (by: string, action: string, body: Record<string, unknown> = {}): Prepare =>
  async (server, serial) => {
    const courtId = await courtIdOf(server, COURT)
    const one = { courtId, username: `someone.${action}.${serial}`, name: '某', role: 'finance' } as const
    const { personId, postId } = await putPerson(server, one)
    return { by, path: `/people/${personId}/${action}`, body: action === 'end-post' ? { ...body, postId } : body }
  }

const decision =
  (name: 'approve' | 'reject', body: Record<string, unknown>): Prepare =>
  async (server) => {
    const { id, version } = await newOrder(server, 'issued')
    const clerk = await server.as(CLERK)
    const proposed = await clerk.do(`/supervision-orders/${id}/revoke`, { version, reason: '重复督办' })
    return {
      by: 'luoxiaoming',
      path: `/approvals/${proposed.approval.id}/${name}`,
      body: { version: proposed.version, ...body },
    }
  }

export function writeRoutes(server: TestServer): string[] {
  return server.app.routes.filter(isWrite).map(({ method, path }) => `${method} ${path}`)
}

export const VALID_WRITES: Readonly<Record<string, Prepare>> = {
  ...DOCUMENT_WRITES,
  ...DEPUTY_WRITES,
  ...ASSIGNMENT_WRITES,
  ...MATTER_WRITES,
  ...RELATED_WRITES,
  ...SPECIAL_WRITES,
  ...FILING_WRITES,
  'PUT /me/password': async (server, serial) => {
    const username = `someone.password.${serial}`
    await putPerson(server, { courtId: await courtIdOf(server, COURT), username, name: '某', role: 'finance' })
    const body = { currentPassword: DEMONSTRATION_PASSWORD, newPassword: 'gaiguole-2021-zhixing' }
    return { by: username, path: '/me/password', body }
  },
  'POST /me/proof': async () => ({ by: CLERK, path: '/me/proof', body: { password: DEMONSTRATION_PASSWORD } }),
  'POST /me/second-factor': async () => ({ by: 'fangmingyu', path: '/me/second-factor', body: {} }),
  'POST /me/second-factor/confirm': async (server, serial) => {
    // Of nobody else, for a code is not good for long.
    const username = `someone.confirm.${serial}`
    await putPerson(server, { courtId: await courtIdOf(server, COURT), username, name: '某', role: 'finance' })
    const { secret } = await (await server.as(username)).do('/me/second-factor')
    return { by: username, path: '/me/second-factor/confirm', body: { code: codeNow(server, secret) } }
  },
  'PUT /saved-views': async () => ({
    by: CLERK,
    path: '/saved-views',
    body: { list: 'cases', name: '我的', query: { state: 'handling' }, columns: [] },
  }),
  'DELETE /saved-views/:id': async (server) => {
    const clerk = await server.as(CLERK)
    const { items } = (await clerk.put('/saved-views', { list: 'cases', name: '另存', query: {} })).body
    return { by: CLERK, path: `/saved-views/${items.find((one: { name: string }) => one.name === '另存').id}` }
  },
  'PUT /list-columns': async (_, serial) => ({
    by: CLERK,
    path: '/list-columns',
    body: { list: 'cases', columns: serial % 2 === 0 ? ['caseNumber'] : ['caseNumber', 'remark'] },
  }),
  'POST /bulk-jobs': async (server) => {
    const { id } = await newCase(server)
    return { by: CLERK, path: '/bulk-jobs', body: { ...RECORD_NODE, ids: [id], count: 1 } }
  },
  'POST /bulk-jobs/:id/cancel': async (server) => {
    const { id } = await newCase(server)
    const release = await holdJobs(server, ['bulk'])
    const job = await (await server.as(CLERK)).do('/bulk-jobs', { ...RECORD_NODE, ids: [id], count: 1 })
    const letGo = async () => {
      // Where nothing cancelled it, it must not begin in the middle of what is tried next.
      await server.sql(`update bulk_job set state = 'cancelled' where id = $1`, [job.id])
      await release()
    }
    return { by: CLERK, path: `/bulk-jobs/${job.id}/cancel`, body: {}, release: letGo }
  },
  'PUT /calendar/days': async (_, serial) => ({
    by: 'anquan',
    path: '/calendar/days',
    body: { on: `2021-11-${10 + (serial % 3)}`, kind: 'off', name: `试${serial}`, reason: '通知' },
  }),
  'POST /calendar/years': async (_, serial) => ({
    by: 'anquan',
    path: '/calendar/years',
    body: { year: 2100 + (serial % 100), notice: '通知', days: [] },
  }),
  'POST /people': async (_, serial) => ({
    by: 'xitong',
    path: '/people',
    body: { name: '某', username: `new.person.${serial}` },
  }),
  'POST /people/:id/stop': onPerson('xitong', 'stop', { reason: '离任' }),
  'POST /people/:id/start': onPerson('xitong', 'start'),
  'POST /people/:id/reset-password': onPerson('xitong', 'reset-password'),
  'POST /people/:id/reset-second-factor': async (server, serial) => {
    const write = await onPerson('anquan', 'reset-second-factor', { reason: '更换手机' })(server, serial)
    const username = `someone.reset-second-factor.${serial}`
    await enrol(server, await server.as(username))
    return write
  },
  'POST /people/:id/posts': onPerson('anquan', 'posts', { role: 'trial', fromOn: '2021-10-08' }),
  'POST /people/:id/end-post': onPerson('anquan', 'end-post', { toOn: '2021-10-08' }),
  'POST /teams': async (_, serial) => ({
    by: 'xitong',
    path: '/teams',
    body: { name: `新设团队${serial}`, kind: 'ordinary' },
  }),
  'POST /notices/:id/receipt': async (server) => {
    return { by: CLERK, path: `/notices/${await newNotice(server)}/receipt`, body: {} }
  },
  'POST /notices/receipts': async (server) => {
    const ids = [await newNotice(server), await newNotice(server)]
    return { by: CLERK, path: '/notices/receipts', body: { ids } }
  },
  'POST /approvals/:id/approve': decision('approve', {}),
  'POST /approvals/:id/reject': decision('reject', { reason: '理由不足' }),
  'POST /cases': async () => ({ by: 'fangmingyu', path: '/cases', body: CASE }),
  'POST /case-search': async () => ({ by: CLERK, path: '/case-search', body: { certificate: '220104199001011234' } }),
  'POST /cases/:id/attachments': async (server) => ({
    by: CLERK,
    path: `/cases/${(await newCase(server)).id}/attachments`,
    upload: { fields: { document: 'paper' }, file: PDF },
  }),
  'POST /cases/:id/parties': onCase('fangmingyu', 'parties', {
    reason: '更名',
    parties: [{ was: null, side: 'debtor', name: '某丙', certificates: [] }],
  }),
  'POST /cases/:id/unmask': async (server) => ({
    by: CLERK,
    path: `/cases/${(await newCase(server)).id}/unmask`,
    body: { party: 2, purpose: '核对身份' },
  }),
  'POST /cases/:id/recordNode': onCase(JUDGE, 'recordNode', { node: '执行通知书发出', on: '2021-09-02' }),
  'POST /cases/:id/correctDate': onCase(JUDGE, 'correctDate', { fact: '立案', on: '2021-09-03', reason: '笔误' }),
  'POST /cases/:id/suspend': onCase(JUDGE, 'suspend', SUSPENSION),
  'POST /cases/:id/resume': onCase(JUDGE, 'resume', { on: '2021-09-20' }, async () => ({ by: JUDGE, path: '' })),
  'POST /cases/:id/extend': onCase(JUDGE, 'extend', { months: 1, reason: '案情复杂' }),
  'POST /cases/:id/change': onCase('fangmingyu', 'change', { cause: '借款合同纠纷', reason: '补正' }),
  'POST /cases/:id/noteLegalRepresentative': onCase('fangmingyu', 'noteLegalRepresentative', {
    firm: '某乙',
    representative: '某总',
    identity: '11010519491231002X',
  }),
  'POST /cases/:id/changeHandler': withJudge(onCase(CLERK, 'changeHandler', { reason: '调整' }), 'handler'),
  'POST /cases/:id/close': onCase(JUDGE, 'close', { on: '2021-09-20', way: '执行完毕' }),
  'POST /cases/:id/terminate': onCase(JUDGE, 'terminate', { on: '2021-09-20' }),
  'POST /imports/:id/cancel': async (server) => {
    const release = await holdJobs(server)
    return { ...(await onRun('cancel', 'waiting')(server)), release }
  },
  'POST /imports/:id/start': onRun('start', 'checked'),
  'POST /imports': async () => ({
    by: CLERK,
    path: '/imports',
    upload: {
      fields: { asOfOn: '2021-09-30', dryRun: 'true' },
      file: { name: '明细表.xlsx', content: Buffer.from(BROKEN) },
    },
  }),
  'POST /backlog/orders': async (server) => {
    const { personId: judgeId, courtId, teamId } = await holderOf(server, COURT, 'team.judge')
    const { clockId } = await plantCase(server, 'below', { courtId, judgeId, teamId: teamId ?? '' })
    await server.sql('delete from node_order where clock_id = $1', [clockId])
    return { by: CLERK, path: '/backlog/orders', body: { clockIds: [clockId], requirement: '请办理' } }
  },
  'POST /warnings/:id/explain': async (server) => ({
    by: JUDGE,
    path: `/warnings/${await newWarning(server)}/explain`,
    body: { reason: '材料在卷' },
  }),
  'POST /warnings/orders': async (server) => ({
    by: CLERK,
    path: '/warnings/orders',
    body: { warningIds: [await newWarning(server)], requirement: '请补录' },
  }),
  'POST /supervision-orders': withJudge(
    async () => ({
      by: CLERK,
      path: '/supervision-orders',
      body: { source: '本院督办', target: '承办人', requirement: '请办理' },
    }),
    'handler',
  ),
  'POST /supervision-orders/:id/attachments': async (server) => ({
    by: CLERK,
    path: `/supervision-orders/${(await newOrder(server, 'issued')).id}/attachments`,
    upload: { fields: { document: 'letter' }, file: PDF },
  }),
  'POST /supervision-orders/:id/receive': onOrder(JUDGE, 'receive', 'issued'),
  'POST /supervision-orders/:id/answer': onOrder(JUDGE, 'answer', 'handling', { reply: '已办理' }),
  'POST /supervision-orders/:id/sendBack': onOrder(CLERK, 'sendBack', 'answered', { reason: '请补充' }),
  'POST /supervision-orders/:id/complete': onOrder(CLERK, 'complete', 'answered'),
  'POST /supervision-orders/:id/extend': onOrder(CLERK, 'extend', 'issued', {
    answerOn: '2021-12-31',
    reason: '情况复杂',
  }),
  'POST /supervision-orders/:id/revoke': onOrder(CLERK, 'revoke', 'issued', { reason: '重复督办' }),
  'POST /supervision-orders/:id/redirect': withJudge(
    onOrder(CLERK, 'redirect', 'issued', { reason: '调整' }),
    'handler',
  ),
  'POST /supervision-orders/:id/passOn': async (server) => {
    const { personId, teamId } = await holderOf(server, COURT, 'team.judge')
    const clerk = await server.as(CLERK)
    const order = await clerk.do('/supervision-orders', {
      source: '本院督办',
      target: '团队',
      team: teamId,
      requirement: '请办理',
    })
    const [member] = await server.sql<{ username: string }>(
      'select a.username from post join account a using (court_id, person_id) where post.team_id = $1 limit 1',
      [teamId],
    )
    return {
      by: member?.username ?? '',
      path: `/supervision-orders/${order.id}/passOn`,
      body: { version: order.version, toTarget: '承办人', toPerson: personId, toRequirement: '请办理' },
    }
  },
}
