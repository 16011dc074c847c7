// What can happen in a case and be dated: one name each, for the import, the record, the screen and the clocks alike.

interface Fact {
  label: string
  /** The header of its column in a court's export; null where exports have none. */
  column: string | null
  /** Entered by hand on the case page; the others follow from acts of their own (filing, suspension, closing). */
  entered: boolean
}

const own = (label: string, column: string | null = null) => ({ label, column, entered: false })
const entered = (label: string, column: string | null = null) => ({ label, column, entered: true })

export const FACTS = {
  'application-received': entered('收到执行申请'),
  filed: own('立案', '立案日期'),
  'case-transferred': entered('案卷移送执行'),
  'handler-assigned': entered('确定承办人'),
  'materials-received': entered('承办人收到材料'),
  'measure-taken': entered('采取强制措施'),
  'notice-sent': entered('执行通知书发出', '执行通知书发出日期'),
  'disclosure-ordered': entered('报告财产令发出', '报告财产令发出日期'),
  'clue-requested': entered('通知申请人提供线索'),
  'inquiry-started': entered('首次网络查控发起', '首次网络查控发起日期'),
  'investigation-applied': entered('申请人申请调查'),
  'investigation-started': entered('依申请启动调查'),
  'offline-inquiry': entered('传统查控', '传统查控日期'),
  'investigation-completed': entered('财产调查完成'),
  'clue-received': entered('收到财产线索'),
  'urgent-clue-received': entered('收到紧急财产线索'),
  'clue-verified': entered('线索核实'),
  'audit-applied': entered('申请审计'),
  'audit-answered': entered('审计申请答复'),
  'reward-applied': entered('申请悬赏'),
  'reward-answered': entered('悬赏申请答复'),
  'creditor-interviewed': entered('约谈申请执行人', '约谈申请执行人日期'),
  'consumption-limited': entered('限制消费', '限制消费日期'),
  'dishonest-listed': entered('纳入失信', '纳入失信日期'),
  'asset-controlled': entered('查封扣押冻结需处置财产'),
  'price-route-started': entered('启动确定参考价'),
  'price-inquiry-entrusted': entered('委托网络询价'),
  'price-inquiry-reported': entered('网络询价报告'),
  'appraisal-entrusted': entered('委托评估'),
  'appraisal-reported': entered('收到评估报告'),
  'price-report-sent': entered('参考价报告发送当事人'),
  'price-fixed': entered('参考价确定'),
  'realisation-started': entered('启动变价'),
  'first-auction-unsold': entered('一拍流拍'),
  'second-auction-started': entered('启动二拍'),
  'second-auction-unsold': entered('二拍流拍'),
  'satisfaction-asked': entered('询问以物抵债'),
  'satisfaction-declined': entered('不接受抵债'),
  'sale-announced': entered('发布变卖公告'),
  'auction-stay-ended': entered('暂缓拍卖事由消失'),
  'auction-resumed': entered('恢复拍卖'),
  'price-paid': entered('成交价款付清'),
  'auction-ruling-served': entered('成交裁定送达'),
  'asset-handed-over': entered('标的物移交'),
  'registration-ruled': entered('登记财产过户裁定'),
  'assistance-served': entered('协助执行通知送达'),
  'claim-notice-served': entered('到期债权履行通知送达'),
  'claim-answered': entered('第三人履行或异议'),
  'funds-arrived': entered('案款到账', '案款到账日期'),
  'postponement-ended': entered('延缓发放事由消失'),
  'funds-disbursed': entered('案款发放', '案款发放日期'),
  'termination-interview': entered('终本约谈', '终本约谈日期'),
  'closing-requested': entered('报请结案'),
  'closing-checked': entered('结案核查'),
  closed: own('结案', '结案日期'),
  suspended: own('中止', '中止日期'),
  resumed: own('中止后恢复'),
} as const satisfies Record<string, Fact>

export type FactName = keyof typeof FACTS

export const FACT_NAMES = Object.keys(FACTS) as FactName[]
