import type { TestServer } from '#test/harness.ts'
import { ANSWERS, openCase, setSettings, withAddresses } from '#test/suite/issuing.ts'
import type { Write } from './send-write.ts'

// One request that succeeds for each write route of documents.

type Prepare = (server: TestServer, serial: number) => Promise<Write>

const CLERK = 'linjing'
const JUDGE = 'sunhaitao'
const HEAD = 'luoxiaoming'
const [CLERK_ABOVE, JUDGE_ABOVE] = ['zhaoxue', 'jinhao']
const FORM = 'execution-notice'

async function personOf(server: TestServer, username: string): Promise<{ id: string }> {
  const asked = 'select person_id as id from account where username = $1'
  const [person] = await server.sql<{ id: string }>(asked, [username])
  return { id: person?.id ?? '' }
}

/** A case of the judge that lacks nothing for any document. */
async function newCase(server: TestServer): Promise<{ id: string; version: number }> {
  await setSettings(server, HEAD)
  const made = await openCase(await server.as('linjing'), (await personOf(server, JUDGE)).id)
  return withAddresses(await server.as(JUDGE), made.id)
}

const issuing =
  (action: string): Prepare =>
  async (server) => {
    const { id, version } = await newCase(server)
    return { by: JUDGE, path: `/cases/${id}/${action}`, body: { version, ...ANSWERS[action] } }
  }

/** Decided by the court above, of a case of its own. */
async function jointExecution(server: TestServer): Promise<Write> {
  const { id: judgeId } = await personOf(server, JUDGE_ABOVE)
  const { id, version } = await openCase(await server.as(CLERK_ABOVE), judgeId)
  return { by: CLERK_ABOVE, path: `/cases/${id}/jointExecution`, body: { version, ...ANSWERS.jointExecution } }
}

async function closedCase(server: TestServer): Promise<Write> {
  const { id, version } = await newCase(server)
  const judge = await server.as(JUDGE)
  const arrived = { version, node: '案款到账', on: '2021-09-30', arrivedFen: '100' }
  const one = await judge.do(`/cases/${id}/recordNode`, arrived)
  const closed = await judge.do(`/cases/${id}/close`, { version: one.version, on: '2021-09-30', way: '执行完毕' })
  const body = { version: closed.version, ...ANSWERS.closingNotice }
  return { by: JUDGE, path: `/cases/${id}/closingNotice`, body }
}

/** The template that comes with the product, brought by the centre's clerk. */
async function template(server: TestServer) {
  const clerk = await server.as(CLERK)
  const file = await fetch(`${server.address}/api/document-forms/${FORM}/template`, {
    headers: { cookie: clerk.cookie },
  })
  return { name: '模板.docx', content: new Uint8Array(await file.arrayBuffer()) }
}

const onTemplate =
  (action: string): Prepare =>
  async (server) => {
    const file = await template(server)
    const sent = await (await server.as(CLERK)).upload('/document-templates', { form: FORM }, file)
    return { by: HEAD, path: `/document-templates/${sent.body.versions[0].id}/${action}`, body: {} }
  }

async function order(server: TestServer): Promise<{ id: string; version: number }> {
  const { id: handler } = await personOf(server, JUDGE)
  const fields = { source: '本院督办', target: '承办人', handler, requirement: '请办理' }
  return (await server.as(CLERK)).do('/supervision-orders', fields)
}

const ACTIONS = Object.keys(ANSWERS).filter((action) => !['closingNotice', 'jointExecution'].includes(action))

export const DOCUMENT_WRITES: Readonly<Record<string, Prepare>> = {
  ...Object.fromEntries(ACTIONS.map((action) => [`POST /cases/:id/${action}`, issuing(action)])),
  'POST /cases/:id/closingNotice': closedCase,
  'POST /cases/:id/jointExecution': jointExecution,
  'POST /cases/:id/addresses': async (server) => ({
    by: JUDGE,
    path: `/cases/${(await newCase(server)).id}/addresses`,
    body: { party: '甲龘', address: '长春市某街3号', source: '户籍地' },
  }),
  'POST /cases/:id/documents/:action/preview': async (server) => ({
    by: JUDGE,
    path: `/cases/${(await newCase(server)).id}/documents/executionNotice/preview`,
    body: { ...ANSWERS.executionNotice },
  }),
  'POST /supervision-orders/:id/issueLetter': async (server) => {
    const { id, version } = await order(server)
    return { by: CLERK, path: `/supervision-orders/${id}/issueLetter`, body: { version } }
  },
  'POST /supervision-orders/:id/documents/:action/preview': async (server) => ({
    by: CLERK,
    path: `/supervision-orders/${(await order(server)).id}/documents/issueLetter/preview`,
    body: {},
  }),
  'POST /documents/:id/void': async (server) => {
    const { id, version } = await newCase(server)
    const judge = await server.as(JUDGE)
    await judge.do(`/cases/${id}/executionNotice`, { version, ...ANSWERS.executionNotice })
    const { items } = await judge.read(`/cases/${id}/documents`)
    return { by: JUDGE, path: `/documents/${items[0].id}/void`, body: { reason: '写错' } }
  },
  'POST /document-templates': async (server) => ({
    by: CLERK,
    path: '/document-templates',
    upload: { fields: { form: FORM }, file: await template(server) },
  }),
  'POST /document-templates/:id/activate': onTemplate('activate'),
  'POST /document-templates/:id/retire': onTemplate('retire'),
  'PUT /document-settings': async (_, serial) => ({
    by: HEAD,
    path: '/document-settings',
    body: { value: `0431-${serial}`, name: '联系电话' },
  }),
}
