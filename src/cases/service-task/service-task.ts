import { keepTeam } from '#cases/case/case-of-matter.ts'
import { sql } from '#kernel/database/sql.ts'
import { perform } from '#kernel/matter/act.ts'
import type { Session } from '#kernel/matter/acting.ts'
import { field, filledLater } from '#kernel/matter/field.ts'
import { matter } from '#kernel/matter/kind.ts'
import { type Kind, upload, type VoidedDocument } from '#kernel/matter/matter.ts'
import { lockThing } from '#kernel/matter/store.ts'
import { FAILURES, PUBLIC_NOTICE, SERVICE_WAYS } from '#rules/service-ways.ts'
import { ATTEMPT_COLUMNS, attemptsAsked } from './attempts.ts'
import { announceExhausted, announceMissing, expireNotice, fail, send, serve, stopServing } from './service-acts.ts'
import { openService, SERVERS } from './service-opening.ts'

// 送达（第九条）: one task for each document and receiver. What was tried stands in its attempts; what serving starts or
// ends in the case stands in service-effects.ts; the ways and when they count stand in rules/service-ways.ts.

type Words = [string, ...string[]]
const WAYS = SERVICE_WAYS.map(({ way }) => way) as Words
const SENT_WAYS = SERVICE_WAYS.filter(({ sent }) => sent).map(({ way }) => way) as Words
const MANNERS = [...new Set(SERVICE_WAYS.flatMap(({ manners }) => manners))] as Words

const consent = field.flag('受送达人同意电子送达', { optional: true, help: '仅电子送达，以送达地址确认书为准' })
const servers = field.text('送达人', { max: 100, help: '实际办理送达的人员' })
const note = field.text('说明', { optional: true, max: 500 })
const notice = {
  publishedOn: field.date('公告日期', { help: '最后张贴或者刊登的日期' }),
  medium: field.text('公告载体', { max: 100, help: '报纸及版面、网站或者张贴地点' }),
  reason: field.text('公告送达的原因和经过', { max: 1000 }),
}
const UNSERVED = ['waiting', 'sent', 'failed', 'announced'] as const

