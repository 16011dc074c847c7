import type { Client } from '#test/client.ts'
import type { TestServer } from '#test/harness.ts'

// Cases without a judge, and what stands for or against the judges of the cast.

export const DEBTOR = '某乙公司'

/** A case in hand without a judge, whose filing the centre has received. */
export async function newCase(server: TestServer, more: Record<string, unknown> = {}) {
  const filing = await server.as('fangmingyu')
  const made = await filing.do('/cases', {
    kind: '首次执行',
    filedOn: '2021-09-28',
    cause: '金融借款合同纠纷',
    basisNumber: '（2020）吉0193民初5号',
    creditors: [{ name: '某甲银行' }],
    debtors: [{ name: DEBTOR }],
    ...more,
  })
  await receive(server, made)
  return made
}

/** 接收: ends the check that begins with a case entered by hand; what would hold it up is explained first. */
export async function receive(
  server: TestServer,
  { id, matters }: { id: string; matters: { path: string; id: string }[] },
): Promise<void> {
  const clerk = await server.as('linjing')
  const { warnings } = await clerk.read(`/cases/${id}`)
  for (const one of warnings) {
    const holdsUp = one.rule.startsWith('filing.') && one.severity === '红' && one.closedAt === null
    if (holdsUp) await clerk.do(`/warnings/${one.id}/explain`, { reason: '已核对原件' })
  }
  const check = matters.find(({ path }) => path === 'filing-checks')
  const { version } = await clerk.read(`/filing-checks/${check?.id}`)
  await clerk.do(`/filing-checks/${check?.id}/receive`, { version })
}

export async function personOf(server: TestServer, username: string): Promise<string> {
  const [one] = await server.sql<{ id: string }>('select person_id as id from account where username = $1', [username])
  return one?.id ?? ''
}

/** 分案, by whoever may. */
export const assign = (client: Client, one: { id: string; version: number }) =>
  client.do(`/cases/${one.id}/assign`, { version: one.version })

/** Declares or records something of a judge. */
export async function ground(server: TestServer, by: string, judge: string, body: Record<string, unknown>) {
  const client = await server.as(by)
  return client.do('/assignment-grounds', { personId: await personOf(server, judge), fromOn: '2021-09-30', ...body })
}
