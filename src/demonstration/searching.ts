import type { Drawn } from './intake.ts'
import type { Scene } from './scene.ts'

// 传统查控、财产线索、审计和悬赏申请、任务单: several of each, each as far as its course says.

const SUBJECTS = [
  { subject: '住所地和财产所在地', place: '长春新区某一街8号', requirement: '查明住所地有无可供执行的财产' },
  { subject: '住房公积金', unit: '某住房公积金管理中心', requirement: '查询缴存情况和余额' },
  { subject: '股权', unit: '某市场监督管理局', requirement: '查询持股和出资情况，复制登记档案' },
  { subject: '不动产', unit: '某不动产登记中心', requirement: '查询登记、抵押和查封情况' },
  { subject: '到期债权', unit: '某商贸公司', requirement: '核实货款往来，必要时发出履行到期债务通知' },
  { subject: '工资收入', unit: '某机械公司', requirement: '核实劳动关系和工资发放情况' },
]

const INQUIRY_COURSES = [
  'assigned',
  'reported',
  'completed',
  'assigned',
  'returned',
  'completed',
  'assigned',
  'reported',
  'assigned',
  'completed',
  'assigned',
  'cancelled',
]

export async function inquireOffline(scene: Scene, cases: readonly Drawn[]): Promise<void> {
  for (const [n, course] of INQUIRY_COURSES.entries()) {
    const one = cases[n % cases.length] as Drawn
    const { subject, requirement, ...where } = SUBJECTS[n % SUBJECTS.length] as (typeof SUBJECTS)[number]
    const asked = { caseNumber: one.caseNumber, debtor: one.debtors[0], subject, requirement, ...where }
    const { id } = await one.judge.do<{ id: string }>('/offline-inquiries', asked)
    const path = `/offline-inquiries/${id}`
    if (course === 'assigned') continue
    if (course === 'cancelled') {
      await one.judge.act(path, 'cancel', { reason: '网络查控已有反馈，无需再行调查' })
      continue
    }
    await one.judge.attach(path, 'record', await scene.paper('调查笔录', `${one.caseNumber}案：${requirement}。`))
    await one.judge.act(path, 'record', {
      means: 'place' in where ? '实地调查' : '发函查询',
      visitedOn: scene.on,
      people: '田野、苗芳',
      found: n % 2 === 0 ? '未发现财产' : '发现财产',
      result: n % 2 === 0 ? '未发现可供执行的财产，周边走访情况见笔录。' : '查到可供执行的财产，拟依法控制。',
    })
    if (course === 'returned')
      await one.judge.act(path, 'sendBack', { reason: '请补充被询单位盖章的回函，并写明查询期间' })
    if (course === 'completed') await one.judge.act(path, 'accept')
  }
}

/** When it came, and how far it has come; what came early enough is overdue. */
const CLUES = [
  { days: 0, course: 'received', source: '申请执行人提供', detail: '某小区地下车库车位由被执行人长期使用。' },
  {
    days: 0,
    course: 'received',
    urgent: true,
    source: '申请执行人提供',
    detail: '被执行人名下货车今日停放在某物流园。',
  },
  { days: 15, course: 'received', source: '案外人举报', detail: '被执行人以亲属名义收取某街商铺租金。' },
  { days: 0, course: 'inquired', source: '匿名举报', detail: '被执行人在某县有承包林地。' },
  { days: 1, course: 'verified', source: '执行中发现', detail: '某平台账户有未提现的货款。' },
  { days: 16, course: 'received', urgent: true, source: '悬赏举报', detail: '被执行人拟于近日转卖一台挖掘机。' },
  { days: 1, course: 'answered', source: '申请执行人提供', detail: '被执行人在某公司任职并领取工资。' },
  { days: 1, course: 'answered', source: '其他法院移送', detail: '被执行人在他院案件中有待领取的案款。' },
  { days: 1, course: 'verified', source: '申请执行人提供', detail: '被执行人持有某公司百分之三十的股权。' },
  { days: 0, course: 'received', source: '被执行人报告', detail: '被执行人报告有一笔到期货款尚未收回。' },
  { days: 0, course: 'answered', source: '匿名举报', detail: '被执行人在某仓库存放库存商品。' },
  { days: 0, course: 'received', source: '申请执行人提供', detail: '被执行人新购商品房一套，尚未办理登记。' },
]
const NAMELESS = ['匿名举报', '执行中发现']

export async function takeClues(scene: Scene, cases: readonly Drawn[]): Promise<void> {
  for (const [n, { days, course, ...said }] of CLUES.entries()) {
    // No clue comes before the filing: old ones are of the last two cases, which are older than the others.
    const one = cases.at(days > 2 ? -1 - (n % 2) : n % cases.length) as Drawn
    const { caseNumber, judge } = one
    const provider = NAMELESS.includes(said.source) ? null : one.creditor
    const clue = { ...said, caseNumber, receivedOn: scene.ago(days), ...(provider ? { provider } : {}) }
    const { id } = await judge.do<{ id: string }>('/asset-clues', clue)
    const path = `/asset-clues/${id}`
    if (course === 'received') continue
    if (course === 'inquired') {
      const asked = { askedDebtor: one.debtors[0], askedUnit: '某县林业和草原局', askedFor: '查询林权登记' }
      await judge.act(path, 'inquire', asked)
      continue
    }
    await judge.attach(path, 'proof', await scene.paper('核实笔录', `${caseNumber}案：${said.detail}`))
    const outcome = n % 3 === 0 ? '不属实' : '属实'
    const finding = outcome === '属实' ? '已与有关单位核对，情况属实，拟依法控制。' : '经核对，该财产属案外人所有。'
    await judge.act(path, 'verify', { verifiedOn: scene.on, outcome, finding })
    if (course !== 'answered') continue
    const reply = { answeredOn: scene.on, how: '电话', reply: `线索${outcome}，已告知后续安排。` }
    await judge.act(path, 'answer', reply)
  }
}

