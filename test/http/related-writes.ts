import type { TestServer } from '#test/harness.ts'
import { relatedPair, SISTER } from '#test/related-cases.ts'
import { holderOf } from '#test/suite/cast.ts'
import type { Write } from './send-write.ts'

// One request that succeeds for each write route of 关联案件集中办理; each takes cases of its own.

const CLERK = 'linjing'
const PATH = '/related-proposals'
const ABOVE = 'pengchao'
let pairs = 0

type Opening = Record<string, string>

async function proposal(server: TestServer, court?: string): Promise<Opening> {
  pairs += 1
  const [lead, chosen] = await relatedPair(server, pairs, court)
  const several = { way: '集中至同一法院', designated: '长春市朝阳区人民法院' }
  const way = court ? several : { way: '集中至本院同一团队' }
  return { caseNumber: lead.caseNumber, chosen: chosen.caseNumber, ground: '同一被执行人', ...way }
}

const onProposal =
  (action: string, answers: (server: TestServer, body: Opening) => Promise<object>, court?: string) =>
  async (server: TestServer): Promise<Write> => {
    const body = await proposal(server, court)
    const { id, version } = await (await server.as(CLERK)).do(PATH, body)
    return { by: CLERK, path: `${PATH}/${id}/${action}`, body: { version, ...(await answers(server, body)) } }
  }

/** A proposal to which the court above has agreed. */
async function agreed(server: TestServer): Promise<{ id: string }> {
  const clerk = await server.as(CLERK)
  const { id, version } = await clerk.do(PATH, await proposal(server, SISTER))
  const asked = await clerk.do(`${PATH}/${id}/report`, { version })
  for (const username of ['maguodong', ABOVE]) {
    const body = { version: asked.version }
    await (await server.as(username)).do(`/approvals/${asked.approval.id}/approve`, body)
  }
  return { id }
}

export const RELATED_WRITES: Readonly<Record<string, (server: TestServer) => Promise<Write>>> = {
  'POST /related-proposals': async (server) => ({ by: CLERK, path: PATH, body: await proposal(server) }),
  'POST /related-proposals/:id/concentrate': onProposal('concentrate', async (server) => ({
    handler: (await holderOf(server, '吉0193', 'team.judge')).personId,
  })),
  'POST /related-proposals/:id/report': onProposal('report', async () => ({}), SISTER),
  'POST /related-proposals/:id/adjust': onProposal('adjust', async (_, { chosen, way }) => ({
    chosen,
    way,
  })),
  'POST /related-proposals/:id/order': async (server) => {
    const { id } = await agreed(server)
    const { version } = await (await server.as(ABOVE)).read(`${PATH}/${id}`)
    const ruling = { ruling: '（2021）吉01执辖1号', ruledOn: '2021-09-30' }
    return { by: ABOVE, path: `${PATH}/${id}/order`, body: { version, ...ruling } }
  },
  'POST /related-proposals/:id/withdraw': onProposal('withdraw', async () => ({ reason: '重复提请' })),
}
