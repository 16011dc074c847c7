import { assetClue } from '#cases/asset-clue/asset-clue.ts'
import { enforcementCase } from '#cases/case/case.ts'
import { filingCheck } from '#cases/filing-check/filing-check.ts'
import { investigationApplication } from '#cases/investigation-application/investigation-application.ts'
import { offlineInquiry } from '#cases/offline-inquiry/offline-inquiry.ts'
import { relatedProposal } from '#cases/related-proposal/related-proposal.ts'
import { serviceTask } from '#cases/service-task/service-task.ts'
import { specialParty } from '#cases/special-party/special-party.ts'
import { specialReport } from '#cases/special-party/special-report.ts'
import { taskOrder } from '#cases/task-order/task-order.ts'
import { approvalDeputy } from '#general/approval-deputy/approval-deputy.ts'
import { supervisionOrder } from '#general/supervision/supervision-order.ts'
import type { Kind } from '#kernel/matter/matter.ts'
import type { KindView } from '#kernel/matter/wire.ts'

// The chapters in the document's order, each with its kinds. The one place that names them all.

export interface Chapter {
  id: KindView['chapter']
  title: string
  kinds: readonly Kind[]
}

export const CHAPTERS: readonly Chapter[] = [
  {
    id: 'cases',
    title: '案件管理',
    kinds: [
      enforcementCase,
      filingCheck,
      relatedProposal,
      taskOrder,
      serviceTask,
      offlineInquiry,
      assetClue,
      investigationApplication,
      specialParty,
      specialReport,
    ],
  },
  { id: 'quality', title: '质效管理', kinds: [] },
  { id: 'general', title: '综合管理', kinds: [supervisionOrder, approvalDeputy] },
  { id: 'support', title: '运行管理', kinds: [] },
]
