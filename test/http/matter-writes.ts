import type { TestServer } from '#test/harness.ts'
import { PDF } from '#test/suite/cast.ts'
import { ANSWERS, openCase, setSettings, withAddresses } from '#test/suite/issuing.ts'
import type { Write } from './send-write.ts'

// One request that succeeds for each write route of matters on a case.

type Prepare = (server: TestServer, serial: number) => Promise<Write>
type Thing = { id: string; version: number }

const CLERK = 'linjing'
const JUDGE = 'sunhaitao'
const DAY = '2021-09-30'

async function newCase(server: TestServer): Promise<{ id: string; caseNumber: string; version: number }> {
  await setSettings(server, 'luoxiaoming')
  const [judge] = await server.sql<{ id: string }>('select person_id as id from account where username = $1', [JUDGE])
  const made = await openCase(await server.as('linjing'), judge?.id ?? '')
  return withAddresses(await server.as(JUDGE), made.id)
}

async function newDocument(server: TestServer): Promise<{ caseId: string; document: string }> {
  const { id: caseId, version } = await newCase(server)
  const judge = await server.as(JUDGE)
  await judge.do(`/cases/${caseId}/riskNotice`, { version, ...ANSWERS.riskNotice })
  return { caseId, document: (await judge.read(`/cases/${caseId}/documents`)).items[0].id }
}

type Open = (server: TestServer) => Promise<Record<string, unknown>>
interface Step {
  name: string
  answers?: object
  papers?: readonly string[]
  /** Who approves it, where that is asked for. */
  approver?: string
}

async function take(server: TestServer, path: string, id: string, step: Step): Promise<void> {
  const judge = await server.as(JUDGE)
  await attachAll(server, path, id, step)
  const { version } = await judge.read(`/${path}/${id}`)
  const after = await judge.do(`/${path}/${id}/${step.name}`, { version, ...step.answers })
  if (!step.approver) return
  const approver = await server.as(step.approver)
  await approver.do(`/approvals/${after.approval.id}/approve`, { version: after.version })
}

async function attachAll(server: TestServer, path: string, id: string, { papers = [] }: Step): Promise<void> {
  const judge = await server.as(JUDGE)
  for (const document of papers) await judge.upload(`/${path}/${id}/attachments`, { document }, PDF)
}

/** An act of the judge on a new thing, after these steps. */
const acting =
  (path: string, open: Open, last: Step, ...before: Step[]): Prepare =>
  async (server) => {
    const judge = await server.as(JUDGE)
    const made: Thing = await judge.do(`/${path}`, await open(server))
    for (const step of before) await take(server, path, made.id, step)
    await attachAll(server, path, made.id, last)
    const { version } = await judge.read(`/${path}/${made.id}`)
    const by = last.name === 'handOver' ? CLERK : JUDGE
    return { by, path: `/${path}/${made.id}/${last.name}`, body: { version, ...last.answers } }
  }

/** Opening, handing over, and a paper. */
function common(path: string, open: Open, document: string): Record<string, Prepare> {
  return {
    [`POST /${path}`]: async (server) => ({ by: JUDGE, path: `/${path}`, body: await open(server) }),
    [`POST /${path}/:id/attachments`]: async (server) => {
      const { id }: Thing = await (await server.as(JUDGE)).do(`/${path}`, await open(server))
      return { by: JUDGE, path: `/${path}/${id}/attachments`, upload: { fields: { document }, file: PDF } }
    },
    [`POST /${path}/:id/handOver`]: async (server, serial) => {
      const [other] = await server.sql<{ id: string }>(
        `select person_id as id from account where username = 'yuchunmei'`,
      )
      return acting(path, open, { name: 'handOver', answers: { handler: other?.id } })(server, serial)
    },
  }
}

/** Routes of a kind's acts, each with the steps before it. */
function acts(path: string, open: Open, all: readonly (readonly [Step, ...Step[]])[]): Record<string, Prepare> {
  return Object.fromEntries(
    all.map(([last, ...before]) => [`POST /${path}/:id/${last.name}`, acting(path, open, last, ...before)]),
  )
}