export const serviceTask: Kind = matter('service-task', {
  title: '送达任务',
  articles: ['9'],
  number: '{court}送达〔{year}〕{serial}号',
  opens: { label: '交付送达', by: SERVERS.filter((who) => who !== 'holder'), to: 'waiting', effect: openService },
  ends: ['served', 'stopped'],
  fields: {
    document: field.document('送达的文书'),
    receiver: field.text('受送达人', { max: 200 }),
    documentTitle: field.text('文书', { later: true, max: 100 }),
    way: filledLater(field.choice('送达方式', ...WAYS, PUBLIC_NOTICE.way)),
    address: field.text('送达地址', { optional: true, max: 200, help: '不填的，用案件中登记的送达地址' }),
    phone: field.text('联系电话', { optional: true, max: 40 }),
    handler: field.person('送达人员', { optional: true }),
    caseNumber: field.caseNumber('执行案号', { later: true }),
    documentNumber: field.text('文书编号', { later: true, max: 100 }),
    side: filledLater(field.choice('受送达人身份', '申请执行人', '被执行人', '第三人', '其他')),
    publishedOn: field.date('公告日期', { later: true }),
    servedOn: field.date('送达日期', { later: true }),
  },
  states: {
    waiting: '待送达',
    sent: '已发出待回执',
    failed: '未送达待改用',
    announced: '公告中',
    served: '已送达',
    stopped: '终止送达',
  },
  documents: {
    proof: upload('送达证明', { paperKept: true }),
    untraceable: upload('下落不明证明', { paperKept: true }),
    notice: upload('公告及刊登凭证', { paperKept: true }),
  },
  actions: {
    send: {
      label: '登记发出',
      from: ['waiting', 'failed'],
      to: 'sent',
      by: SERVERS,
      ask: {
        way: field.choice('送达方式', ...SENT_WAYS),
        sentOn: field.date('发出日期'),
        reference: field.text('邮件号、受托法院或者电子地址', { max: 100 }),
        consent,
      },
      effect: send,
    },
    serve: {
      label: '登记送达',
      from: UNSERVED,
      to: 'served',
      by: SERVERS,
      needs: ['proof'],
      ask: {
        way: field.choice('送达方式', ...WAYS),
        servedOn: field.date('送达日期', { help: '签收、留置、到达或者退回的日期' }),
        manner: field.choice('签收情况', ...MANNERS),
        takenBy: field.text('签收人', { optional: true, max: 100 }),
        servers,
        witness: field.text('见证人', { optional: true, max: 100, help: '留置送达的，填见证人或者上传照片' }),
        note,
      },
      tell: ['holder'],
      effect: serve,
    },
    fail: {
      label: '登记未送达',
      from: ['waiting', 'sent', 'failed'],
      to: 'failed',
      by: SERVERS,
      needs: ['proof'],
      ask: {
        way: field.choice('送达方式', ...WAYS),
        failedOn: field.date('未送达日期'),
        cause: field.choice('未送达原因', ...FAILURES),
        servers,
        note,
      },
      tell: ['holder'],
      effect: fail,
    },
    announce: {
      label: '公告送达',
      from: ['failed'],
      to: 'announced',
      by: SERVERS,
      needs: ['notice'],
      grave: true,
      ask: notice,
      tell: ['holder'],
      effect: announceExhausted,
    },
    announceMissing: {
      label: '公告送达（下落不明）',
      from: ['waiting', 'failed'],
      to: 'announced',
      by: SERVERS,
      needs: ['notice', 'untraceable'],
      grave: true,
      awaited: false,
      ask: notice,
      tell: ['holder'],
      effect: announceMissing,
    },
    expire: {
      label: '公告期满',
      from: ['announced'],
      to: 'served',
      by: 'system',
      tell: ['holder'],
      effect: expireNotice,
    },
    readdress: {
      label: '变更送达地址',
      from: ['waiting', 'failed'],
      by: SERVERS,
      awaited: false,
      ask: {
        address: field.text('送达地址', { max: 200 }),
        reason: field.text('变更理由', { max: 500 }),
      },
    },
    handOver: {
      label: '指派送达人员',
      from: UNSERVED,
      by: ['team.head', 'team.judge', 'centre.clerk'],
      awaited: false,
      ask: { handler: field.person('送达人员') },
      tell: ['holder'],
      effect: keepTeam,
    },
    stop: {
      label: '终止送达',
      from: UNSERVED,
      to: 'stopped',
      by: SERVERS,
      grave: true,
      awaited: false,
      ask: { reason: field.text('终止理由', { max: 500 }) },
      tell: ['holder'],
      effect: stopServing,
    },
  },
  clocks: {
    first: { label: '首次送达', while: 'waiting', rule: 'service.first', overdue: 'centre.clerk' },
    result: { label: '登记送达结果', while: 'sent', rule: 'service.result', overdue: 'centre.clerk' },
    next: { label: '改用其他方式送达', while: 'failed', rule: 'service.next', overdue: 'centre.clerk' },
    notice: {
      label: '公告期',
      while: 'announced',
      rule: 'service.public-notice',
      from: 'publishedOn',
      term: true,
      overdue: 'centre.clerk',
      act: 'expire',
    },
  },
  single: ['document', 'receiver'],
  records: [{ label: '送达经过', columns: ATTEMPT_COLUMNS, asked: attemptsAsked }],
  onDocumentVoided: (session, document) => stopTasksOf(session, document),
})

/** A document that is void is served no more (第九条). */
async function stopTasksOf(session: Session, document: VoidedDocument): Promise<void> {
  const open = await session.tx.query<{ id: string }>(sql`
    select id from matter_service_task where court_id = ${document.courtId} and document = ${document.id}
      and state <> all(${[...serviceTask.ends]}) order by id`)
  for (const { id } of open) {
    const thing = await lockThing(session.tx, serviceTask, id)
    if (!thing || serviceTask.ends.includes(thing.state)) continue
    await perform(session, serviceTask, thing, 'stop', { reason: `文书已作废：${document.reason}` })
  }
}
