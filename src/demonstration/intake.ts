import type { Hand } from './hand.ts'
import type { Scene } from './scene.ts'
import { filing, person } from './stock.ts'

// 立案核查、繁简分流、分案: each application goes as far as its course says.

export interface Drawn {
  id: string
  caseNumber: string
  creditor: string
  debtors: string[]
  judge: Hand
}

interface Case {
  id: string
  version: number
  caseNumber: string
  judge: string | null
  matters: { path: string; id: string }[]
  approval: { id: string } | null
}

/** What is wrong with an application that goes back, and what mends it. */
const FAULTS = [
  {
    wrong: { performBy: '2021-12-20' },
    mending: { performBy: '2021-07-20', reason: '履行期限录入有误，已与判决书核对' },
    reply: '履行期限届满日已按判决书更正',
  },
  {
    wrong: { basisEffectiveOn: '2021-10-18' },
    mending: { basisEffectiveOn: '2021-06-28', reason: '生效日期录入有误，已与生效证明核对' },
    reply: '已补充生效证明并更正生效日期',
  },
  { wrong: { debtors: [person(77, true)] }, mending: null, reply: '' },
]

type Course = 'checking' | 'returned' | 'rechecking' | 'withdrawn' | 'received' | 'proposed' | 'sorted' | 'drawn'

const times = (n: number, course: Course): Course[] => Array.from({ length: n }, () => course)
const COURSES: readonly Course[] = [
  ...times(14, 'drawn'),
  ...times(4, 'sorted'),
  ...times(5, 'proposed'),
  ...times(4, 'received'),
  ...times(4, 'returned'),
  ...times(2, 'rechecking'),
  ...times(1, 'withdrawn'),
  ...times(4, 'checking'),
]

/** Enters the applications and takes each as far as it is to come; those that have a judge are answered. */
export async function takeIn(scene: Scene): Promise<Drawn[]> {
  const [filer, clerk] = [await scene.hand('fangmingyu'), await scene.hand('linjing')]
  const drawn: Drawn[] = []
  for (const [n, course] of COURSES.entries()) {
    const fault = course === 'returned' || course === 'rechecking' ? FAULTS[n % FAULTS.length] : undefined
    const application = { ...filing(n, scene.on), ...fault?.wrong }
    const one = await filer.do<Case>('/cases', application)
    const check = `/filing-checks/${one.matters.find(({ path }) => path === 'filing-checks')?.id}`
    if (fault) await sendBack(filer, clerk, { check, id: one.id, fault: course === 'rechecking' ? fault : null })
    if (course === 'withdrawn') await filer.act(check, 'withdraw', { reason: '申请执行人撤回申请，已销案' })
    if (!['received', 'proposed', 'sorted', 'drawn'].includes(course)) continue
    await clerk.act(check, 'receive')
    if (course !== 'received') await sort(scene, clerk, one.id, course !== 'proposed')
    if (course === 'drawn') drawn.push(await draw(scene, clerk, one.id, application))
  }
  return drawn
}

/** One more application, received and drawn at once; as the clerk then sees the case. */
export async function enterDrawn(scene: Scene, application: object): Promise<Case> {
  const [filer, clerk] = [await scene.hand('fangmingyu'), await scene.hand('linjing')]
  const { id, matters } = await filer.do<Case>('/cases', application)
  await clerk.act(`/filing-checks/${matters.find(({ path }) => path === 'filing-checks')?.id}`, 'receive')
  return clerk.act(`/cases/${id}`, 'assign')
}

async function sendBack(
  filer: Hand,
  clerk: Hand,
  { check, id, fault }: { check: string; id: string; fault: (typeof FAULTS)[number] | null },
): Promise<void> {
  await clerk.act(check, 'sendBack', { requirement: '请与卷宗核对后补正，并附生效证明。' })
  if (!fault?.mending) return
  await filer.act(`/cases/${id}`, 'change', fault.mending)
  await filer.act(check, 'resubmit', { reply: fault.reply })
}

/** 繁简分流, approved or left in the director's inbox. */
async function sort(scene: Scene, clerk: Hand, id: string, isApproved: boolean): Promise<void> {
  const { approval, version } = await clerk.act<Case>(`/cases/${id}`, 'triage')
  if (!isApproved) return
  const director = await scene.hand('maguodong')
  await director.do(`/approvals/${approval?.id}/approve`, { version })
}

async function draw(scene: Scene, clerk: Hand, id: string, application: Record<string, unknown>): Promise<Drawn> {
  const { caseNumber, judge } = await clerk.act<Case>(`/cases/${id}`, 'assign')
  const { creditors, debtors } = application as Record<'creditors' | 'debtors', { name: string }[]>
  return {
    id,
    caseNumber,
    creditor: creditors[0]?.name ?? '',
    debtors: debtors.map(({ name }) => name),
    judge: await scene.judge(judge ?? ''),
  }
}
