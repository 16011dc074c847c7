import type { TestServer } from '#test/harness.ts'
import { receive } from '#test/suite/assigning.ts'
import { PDF } from '#test/suite/cast.ts'
import type { Write } from './send-write.ts'

// One request that succeeds for each write route of assignment, staffing and task orders.

type Prepare = (server: TestServer, serial: number) => Promise<Write>

const CLERK = 'linjing'
const HEAD = 'luoxiaoming'
const JUDGE = 'sunhaitao'
const AFFAIRS = 'songxinyi'
const DEBTOR = '某乙'

async function personOf(server: TestServer, username: string): Promise<string> {
  const [one] = await server.sql<{ id: string }>('select person_id as id from account where username = $1', [username])
  if (!one) throw new Error(`no ${username}`)
  return one.id
}

/** A case in hand that has no judge yet. */
async function newCase(
  server: TestServer,
): Promise<{ id: string; version: number; caseNumber: string; matters: { path: string; id: string }[] }> {
  const parties = { creditors: [{ name: '某甲公司' }], debtors: [{ name: DEBTOR }] }
  return (await server.as('fangmingyu')).do('/cases', { kind: '首次执行', filedOn: '2021-09-01', ...parties })
}

async function relation(server: TestServer, serial: number) {
  const about = `某律师${serial}-${Math.floor(performance.now())}`
  return { about, personId: await personOf(server, JUDGE), kind: 'relation', reason: '系近亲属', fromOn: '2021-09-30' }
}

/** For the team that AFFAIRS belongs to: others of its kind may have been set up meanwhile. */
async function newTask(server: TestServer) {
  const [team] = await server.sql<{ id: string }>(
    `select t.id from team t join post p on p.court_id = t.court_id and p.team_id = t.id
     where t.kind = 'centralized-affairs' and p.person_id = $1`,
    [await personOf(server, AFFAIRS)],
  )
  return { team: team?.id, caseNumber: (await newCase(server)).caseNumber, task: '送达', requirement: '请送达' }
}

const WAY = ['take', 'finish', 'feedBack']

/** A task order after this act of the team that it was given to; 'open' where that has done nothing yet. */
async function taskOrder(server: TestServer, until: string): Promise<{ id: string; version: number }> {
  const [judge, affairs] = [await server.as(JUDGE), await server.as(AFFAIRS)]
  const answers: Record<string, object> = {
    take: { person: await personOf(server, AFFAIRS) },
    finish: { result: '已送达' },
    feedBack: {},
    sendBack: { reason: '缺地址' },
  }
  let one = await judge.do('/task-orders', await newTask(server))
  const steps = until === 'sendBack' ? [until] : WAY.slice(0, WAY.indexOf(until) + 1)
  for (const name of steps) {
    if (name === 'feedBack') one.version += await prove(server, one.id)
    one = await affairs.do(`/task-orders/${one.id}/${name}`, { version: one.version, ...answers[name] })
  }
  return one
}

/** The paper of what was done; how far it raises the version. */
async function prove(server: TestServer, id: string): Promise<number> {
  const affairs = await server.as(AFFAIRS)
  await affairs.upload(`/task-orders/${id}/attachments`, { document: 'proof' }, PDF)
  return 1
}

const onTask =
  (by: string, action: string, after: string, answers: Record<string, unknown> = {}): Prepare =>
  async (server) => {
    const { id, version } = await taskOrder(server, after)
    const more = action === 'feedBack' ? await prove(server, id) : 0
    return { by, path: `/task-orders/${id}/${action}`, body: { version: version + more, ...answers } }
  }

export const ASSIGNMENT_WRITES: Readonly<Record<string, Prepare>> = {
  'POST /cases/:id/assign': async (server) => {
    const one = await newCase(server)
    await receive(server, one)
    const { id, version } = one
    return { by: CLERK, path: `/cases/${id}/assign`, body: { version } }
  },
  'POST /cases/:id/representatives': async (server) => ({
    by: CLERK,
    path: `/cases/${(await newCase(server)).id}/representatives`,
    body: { party: DEBTOR, name: '某律师', firm: '某律师事务所' },
  }),
  'POST /assignment-weights': async (_, serial) => ({
    by: HEAD,
    path: '/assignment-weights',
    body: { kind: '首次执行', hundredths: 100 + serial, fromOn: '2021-10-08', source: '本院分案办法' },
  }),
  'POST /assignment-grounds': async (server, serial) => ({
    by: JUDGE,
    path: '/assignment-grounds',
    body: await relation(server, serial),
  }),
  'POST /assignment-grounds/:id/end': async (server, serial) => {
    const { id } = await (await server.as(JUDGE)).do('/assignment-grounds', await relation(server, serial))
    return { by: JUDGE, path: `/assignment-grounds/${id}/end`, body: { reason: '关系已消除' } }
  },
  'POST /staffing': async (_, serial) => ({
    by: HEAD,
    path: '/staffing',
    body: { role: 'duty.technician', standard: serial % 900, fromOn: '2021-10-08', source: '本院编制方案' },
  }),
  'POST /task-orders': async (server) => ({ by: JUDGE, path: '/task-orders', body: await newTask(server) }),
  'POST /task-orders/:id/attachments': async (server) => ({
    by: AFFAIRS,
    path: `/task-orders/${(await taskOrder(server, 'open')).id}/attachments`,
    upload: { fields: { document: 'papers' }, file: PDF },
  }),
  'POST /task-orders/:id/take': async (server) => {
    const { id, version } = await taskOrder(server, 'open')
    const person = await personOf(server, AFFAIRS)
    return { by: AFFAIRS, path: `/task-orders/${id}/take`, body: { version, person } }
  },
  'POST /task-orders/:id/finish': onTask(AFFAIRS, 'finish', 'take', { result: '已送达' }),
  'POST /task-orders/:id/feedBack': onTask(AFFAIRS, 'feedBack', 'finish'),
  'POST /task-orders/:id/sendBack': onTask(AFFAIRS, 'sendBack', 'open', { reason: '缺地址' }),
  'POST /task-orders/:id/mend': onTask(JUDGE, 'mend', 'sendBack', { requirement: '地址已补，请送达' }),
  'POST /task-orders/:id/redo': onTask(JUDGE, 'redo', 'feedBack', { reason: '未附回证' }),
  'POST /task-orders/:id/confirm': onTask(JUDGE, 'confirm', 'feedBack'),
  'POST /task-orders/:id/withdraw': onTask(JUDGE, 'withdraw', 'open', { reason: '重复交办' }),
}
