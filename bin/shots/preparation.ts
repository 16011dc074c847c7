import { openAsBlob } from 'node:fs'
import { basename, join } from 'node:path'
import type { BacklogRow, ImportRun } from '#cases/case/wire.ts'
import type { ThingView } from '#kernel/matter/wire.ts'
import type { Session } from './session.ts'

// The demonstration's morning has no orders from the backlog and no import run: a clerk gives their pages something to
// show. Everything goes over HTTP, as the clerk would do it.

const SAMPLE = join(import.meta.dirname, '..', '..', 'src/cases/import/sample/样例-执行案件明细表.xlsx')
const IMPORT_LIMIT_MS = 60_000

/** Raises two orders from the backlog, proposes to revoke one of them, and checks the sample file once more. */
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
  await dryRunSample(clerk)
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
