import type { Write } from './write-log.ts'
import type { Content, WritingClient } from './writing-client.ts'

// What the clients do all day: make cases, act on them, raise orders and answer them. Each write carries a mark.

export interface Board {
  /** Cases that were made, the newest last. */
  cases: string[]
  orders: string[]
  judges: readonly string[]
  mark: () => string
}

type Turn = (client: WritingClient, board: Board) => Promise<void>

const FILED_ON = ['2021-09-30', '2021-09-24', '2021-06-01'] as const
const RECENT = 60

function write(client: WritingClient, action: string, mark: string | null, thingId: string | null = null): Write {
  return { key: client.random.uuid(), mark, action, thingId }
}

/**
 * Half of the cases take the next number of their series; the others bring one from far away, and deadlines with it.
 * Only the centre names their judge.
 */
const makeCase =
  (desk: Desk): Turn =>
  async (client, board) => {
    const mark = board.mark()
    const isNumbered = client.random.chance(0.5)
    const number = mark.replace(/\D+/g, '').padStart(7, '0')
    const body = {
      caseNumber: isNumbered ? `（2021）吉0193执9${number}号` : null,
      kind: isNumbered ? '首次执行' : '执行复议',
      cause: mark,
      filedOn: client.random.pick(FILED_ON),
      basisNumber: null,
      amountFen: '100000',
      judgeId: desk === 'centre' ? client.random.pick(board.judges) : null,
      creditors: [{ name: '长春市某某有限公司' }],
      debtors: [{ name: '某某' }],
    }
    const made = await client.write(write(client, 'open', mark), { path: '/cases', body })
    if (made) board.cases.push(made.id)
  }

const actOnCase =
  (name: string, answers: (mark: string) => Record<string, unknown>): Turn =>
  async (client, board) => {
    const id = client.random.pick(board.cases.slice(-RECENT))
    if (!id) return
    const { version } = await client.read(`/cases/${id}`)
    const mark = board.mark()
    await client.write(write(client, name, mark, id), {
      path: `/cases/${id}/${name}`,
      body: { version, ...answers(mark) },
    })
  }

const changeCase = actOnCase('change', (mark) => ({ remark: mark, reason: mark }))
const suspendCase = actOnCase('suspend', (mark) => ({ on: '2021-09-30', ground: mark }))
const resumeCase = actOnCase('resume', () => ({ on: '2021-09-30' }))

async function raiseOrder(client: WritingClient, board: Board): Promise<void> {
  const mark = board.mark()
  const handler = client.random.pick(board.judges)
  const body = { source: '本院督办', target: '承办人', handler, requirement: mark }
  const made = await client.write(write(client, 'open', mark), { path: '/supervision-orders', body })
  if (made) board.orders.push(made.id)
}

/** Takes an order one step further, as far as this person may. */
const moveOrder =
  (steps: Readonly<Record<string, readonly string[]>>): Turn =>
  async (client, board) => {
    const id = client.random.pick(board.orders.slice(-RECENT))
    if (!id) return
    const order = await client.read(`/supervision-orders/${id}`)
    const able = order.abilities.map(({ name }: { name: string }) => name)
    const action = client.random.pick((steps[order.state] ?? []).filter((step) => able.includes(step)))
    if (!action) return
    const mark = board.mark()
    if (action === 'answer' && order.attachments.length === 0) return attachProof(client, id, mark)
    await client.write(write(client, action, mark, id), {
      path: `/supervision-orders/${id}/${action}`,
      body: { version: order.version, ...(WORDS[action]?.(mark) ?? {}) },
    })
  }

const WORDS: Readonly<Record<string, (mark: string) => Record<string, unknown>>> = {
  answer: (mark) => ({ reply: mark }),
  sendBack: (mark) => ({ reason: mark }),
  extend: (mark) => ({ answerOn: '2021-12-31', reason: mark }),
}

async function attachProof(client: WritingClient, id: string, mark: string): Promise<void> {
  const bytes = Buffer.from(`%PDF-1.4\n${mark.repeat(client.random.whole(1, 5_000))}\n%%EOF\n`)
  const content: Content = {
    path: `/supervision-orders/${id}/attachments`,
    form: { fields: { document: 'proof' }, name: `${mark}.pdf`, bytes },
  }
  await client.write(write(client, 'attach', mark, id), content)
}

const ISSUER_STEPS = { issued: ['extend'], handling: ['extend'], answered: ['sendBack', 'complete', 'complete'] }
const JUDGE_STEPS = { issued: ['receive'], handling: ['answer'], returned: ['answer'] }

/** Who works, and at what; a name that stands more than once is a turn that comes more often. */
const DESKS: Readonly<Record<string, readonly Turn[]>> = {
  filing: [makeCase('filing'), makeCase('filing'), changeCase],
  centre: [
    ...[makeCase('centre'), makeCase('centre'), changeCase, raiseOrder, raiseOrder],
    ...[moveOrder(ISSUER_STEPS), moveOrder(ISSUER_STEPS)],
  ],
  judge: [suspendCase, resumeCase, moveOrder(JUDGE_STEPS), moveOrder(JUDGE_STEPS), moveOrder(JUDGE_STEPS)],
}

export type Desk = 'filing' | 'centre' | 'judge'

/** Sixteen people of one court at their desks, and who of them may do what. */
export const CLERKS: readonly { username: string; desk: Desk }[] = [
  ...(['fangmingyu', 'fangmingyu', 'fangmingyu'] as const).map((username) => ({ username, desk: 'filing' as const })),
  ...(['linjing', 'linjing', 'chensiyu', 'chensiyu', 'luoxiaoming', 'luoxiaoming', 'linjing'] as const).map(
    (username) => ({ username, desk: 'centre' as const }),
  ),
  ...(['sunhaitao', 'sunhaitao', 'yuchunmei', 'yuchunmei', 'hanlixin', 'hanlixin'] as const).map((username) => ({
    username,
    desk: 'judge' as const,
  })),
]

/** One turn of one person. */
export async function takeTurn(client: WritingClient, desk: Desk, board: Board): Promise<void> {
  await client.random.pick(DESKS[desk] ?? [])(client, board)
}
