import { addDays } from '#kernel/time/time.ts'
import { type Drawn, enterDrawn } from './intake.ts'
import type { Scene } from './scene.ts'
import { company, filing, person } from './stock.ts'

// 特殊主体台账和月报、关联案件集中办理、审批代理, and an approval that has come half its way.

interface Thing {
  id: string
  version: number
  caseNumber: string
  approval: { id: string } | null
}

const SPECIAL = [
  { party: '某县财政局', course: 'progress' },
  { party: '某镇人民政府', course: 'progress' },
  { party: '某市城市建设投资有限公司', course: 'progress' },
  { party: '某区住房和城乡建设局', course: 'measure' },
  { party: '某乡人民政府', course: 'measure' },
  { party: '某市水务局', course: 'clearing' },
  { party: '某街道办事处', course: 'cleared' },
  { party: '某经济开发区管理委员会', course: 'listed' },
  { party: '某县教育局', course: 'refused' },
  { party: '某县交通运输局', course: 'proposed' },
  { party: '某县卫生健康局', course: 'proposed' },
]
const NEXT_DAYS = 20

/** Cases against offices come into the ledger by themselves; last month's report is made and waits for the head. */
export async function keepLedger(scene: Scene): Promise<void> {
  for (const [n, { party, course }] of SPECIAL.entries()) {
    const application = { ...filing(60 + n, scene.on), debtors: [{ name: party, certificates: [] }] }
    // Who is special is not for the eyes of the filing division.
    const { matters } = await enterDrawn(scene, {
      ...application,
      cause: '建设工程施工合同纠纷',
      amountFen: String(38_600_000 + n * 9_150_000),
    })
    if (course !== 'proposed')
      await keepEntry(scene, `/special-parties/${matters.find(({ path }) => path === 'special-parties')?.id}`, course)
  }
  await reportMonth(scene)
}

async function keepEntry(scene: Scene, path: string, course: string): Promise<void> {
  const clerk = await scene.hand('linjing')
  if (course === 'refused') {
    await clerk.act(path, 'refuse', { reason: '经核对，被执行人系其下属企业，该局不承担责任' })
    return
  }
  await clerk.act(path, 'confirm')
  const nextOn = addDays(scene.on, NEXT_DAYS)
  if (course === 'measure')
    await clerk.act(path, 'addMeasure', {
      on: scene.on,
      measure: '发函督促履行',
      detail: '向该单位发出督促履行函，并抄送其主管部门。',
      nextOn,
    })
  if (course === 'progress')
    await clerk.act(path, 'addProgress', {
      on: scene.on,
      progress: '已列入预算，先行支付一部分，余款分两期支付。',
      nowPaidFen: '8600000',
      nextOn,
    })
  if (course !== 'clearing' && course !== 'cleared') return
  await clerk.attach(path, 'proof', await scene.paper('付款凭证', '款项已全部支付至执行款专户。'))
  await clerk.act(path, 'reportCleared', {
    clearedOn: scene.on,
    clearedWay: '列入预算并已支付',
    clearedFen: '38600000',
  })
  if (course === 'cleared') await (await scene.hand('luoxiaoming')).act(path, 'confirmCleared')
}

async function reportMonth(scene: Scene): Promise<void> {
  const clerk = await scene.hand('linjing')
  const monthEndOn = addDays(`${scene.on.slice(0, 7)}-01`, -1)
  const { id } = await clerk.do<Thing>('/special-reports', { monthEndOn })
  await clerk.act(`/special-reports/${id}`, 'generate')
  await clerk.act(`/special-reports/${id}`, 'submit', { remark: '本月台账无案件；自九月起逐案核实列入。' })
}

/** Cases of one debtor: some are with the director, one is with the court above, one has been concentrated. */
export async function proposeRelated(scene: Scene): Promise<void> {
  const [clerk, director] = [await scene.hand('linjing'), await scene.hand('maguodong')]
  const handler = await scene.personId('董志强')
  for (const [n, course] of ['verifying', 'proposed', 'concentrated', 'proposed', 'withdrawn'].entries()) {
    const path = await proposal(scene, n)
    if (course === 'withdrawn') await clerk.act(path, 'withdraw', { reason: '其中一件已和解' })
    if (course !== 'proposed' && course !== 'concentrated') continue
    const { approval, version } = await clerk.act<Thing>(path, 'concentrate', { handler })
    if (course === 'concentrated') await director.do(`/approvals/${approval?.id}/approve`, { version })
  }
  // The director of the own court has approved; that of the court above has not yet.
  const { approval, version } = await clerk.act<Thing>(await proposal(scene, 5, false), 'report')
  await director.do(`/approvals/${approval?.id}/approve`, { version })
}

/** Two cases of one debtor, the second in the sister court where it is to be, and the proposal that names both. */
async function proposal(scene: Scene, n: number, isOwn = true): Promise<string> {
  const debtors = [n % 2 === 0 ? person(40 + n) : company(240 + n)]
  const lead = await enterDrawn(scene, { ...filing(80 + n, scene.on), debtors })
  const other = { ...filing(90 + n, scene.on), debtors }
  const second = isOwn ? await enterDrawn(scene, other) : await (await scene.hand('panlin')).do<Thing>('/cases', other)
  const { id } = await (await scene.hand('linjing')).do<Thing>('/related-proposals', {
    caseNumber: lead.caseNumber,
    chosen: second.caseNumber,
    ground: '被执行人相同，集中办理便于统一查控和分配',
    ...(isOwn ? { way: '集中至本院同一团队' } : { way: '集中至同一法院', designated: '长春新区人民法院' }),
  })
  return `/related-proposals/${id}`
}

/** A decision to list a debtor as dishonest: the director has approved, the president has not yet. */
export async function startSanction({ hand }: Scene, one: Drawn): Promise<void> {
  const { approval, version } = await one.judge.act<Thing>(`/cases/${one.id}`, 'dishonestyDecision', {
    whom: one.debtors[0],
    ground: '违反财产报告制度',
    facts: '被执行人收到报告财产令后逾期拒不报告财产。',
    term: '二年',
    president: '梁志远',
  })
  await (await hand('maguodong')).do(`/approvals/${approval?.id}/approve`, { version })
}

/** 审批代理: the head of a team is away for some days. */
export async function nameDeputies(scene: Scene): Promise<void> {
  const days = { fromOn: scene.on, toOn: addDays(scene.on, 14) }
  const head = await scene.hand('luoxiaoming')
  await head.do('/approval-deputies', { handler: await scene.personId('韩立新'), ...days, reason: '外出办案' })
  const vice = await scene.hand('hexiulan')
  await vice.do('/approval-deputies', { handler: await scene.personId('马国栋'), ...days, reason: '参加培训' })
}
