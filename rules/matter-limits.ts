import type { Rule } from '#kernel/clock-rule/rule.ts'

// 事项期限: no national number of days was found for these (law.md 9, 10.1); they are settings of the court.

function setting(id: string, label: string, n: number, note: string | null = null): Rule {
  return {
    id,
    version: 1,
    label,
    n,
    unit: 'working-day',
    rolls: true,
    source: '本院设置',
    mark: 'C',
    internal: false,
    validFrom: '2014-01-01',
    validTo: null,
    note,
    startNote: null,
  }
}

/** 公告期: what was announced before the amended law came into force keeps the days that it was announced for. */
function publicNotice(version: number, n: number, article: string, validFrom: string, validTo: string | null): Rule {
  return {
    ...setting(
      'service.public-notice',
      '公告期',
      n,
      '自发出公告之日起算；以最后张贴或者刊登的日期为准，期满即视为送达',
    ),
    version,
    unit: 'day',
    source: `${article}；民事诉讼法解释第一百三十八条`,
    mark: 'V',
    validFrom,
    validTo,
  }
}

/** 委托送达: the court asked serves within ten days of its receipt of the papers. */
const ENTRUSTED_NOTE = '委托送达的，受托法院应自收到委托函和文书之日起十日内代为送达（民事诉讼法解释第一百三十四条）'

export const MATTER_LIMITS: readonly Rule[] = [
  setting(
    'supervision.receive',
    '督办签收',
    1,
    '最高法院督办应立即转发，本院掌握为两小时；期限以日计，两小时不能在此表示',
  ),
  setting('supervision.answer', '督办回复', 5, '每单可以另行指定回复期限'),
  setting('supervision.answer.high', '督办回复（高级法院督办）', 3, '每单可以另行指定回复期限'),
  setting('supervision.answer.supreme', '督办回复（最高法院督办）', 1, '第十七条要求立即转发、即时完成'),
  setting('supervision.review', '督办回复审核', 3),
  setting('deputy.term', '审批代理期', 30, '以设置的截止日为准'),
  setting('task-order.take', '任务单领取', 1),
  setting('task-order.handle', '任务单办理', 5, '每单可以另行指定完成期限'),
  setting('task-order.document', '任务单办理（制作文书）', 2, '每单可以另行指定完成期限'),
  setting('task-order.inquiry', '任务单办理（查询、查控）', 3, '每单可以另行指定完成期限'),
  setting('task-order.feedback', '任务单反馈', 1),
  setting('task-order.mend', '任务单退回补充', 2),
  setting('task-order.confirm', '任务单确认', 3),
  setting('service.first', '首次送达', 3),
  setting('service.result', '登记送达结果', 10, ENTRUSTED_NOTE),
  setting('service.next', '改用其他方式送达', 3),
  publicNotice(1, 60, '民事诉讼法（2017年修正）第九十二条', '1990-01-01', '2021-12-31'),
  publicNotice(2, 30, '民事诉讼法第九十五条', '2022-01-01', null),
  setting('inquiry.offline', '传统查控', 10, '每项任务可以另行指定完成日期'),
  setting('inquiry.review', '传统查控结果审核', 3),
  setting('clue.answer', '线索答复', 3, '自核实之日起答复申请执行人'),
  setting('application.mend', '调查申请补正', 5),
  setting('application.carry', '实施审计、悬赏', 10, '自准许之日起委托审计或者发布悬赏公告'),
  setting('related.order', '指定执行裁定', 10, '自上级法院同意集中之日起，由其作出指定执行裁定'),
  setting('related.verify', '关联案件核查报批', 5, '第十一条要求及时报批，未定日数'),
  setting('delegated.check', '事项委托初审', 1),
  setting('delegated.mend', '事项委托补正', 3),
  setting('delegated.reply', '事项委托催办', 10),
  setting('delegated.handle', '事项委托办理', 10),
]
