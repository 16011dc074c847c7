import type { Hand } from './hand.ts'
import type { Drawn } from './intake.ts'
import type { Scene } from './scene.ts'

// 文书和送达: each case has its notice; how serving it went differs from task to task.

const SETTINGS = {
  发文机关代字: '长新法',
  收款户名: '长春新区人民法院执行款专户',
  开户银行: '某银行长春新区支行',
  收款账号: '6200000000001234567',
  法院地址: '长春新区某路1号',
  联系电话: '0431-00000000',
}

const STREETS = ['某一街8号', '某二路66号', '某三大街120号2栋', '某四胡同5号']

/** How a task goes on from being handed over. */
const COURSES: readonly ((at: Task) => Promise<void>)[] = [
  served,
  sent,
  waiting,
  failed,
  announced,
  servedByPost,
  sent,
  served,
  missing,
  failedTwice,
  served,
  stopped,
  waiting,
  servedByPost,
  sent,
  waiting,
  announced,
]

interface Task {
  scene: Scene
  judge: Hand
  path: string
  receiver: string
  caseNumber: string
}

/** What the court's documents say of it, where nobody has said it yet. */
export async function setDocuments(scene: Scene): Promise<void> {
  const head = await scene.hand('luoxiaoming')
  const { items } = await head.read<{ items: { name: keyof typeof SETTINGS; value: string | null }[] }>(
    '/document-settings',
  )
  for (const { name, value } of items)
    if (value === null && SETTINGS[name]) await head.put('/document-settings', { name, value: SETTINGS[name] })
}

/** Issues each case's notice, hands it over and takes each task on its course. */
export async function serveNotices(scene: Scene, cases: readonly Drawn[]): Promise<void> {
  let tasks = 0
  for (const [n, one] of cases.entries()) {
    const { judge, id, caseNumber } = one
    await judge.act(`/cases/${id}`, 'executionNotice', { within: '三日内' })
    if (n % 4 === 0) await judge.act(`/cases/${id}`, 'disclosureOrder', { within: '收到本令后五日内' })
    // The last two notices wait to be handed over.
    if (n >= cases.length - 2) continue
    const { items: documents } = await judge.read<{ items: { id: string; title: string }[] }>(`/cases/${id}/documents`)
    const receivers = one.debtors.map((receiver, at) => ({
      receiver,
      address: `长春新区${STREETS[(n + at) % STREETS.length]}`,
    }))
    const document = documents.find(({ title }) => title === '执行通知书')?.id
    const made = await judge.do<{ items: { id: string; receiver: string }[] }>(`/cases/${id}/service-tasks`, {
      document,
      receivers,
    })
    for (const { id: task, receiver } of made.items) {
      await COURSES[tasks % COURSES.length]?.({ scene, judge, path: `/service-tasks/${task}`, receiver, caseNumber })
      tasks += 1
    }
  }
}

async function proof({ scene, judge, path, receiver, caseNumber }: Task, document: string, title: string) {
  const text = `${caseNumber}案执行通知书，受送达人${receiver}，${scene.on}。`
  await judge.attach(path, document, await scene.paper(title, text))
}

async function waiting(): Promise<void> {}

async function served(task: Task): Promise<void> {
  await proof(task, 'proof', '送达回证')
  await task.judge.act(task.path, 'serve', {
    way: '直接送达',
    servedOn: task.scene.on,
    manner: '本人签收',
    takenBy: task.receiver,
    servers: '苗芳、田野',
  })
}

async function sent({ judge, path, scene }: Task): Promise<void> {
  const reference = `EMS10${path.replace(/\D/g, '').slice(0, 9)}`
  await judge.act(path, 'send', { way: '邮寄送达', sentOn: scene.on, reference })
}

async function servedByPost(task: Task): Promise<void> {
  await sent(task)
  await proof(task, 'proof', '邮件回执')
  await task.judge.act(task.path, 'serve', {
    way: '邮寄送达',
    servedOn: task.scene.on,
    manner: '同住成年家属签收',
    takenBy: '家属',
    servers: '乔斌',
  })
}

async function failed(task: Task): Promise<void> {
  await proof(task, 'proof', '上门送达记录')
  await task.judge.act(task.path, 'fail', {
    way: '直接送达',
    failedOn: task.scene.on,
    cause: '无人在家',
    servers: '苗芳、田野',
    note: '已在门上张贴告知单，邻居称其外出务工。',
  })
}

async function failedTwice(task: Task): Promise<void> {
  await failed(task)
  await sent(task)
  await proof(task, 'proof', '退件封面')
  await task.judge.act(task.path, 'fail', {
    way: '邮寄送达',
    failedOn: task.scene.on,
    cause: '退件',
    servers: '乔斌',
    note: '邮件以“原址查无此人”退回。',
  })
}

/** After the other ways have failed. */
async function announced(task: Task): Promise<void> {
  await failedTwice(task)
  await announce(task, 'announce', '直接送达、邮寄送达均未果。')
}

/** Of somebody of whom nobody knows where he is. */
async function missing(task: Task): Promise<void> {
  await proof(task, 'untraceable', '社区下落不明证明')
  await announce(task, 'announceMissing', '社区和派出所均证明其下落不明。')
}

async function announce(task: Task, act: 'announce' | 'announceMissing', reason: string): Promise<void> {
  await proof(task, 'notice', '公告刊登凭证')
  await task.judge.act(task.path, act, { publishedOn: task.scene.on, medium: '人民法院公告网', reason })
}

async function stopped({ judge, path }: Task): Promise<void> {
  await judge.act(path, 'stop', { reason: '双方已达成和解，申请执行人申请暂缓送达。' })
}
