import { randomInt } from 'node:crypto'
import type { Client } from '#test/client.ts'
import type { TestServer } from '#test/harness.ts'
import type { Write } from './send-write.ts'

// Requests that succeed on a filing check and on the triage of a case; a case made for each.

const FILING = 'fangmingyu'
const CLERK = 'linjing'

type Prepare = (server: TestServer, serial: number) => Promise<Write>

/** Nothing that must be mended before it may be received. */
export const SOUND_CASE = {
  kind: '首次执行',
  filedOn: '2021-09-01',
  cause: '买卖合同纠纷',
  basisNumber: '（2021）吉0193民初77号',
  basisKind: '判决书',
  basisMaker: '长春新区人民法院',
  basisEffectiveOn: '2021-05-10',
  performBy: '2021-05-20',
  duty: '金钱给付',
  jurisdiction: '第一审法院',
  amountFen: '5000000',
  creditors: [{ name: '甲有限公司', certificates: ['91220101MA17B2KX55'] }],
  debtors: [{ name: '乙', certificates: ['11010519491231002X'] }],
} as const

interface Filed {
  id: string
  caseNumber: string
  version: number
  check: { id: string; version: number }
}

/** A case entered by the filing division, with the check that begins with it. */
export async function fileCase(server: TestServer, changes: object = {}): Promise<Filed> {
  const filing = await server.as(FILING)
  // A second case on the same basis would be a duplicate filing.
  const basisNumber = `（2021）吉0193民初${randomInt(1, 1_000_000_000)}号`
  const made = await filing.do('/cases', { ...SOUND_CASE, basisNumber, ...changes })
  const link = made.matters.find(({ path }: { path: string }) => path === 'filing-checks')
  const check = await filing.read(`/filing-checks/${link.id}`)
  return { id: made.id, caseNumber: made.caseNumber, version: made.version, check }
}

async function received(server: TestServer): Promise<Filed> {
  const filed = await fileCase(server)
  await act(await server.as(CLERK), filed.check, 'receive')
  return filed
}

const act = (client: Client, { id, version }: Filed['check'], name: string, answers: object = {}) =>
  client.do(`/filing-checks/${id}/${name}`, { version, ...answers })

const onCheck =
  (by: string, action: string, answers: object, isReturned = false): Prepare =>
  async (server) => {
    let { check } = await fileCase(server)
    if (isReturned) check = await act(await server.as(CLERK), check, 'sendBack', { requirement: '请补正' })
    return { by, path: `/filing-checks/${check.id}/${action}`, body: { version: check.version, ...answers } }
  }

export const FILING_WRITES: Readonly<Record<string, Prepare>> = {
  'POST /filing-checks': async (server) => {
    const { check, caseNumber } = await fileCase(server)
    await act(await server.as(FILING), check, 'withdraw', { reason: '重新提交' })
    return { by: FILING, path: '/filing-checks', body: { caseNumber } }
  },
  'POST /filing-checks/:id/receive': onCheck(CLERK, 'receive', {}),
  'POST /filing-checks/:id/sendBack': onCheck(CLERK, 'sendBack', { requirement: '请补正' }),
  'POST /filing-checks/:id/resubmit': onCheck(FILING, 'resubmit', { reply: '已补正' }, true),
  'POST /filing-checks/:id/withdraw': onCheck(FILING, 'withdraw', { reason: '销案' }),
  'POST /cases/:id/checkFiling': async (server) => {
    const { id, version } = await fileCase(server)
    return { by: CLERK, path: `/cases/${id}/checkFiling`, body: { version } }
  },
  'POST /cases/:id/triage': async (server) => {
    const { id, version } = await received(server)
    return { by: CLERK, path: `/cases/${id}/triage`, body: { version } }
  },
  'POST /cases/:id/changeTrack': async (server) => {
    const { id, version } = await received(server)
    return { by: CLERK, path: `/cases/${id}/changeTrack`, body: { version, toTrack: '特案', reason: '案情复杂' } }
  },
}