const APPLICATIONS = [
  { subject: '悬赏公告', reward: '实际到账金额的百分之五', course: 'drafted' },
  { subject: '审计', course: 'received' },
  { subject: '悬赏公告', reward: '人民币五千元', course: 'proposed' },
  { subject: '审计', course: 'mending' },
  { subject: '悬赏公告', reward: '实际到账金额的百分之三', course: 'granted' },
]

/** 审计、悬赏: one of them waits for the director. */
export async function applyForSearch(scene: Scene, cases: readonly Drawn[]): Promise<void> {
  for (const [n, { course, ...said }] of APPLICATIONS.entries()) {
    const { caseNumber, creditor, debtors, judge } = cases[n] as Drawn
    const application = { ...said, caseNumber, applicant: creditor, debtor: debtors[0], appliedOn: scene.on }
    const ground = '网络查控未发现财产，被执行人有隐匿财产的可能'
    const { id } = await judge.do<{ id: string }>('/investigation-applications', { ...application, ground })
    const path = `/investigation-applications/${id}`
    if (course === 'drafted') continue
    await judge.attach(path, 'application', await scene.paper('书面申请', `申请人${creditor}申请${said.subject}。`))
    await judge.act(path, 'submit')
    if (course === 'mending') await judge.act(path, 'sendBack', { lacking: '请写明审计的期间和范围' })
    if (course !== 'proposed' && course !== 'granted') continue
    const answer = { reason: '符合规定的条件' }
    const { approval, version } = await judge.act<{ approval: { id: string }; version: number }>(path, 'grant', answer)
    if (course === 'granted') await (await scene.hand('maguodong')).do(`/approvals/${approval.id}/approve`, { version })
  }
}

const TASKS = [
  { task: '送达', requirement: '请向被执行人住所地直接送达报告财产令。', course: 'given' },
  { task: '制作文书', requirement: '请制作协助查询存款通知书五份。', course: 'handling' },
  { task: '网络查询', requirement: '请对被执行人发起第二轮网络查控。', course: 'completed' },
  { task: '线下查询调查', requirement: '请到不动产登记中心调取登记档案。', course: 'returned' },
  { task: '约谈接待', requirement: '请接待申请执行人并制作笔录。', course: 'fedBack' },
  { task: '录入归档', requirement: '请将网络查控反馈录入并归档。', course: 'done' },
  { task: '办理查封冻结', requirement: '请到银行办理账户冻结手续。', course: 'handling' },
  { task: '送达', requirement: '请向协助执行单位送达协助执行通知书。', course: 'given' },
  { task: '制作文书', requirement: '请制作财产调查告知书。', course: 'completed' },
  { task: '其他事务', requirement: '请联系社区核实被执行人居住情况。', course: 'given' },
  { task: '网络查询', requirement: '请查询被执行人车辆登记情况。', course: 'withdrawn' },
  { task: '录入归档', requirement: '请补录案件立案信息。', course: 'handling' },
]

/** 任务单 to the 事务集约 team, whose head takes and does them. */
export async function giveTasks(scene: Scene, cases: readonly Drawn[]): Promise<void> {
  const affairs = await scene.hand('songxinyi')
  const { items: teams } = await affairs.read<{ items: { id: string; kind: string }[] }>('/teams')
  const team = teams.find(({ kind }) => kind === 'centralized-affairs')?.id
  const person = await scene.personId('宋欣怡')
  for (const [n, { course, ...said }] of TASKS.entries()) {
    const { caseNumber, judge } = cases[n % cases.length] as Drawn
    const { id } = await judge.do<{ id: string }>('/task-orders', { ...said, team, caseNumber })
    const path = `/task-orders/${id}`
    if (course === 'withdrawn') await judge.act(path, 'withdraw', { reason: '已由本团队办理' })
    if (course === 'returned') await affairs.act(path, 'sendBack', { reason: '请补充被执行人身份信息和不动产坐落' })
    if (!['handling', 'done', 'fedBack', 'completed'].includes(course)) continue
    await affairs.act(path, 'take', { person })
    if (course === 'handling') continue
    await affairs.act(path, 'finish', { result: '已按要求办理，材料附后。' })
    if (course === 'done') continue
    await affairs.attach(path, 'proof', await scene.paper('办理材料', `${caseNumber}案：${said.requirement}`))
    await affairs.act(path, 'feedBack')
    if (course === 'completed') await judge.act(path, 'confirm')
  }
}
