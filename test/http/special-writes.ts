import type { TestServer } from '#test/harness.ts'
import { PDF } from '#test/suite/cast.ts'
import type { Write } from './send-write.ts'

// One request that succeeds for each write route of 特殊主体台账 and its reports.

type Prepare = (server: TestServer, serial: number) => Promise<Write>

const CLERK = 'linjing'
const HEAD = 'luoxiaoming'
const NEXT_ON = '2021-10-20'
const CLEARED = { clearedOn: '2021-09-20', clearedWay: '全部履行', clearedFen: '100' }

async function newCase(server: TestServer): Promise<{ caseNumber: string }> {
  return (await server.as('fangmingyu')).do('/cases', {
    kind: '首次执行',
    filedOn: '2021-09-01',
    amountFen: '100',
    creditors: [{ name: '某甲公司' }],
    debtors: [{ name: '某乙' }],
  })
}

const entryOf = ({ caseNumber }: { caseNumber: string }) => ({
  caseNumber,
  category: '国有企业',
  party: '某乙',
  ground: '工商档案查明',
})

/** An entry after these acts of the centre. */
async function entry(server: TestServer, acts: readonly (readonly [by: string, name: string, answers: object])[]) {
  const clerk = await server.as(CLERK)
  let one = await clerk.do('/special-parties', entryOf(await newCase(server)))
  const path = `/special-parties/${one.id}`
  for (const [by, name, answers] of acts) {
    if (name === 'reportCleared') one = await withProof(server, path)
    one = await (await server.as(by)).do(`${path}/${name}`, { ...answers, version: one.version })
  }
  return { path, version: one.version as number }
}

async function withProof(server: TestServer, path: string): Promise<{ version: number }> {
  const clerk = await server.as(CLERK)
  await clerk.upload(`${path}/attachments`, { document: 'proof' }, PDF)
  return clerk.read(path)
}

const LISTED = [[CLERK, 'confirm', {}]] as const
const CLEARING = [...LISTED, [CLERK, 'reportCleared', CLEARED]] as const

const onEntry =
  (by: string, name: string, before: Parameters<typeof entry>[1], answers: object = {}): Prepare =>
  async (server) => {
    const { path, version } = await entry(server, before)
    const now = name === 'reportCleared' ? await withProof(server, path) : { version }
    return { by, path: `${path}/${name}`, body: { ...answers, version: now.version } }
  }

let taken = 0

/** The last day of another month, long over, each time. */
function pastMonth(): string {
  const at = 12 * 2020 - taken
  taken += 1
  return new Date(Date.UTC(Math.floor(at / 12), (at % 12) + 1, 0)).toISOString().slice(0, 10)
}

async function report(server: TestServer, acts: readonly (readonly [by: string, name: string, answers: object])[]) {
  let one = await (await server.as(CLERK)).do('/special-reports', { monthEndOn: pastMonth() })
  const path = `/special-reports/${one.id}`
  for (const [by, name, answers] of acts)
    one = await (await server.as(by)).do(`${path}/${name}`, { ...answers, version: one.version })
  return { path, version: one.version as number }
}

const GENERATED = [[CLERK, 'generate', {}]] as const
const SUBMITTED = [...GENERATED, [CLERK, 'submit', { remark: '无' }]] as const

const onReport =
  (by: string, name: string, before: Parameters<typeof report>[1], answers: object = {}): Prepare =>
  async (server) => {
    const { path, version } = await report(server, before)
    return { by, path: `${path}/${name}`, body: { ...answers, version } }
  }

const measure = { on: '2021-09-20', measure: '约谈负责人', detail: '约谈', nextOn: NEXT_ON }

export const SPECIAL_WRITES: Readonly<Record<string, Prepare>> = {
  'POST /special-parties': async (server) => ({
    by: CLERK,
    path: '/special-parties',
    body: entryOf(await newCase(server)),
  }),
  'POST /special-parties/:id/attachments': async (server) => ({
    by: CLERK,
    path: `${(await entry(server, LISTED)).path}/attachments`,
    upload: { fields: { document: 'measure' }, file: PDF },
  }),
  'POST /special-parties/:id/confirm': onEntry(CLERK, 'confirm', []),
  'POST /special-parties/:id/refuse': onEntry(CLERK, 'refuse', [], { reason: '不属国有企业' }),
  'POST /special-parties/:id/addMeasure': onEntry(CLERK, 'addMeasure', LISTED, measure),
  'POST /special-parties/:id/addProgress': onEntry(CLERK, 'addProgress', LISTED, {
    on: '2021-09-20',
    progress: '已付部分',
    nowPaidFen: '10',
    nextOn: NEXT_ON,
  }),
  'POST /special-parties/:id/correct': onEntry(CLERK, 'correct', LISTED, {
    amountFen: '200',
    paidFen: '0',
    reason: '笔误',
  }),
  'POST /special-parties/:id/reportCleared': onEntry(CLERK, 'reportCleared', LISTED, CLEARED),
  'POST /special-parties/:id/sendBack': onEntry(HEAD, 'sendBack', CLEARING, { reason: '缺凭证', nextOn: NEXT_ON }),
  'POST /special-parties/:id/confirmCleared': onEntry(HEAD, 'confirmCleared', CLEARING),
  'POST /special-parties/:id/remove': onEntry(CLERK, 'remove', LISTED, { reason: '列入有误' }),
  'POST /special-reports': async () => ({ by: CLERK, path: '/special-reports', body: { monthEndOn: pastMonth() } }),
  // The clockwork generates a month that is over by itself within seconds: it is asked for at once.
  'POST /special-reports/:id/generate': async (server, serial) => ({
    ...(await onReport(CLERK, 'generate', [])(server, serial)),
    release: async () => {},
  }),
  'POST /special-reports/:id/submit': onReport(CLERK, 'submit', GENERATED, { remark: '无' }),
  'POST /special-reports/:id/sendBack': onReport(HEAD, 'sendBack', SUBMITTED, { reason: '请核对' }),
  'POST /special-reports/:id/confirm': onReport(HEAD, 'confirm', SUBMITTED),
}
