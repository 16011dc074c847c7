import { dayInCase, enterFacts, keepTeam, tieToCase } from '#cases/case/case-of-matter.ts'
import type { FactName } from '#cases/case/fact-names.ts'
import { lockCases } from '#cases/case/lock-cases.ts'
import type { Who } from '#kernel/authorisation/may.ts'
import { sql } from '#kernel/database/sql.ts'
import type { Acting } from '#kernel/matter/acting.ts'
import { field } from '#kernel/matter/field.ts'
import { matter } from '#kernel/matter/kind.ts'
import { upload } from '#kernel/matter/matter.ts'
import { saveThing } from '#kernel/matter/store.ts'
import { problem } from '#kernel/problem/problem.ts'
import type { On } from '#kernel/time/time.ts'

// 审计、悬赏申请（第十三条；财产调查规定第十七条、第二十一条）: a written application of the creditor, decided within ten days by
// the judge with the director's approval, then carried out.

const TEAM = ['team.head', 'team.judge', 'team.assistant', 'team.clerk'] as const
const OPENERS: readonly Who[] = [...TEAM, 'centre.clerk', 'filing']
const JUDGES: readonly Who[] = ['team.judge', 'team.head']

const reason = field.text('理由', { max: 1000 })

export const investigationApplication = matter('investigation-application', {
  title: '审计、悬赏申请',
  articles: ['13'],
  number: '{court}查申〔{year}〕{serial}号',
  opens: { label: '登记申请', by: OPENERS, to: 'drafted', effect: openApplication },
  ends: ['carriedOut', 'rejected', 'withdrawn'],
  fields: {
    caseNumber: field.caseNumber('执行案号'),
    subject: field.choice('申请事项', '审计', '悬赏公告'),
    applicant: field.text('申请人', { max: 200 }),
    appliedOn: field.date('申请日期', { help: '收到书面申请的日期' }),
    debtor: field.text('被执行人', { max: 200, help: '被审计的单位，或者悬赏查找财产的被执行人' }),
    ground: field.text('申请理由', { max: 1000 }),
    reward: field.text('悬赏金的数额或者计算方法', { optional: true, max: 300, help: '申请悬赏公告的必须填写' }),
    handler: field.person('承办人', { optional: true }),
    decidedOn: field.date('答复日期', { later: true }),
    result: field.text('实施结果', { later: true, max: 2000 }),
  },
  states: {
    drafted: '待提交',
    received: '待审查',
    mending: '退回补正',
    granted: '准许待实施',
    carriedOut: '已实施',
    rejected: '不予准许',
    withdrawn: '申请人撤回',
  },
  documents: {
    application: upload('书面申请', { paperKept: true }),
    decision: upload('决定书或者答复', { paperKept: true }),
    outcome: upload('审计报告或者悬赏公告', { paperKept: true }),
  },
  actions: {
    submit: {
      label: '提交审查',
      from: ['drafted', 'mending'],
      to: 'received',
      by: OPENERS,
      needs: ['application'],
      ask: { note: field.text('说明', { optional: true, max: 500 }) },
      tell: ['holder'],
    },
    grant: {
      label: '准许',
      from: ['received'],
      to: 'granted',
      by: JUDGES,
      approval: 'director',
      ask: { reason },
      tell: ['opener', 'holder'],
      effect: decide,
    },
    reject: {
      label: '不予准许',
      from: ['received'],
      to: 'rejected',
      by: JUDGES,
      approval: 'director',
      grave: true,
      ask: { reason },
      tell: ['opener', 'holder'],
      effect: decide,
    },
    sendBack: {
      label: '退回补正',
      from: ['received'],
      to: 'mending',
      by: JUDGES,
      awaited: false,
      ask: { lacking: field.text('需要补正的内容', { max: 500 }) },
      tell: ['opener'],
    },
    carryOut: {
      label: '登记实施结果',
      from: ['granted'],
      to: 'carriedOut',
      by: ['holder', ...TEAM],
      needs: ['outcome'],
      ask: {
        carriedOutOn: field.date('实施日期', { help: '委托审计或者发布悬赏公告的日期' }),
        result: field.text('实施结果', { max: 2000 }),
      },
      tell: ['opener'],
      effect: checkCarriedOut,
    },
    withdraw: {
      label: '登记申请人撤回',
      from: ['drafted', 'received', 'mending', 'granted'],
      to: 'withdrawn',
      by: OPENERS,
      awaited: false,
      grave: true,
      ask: { reason },
      tell: ['holder'],
      effect: feedApplications,
    },
    handOver: {
      label: '指派承办人',
      from: ['drafted', 'received', 'mending', 'granted'],
      by: ['team.head', 'centre.clerk'],
      awaited: false,
      ask: { handler: field.person('承办人') },
      tell: ['holder'],
      effect: keepTeam,
    },
  },
  clocks: {
    decide: {
      label: '答复申请人',
      while: 'received',
      rule: ({ subject }) => (subject === '审计' ? 'node.audit' : 'node.reward'),
      from: 'appliedOn',
      overdue: 'director',
    },
    mend: { label: '补正申请', while: 'mending', rule: 'application.mend', overdue: 'team.head' },
    carry: { label: '实施审计、悬赏', while: 'granted', rule: 'application.carry', overdue: 'director' },
  },
})

const FACTS_OF: Readonly<Record<string, [applied: FactName, answered: FactName]>> = {
  审计: ['audit-applied', 'audit-answered'],
  悬赏公告: ['reward-applied', 'reward-answered'],
}

async function openApplication(acting: Acting): Promise<void> {
  const { thing } = acting
  if (thing.values.subject === '悬赏公告' && !thing.values.reward) {
    throw problem('application.reward', {}, { fields: [{ path: 'reward', message: '请填写' }] })
  }
  const { id } = await tieToCase(acting, thing.caseId, OPENERS)
  const tied = { ...acting, thing: { ...thing, caseId: id } }
  await dayInCase(tied, 'appliedOn')
  await feedApplications(tied)
}

/** The answer is given on the day on which the director approves it. */
async function decide(acting: Acting): Promise<void> {
  const { tx, kind, thing, on } = acting
  await saveThing(tx, kind, thing, { decided_on: on })
  await feedApplications(acting)
}

/**
 * The node 审计申请答复 or 悬赏申请答复 of the case runs from its earliest application that waits for an answer. Where none
 * does, the one that was answered last tells when; one that was withdrawn unanswered was never there.
 */
async function feedApplications(acting: Acting): Promise<void> {
  const { tx, kind, thing } = acting
  // Of two that end at once, the second must see the end of the first.
  await lockCases(tx, sql`court_id = ${thing.courtId} and id = ${thing.caseId}`)
  const { subject } = thing.values
  const one = await tx.maybe<{ applied_on: On; decided_on: On | null }>(sql`
    select applied_on, decided_on from matter_investigation_application
    where court_id = ${thing.courtId} and case_id = ${thing.caseId} and subject = ${subject}
      and (state <> 'withdrawn' or decided_on is not null)
    order by decided_on desc nulls first, case when decided_on is null then applied_on end, applied_on desc limit 1`)
  const [applied, answered] = FACTS_OF[String(subject)] as [FactName, FactName]
  await enterFacts(
    acting,
    { [applied]: one?.applied_on ?? null, [answered]: one?.decided_on ?? null },
    `${thing.number}${kind.states[thing.state] ?? ''}`,
  )
}

async function checkCarriedOut(acting: Acting): Promise<void> {
  await dayInCase(acting, 'carriedOutOn')
}
