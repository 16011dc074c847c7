import type { Acting } from '#kernel/matter/acting.ts'
import { field } from '#kernel/matter/field.ts'
import { matter } from '#kernel/matter/kind.ts'
import { appointDeputy, endDeputy } from '#kernel/organisation/deputies.ts'
import { fieldProblem, problem } from '#kernel/problem/problem.ts'
import { addDays, type On } from '#kernel/time/time.ts'

const MOST_DAYS = 92

// 审批代理：第四条. Whoever approves and is absent names, for some days, who decides in his place. What the law leaves to
// the holder of a post alone (罚款、拘留) does not go to his deputy.
export const approvalDeputy = matter('approval-deputy', {
  title: '审批代理',
  articles: ['4'],
  path: 'approval-deputies',
  number: '{court}审批代理〔{year}〕{serial}号',
  opens: {
    by: ['president', 'vice-president', 'director', 'centre.head', 'team.head'],
    to: 'standing',
    tell: ['handler'],
    effect: appoint,
  },
  ends: ['ended'],
  fields: {
    handler: field.person('代理人'),
    fromOn: field.date('起始日'),
    toOn: field.date('截止日', { help: `含当日，最长${MOST_DAYS}日` }),
    reason: field.text('事由', { max: 200 }),
  },
  states: { standing: '已设置', ended: '已终止' },
  actions: {
    end: {
      label: '终止',
      from: ['standing'],
      to: 'ended',
      by: ['opener', 'system'],
      awaited: false,
      grave: true,
      effect: async ({ tx, thing, on }) => endDeputy(tx, thing.courtId, thing.id, on),
    },
  },
  clocks: {
    term: {
      label: '代理期',
      while: 'standing',
      rule: 'deputy.term',
      until: 'toOn',
      term: true,
      overdue: 'centre.head',
      act: 'end',
    },
  },
})

async function appoint({ tx, actor, thing, on }: Acting): Promise<void> {
  if (actor.kind !== 'person') throw problem('access.denied')
  const { handler, fromOn, toOn } = thing.values as { handler: string; fromOn: On; toOn: On }
  if (fromOn < on) throw fieldProblem([{ path: 'fromOn', message: '不能早于今天' }])
  if (toOn < fromOn) throw fieldProblem([{ path: 'toOn', message: '不能早于起始日' }])
  if (toOn > addDays(fromOn, MOST_DAYS - 1)) throw fieldProblem([{ path: 'toOn', message: `最长${MOST_DAYS}日` }])
  const absence = { courtId: thing.courtId, id: thing.id, personId: actor.personId, deputyId: handler, fromOn, toOn }
  const outcome = await appointDeputy(tx, absence)
  if (outcome === 'same-person') throw fieldProblem([{ path: 'handler', message: '不能由本人代理' }])
  if (outcome === 'not-working') throw fieldProblem([{ path: 'handler', message: '该人员没有业务岗位，或账号已停用' }])
  if (outcome === 'taken') throw problem('deputy.taken')
}