const service: Open = async (server) => ({ document: (await newDocument(server)).document, receiver: '甲龘' })
const failed = (way: string): Step => ({
  name: 'fail',
  answers: { way, failedOn: DAY, cause: '无人在家', servers: '田野' },
  papers: ['proof'],
})
const notice = { publishedOn: DAY, medium: '人民法院报', reason: '上门、邮寄未果' }
const signed = { way: '直接送达', servedOn: DAY, manner: '本人签收', servers: '田野' }

const inquiry: Open = async (server) => ({
  caseNumber: (await newCase(server)).caseNumber,
  debtor: '某乙',
  subject: '车辆',
  unit: '某车辆管理所',
  requirement: '查询登记',
})
const recorded: Step = {
  name: 'record',
  answers: { means: '发函查询', visitedOn: DAY, people: '田野', found: '未发现财产', result: '无登记' },
  papers: ['record'],
}

const clue: Open = async (server) => ({
  caseNumber: (await newCase(server)).caseNumber,
  source: '匿名举报',
  receivedOn: DAY,
  detail: '某处有车',
})
const verified: Step = {
  name: 'verify',
  answers: { verifiedOn: DAY, outcome: '属实', finding: '已查明' },
  papers: ['proof'],
}

const application: Open = async (server) => ({
  caseNumber: (await newCase(server)).caseNumber,
  subject: '审计',
  applicant: '甲龘',
  appliedOn: DAY,
  debtor: '某乙',
  ground: '账目不实',
})
const submitted: Step = { name: 'submit', papers: ['application'] }
const granted: Step = { name: 'grant', answers: { reason: '符合条件' }, approver: 'maguodong' }

export const MATTER_WRITES: Readonly<Record<string, Prepare>> = {
  ...common('service-tasks', service, 'proof'),
  ...acts('service-tasks', service, [
    [{ name: 'send', answers: { way: '邮寄送达', sentOn: DAY, reference: 'EMS1' } }],
    [{ name: 'serve', answers: signed, papers: ['proof'] }],
    [failed('直接送达')],
    [{ name: 'announce', answers: notice, papers: ['notice'] }, failed('直接送达'), failed('邮寄送达')],
    [{ name: 'announceMissing', answers: notice, papers: ['notice', 'untraceable'] }],
    [{ name: 'readdress', answers: { address: '长春市某街9号', reason: '本人来电' } }],
    [{ name: 'stop', answers: { reason: '已和解' } }],
  ]),
  'POST /cases/:id/service-tasks': async (server) => {
    const { caseId, document } = await newDocument(server)
    return { by: JUDGE, path: `/cases/${caseId}/service-tasks`, body: { document, receivers: [{ receiver: '甲龘' }] } }
  },
  ...common('offline-inquiries', inquiry, 'record'),
  ...acts('offline-inquiries', inquiry, [
    [recorded],
    [{ name: 'accept' }, recorded],
    [{ name: 'sendBack', answers: { reason: '请补充' } }, recorded],
    [{ name: 'cancel', answers: { reason: '重复' } }],
  ]),
  ...common('asset-clues', clue, 'clue'),
  ...acts('asset-clues', clue, [
    [{ name: 'inquire', answers: { askedDebtor: '某乙', askedUnit: '某所', askedFor: '查询' } }],
    [verified],
    [{ name: 'sendBack', answers: { reason: '请补查' } }, verified],
    [{ name: 'answer', answers: { answeredOn: DAY, how: '电话', reply: '已核实' } }, verified],
  ]),
  ...common('investigation-applications', application, 'decision'),
  ...acts('investigation-applications', application, [
    [submitted],
    [granted, submitted],
    [{ name: 'reject', answers: { reason: '不符合条件' } }, submitted],
    [{ name: 'sendBack', answers: { lacking: '请补正' } }, submitted],
    [{ name: 'carryOut', answers: { carriedOutOn: DAY, result: '已委托' }, papers: ['outcome'] }, submitted, granted],
    [{ name: 'withdraw', answers: { reason: '不再申请' } }, submitted],
  ]),
}
