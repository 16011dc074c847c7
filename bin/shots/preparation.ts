import { openAsBlob } from 'node:fs'
import { basename, join } from 'node:path'
import type { BacklogRow, CaseList, CaseView, ImportRun } from '#cases/case/wire.ts'
import type { ThingView } from '#kernel/matter/wire.ts'
import type { TeamView } from '#kernel/organisation/wire.ts'
import { addDays } from '#kernel/time/time.ts'
import type { Session } from './session.ts'

// The demonstration starts without orders, approvals and import runs: a clerk's first morning gives their pages
// something to show. Everything goes over HTTP, as the clerk would do it.

const SAMPLE = join(import.meta.dirname, '..', '..', 'src/cases/import/sample/样例-执行案件明细表.xlsx')
const IMPORT_LIMIT_MS = 60_000

/**
 * Raises two orders from the backlog, proposes to revoke one of them, has a filing checked, a case drawn for a judge,
 * gives a task, checks the sample file once more, and brings a special party into its ledger.
 */
export async function prepare(sessions: readonly Session[]): Promise<void> {
  const clerk = await clerkWithBacklog(sessions)
  const { items } = await clerk.get<{ items: BacklogRow[] }>('/backlog?limit=50')
  const clockIds = items.filter(({ orderId }) => orderId === null).map(({ clockId }) => clockId)
  const { orders } = await clerk.post<{ orders: { id: string }[] }>('/backlog/orders', {
    clockIds: clockIds.slice(0, 2),
    requirement: '请于期限内办结并回复办理情况。',
  })
  const second = await clerk.get<ThingView>(`/supervision-orders/${orders[1]?.id}`)
  await clerk.post(`/supervision-orders/${second.id}/revoke`, { version: second.version, reason: '节点已在线下办结。' })
  await checkFiling(clerk)
  await assignAndGive(clerk)
  await dryRunSample(clerk)
  await listSpecialParty(clerk)
}

/** A case against an office comes into the ledger of special parties; the month before has its report. */
async function listSpecialParty(clerk: Session): Promise<void> {
  const monthEndOn = addDays(`${clerk.todayOn.slice(0, 7)}-01`, -1)
  await clerk.post('/cases', {
    kind: '首次执行',
    filedOn: monthEndOn,
    amountFen: '128000000',
    creditors: [{ name: '某建筑工程有限公司' }],
    debtors: [{ name: '某县财政局' }],
  })
  const { items } = await clerk.get<{ items: { id: string }[] }>('/special-parties?state=proposed')
  const entry = await clerk.get<ThingView>(`/special-parties/${items[0]?.id}`)
  await clerk.post(`/special-parties/${entry.id}/confirm`, { version: entry.version })
  const report = await clerk.post<ThingView>('/special-reports', { monthEndOn })
  await clerk.post(`/special-reports/${report.id}/generate`, { version: report.version })
}

/** Has the filing of a case in hand checked. */
async function checkFiling(clerk: Session): Promise<void> {
  const { items } = await clerk.get<CaseList>('/cases?state=handling&limit=1')
  const one = await clerk.get<CaseView>(`/cases/${items[0]?.id}`)
  await clerk.post(`/cases/${one.id}/checkFiling`, { version: one.version })
}

/** A new case goes to a judge by lot, and the 事务集约 team gets a task on it. */
async function assignAndGive(clerk: Session): Promise<void> {
  const one = await clerk.post<CaseView>('/cases', {
    kind: '首次执行',
    filedOn: clerk.todayOn,
    creditors: [{ name: '某甲公司' }],
    debtors: [{ name: '某乙' }],
  })
  await clerk.post(`/cases/${one.id}/assign`, { version: one.version })
  const { items: teams } = await clerk.get<{ items: TeamView[] }>('/teams')
  const team = teams.find(({ kind }) => kind === 'centralized-affairs')?.id
  const task = { team, caseNumber: one.caseNumber, task: '送达', requirement: '请向被执行人送达执行通知书。' }
  await clerk.post('/task-orders', task)
}

/** A clerk of the command centre who has overdue nodes before him and may act on them. */
async function clerkWithBacklog(sessions: readonly Session[]): Promise<Session> {
  for (const session of sessions) {
    const acts = session.roles.includes('centre.clerk') && session.menu.includes('/imports')
    if (acts && (await session.firstId('/cases')) !== null) return session
  }
  throw new Error('演示账号里没有可以办理存量超期的指挥中心专员')
}

async function dryRunSample(clerk: Session): Promise<void> {
  const form = new FormData()
  form.set('asOfOn', clerk.todayOn)
  form.set('dryRun', 'true')
  form.set('file', await openAsBlob(SAMPLE), basename(SAMPLE))
  let run = await clerk.send<ImportRun>('/imports', form)
  const until = Date.now() + IMPORT_LIMIT_MS
  while (run.state === 'waiting' || run.state === 'checking') {
    if (Date.now() > until) throw new Error('样例预检没有结束')
    await new Promise((resolve) => setTimeout(resolve, 200))
    run = await clerk.get<ImportRun>(`/imports/${run.id}`)
  }
}
