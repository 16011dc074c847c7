import { upload } from '#kernel/matter/matter.ts'

// The papers of a case: each has a place of its own, so that it can be said which of them is missing.

const kept = { paperKept: true }

export const CASE_PAPERS = {
  paper: upload('案件材料', kept),
  notice: upload('执行通知书', kept),
  disclosureOrder: upload('报告财产令', kept),
  consumptionOrder: upload('限制消费令', kept),
  dishonestyDecision: upload('纳入失信决定书', kept),
  interviewRecord: upload('终本约谈笔录', kept),
  appraisalReport: upload('评估报告', kept),
  auctionRuling: upload('成交裁定书', kept),
  assistanceNotice: upload('协助执行通知书', kept),
  claimNotice: upload('履行到期债务通知书', kept),
  disbursementForm: upload('案款发放审批表', kept),
  suspensionRuling: upload('中止裁定书', kept),
  closingPaper: upload('结案文书', kept),
  terminationRuling: upload('终本裁定书', kept),
} as const
