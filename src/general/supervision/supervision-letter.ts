import { body, dated, plain, signature } from '#kernel/documents/block.ts'
import { letterForm } from '#kernel/documents/form.ts'

// 督办函: the paper of a supervision order, as an official letter of the court (第一条、第三十六条第一项).

export const supervisionLetter = letterForm('supervision-letter', {
  title: '督办函',
  numbering: { by: 'letter', word: '督' },
  required: ['主送', '编号', '督办要求'],
  body: [
    plain('{主送}：'),
    body(
      '现就{来源}事项（{编号}）{#执行案号}，所涉执行案件{执行案号}{/执行案号}{#问题节点}，问题节点为“{问题节点}”{/问题节点}，督办如下：',
    ),
    body('{督办要求}'),
    body(
      '请{#回复期限}于{回复期限}前{/回复期限}{^回复期限}在规定期限内{/回复期限}办理完毕，并通过执行指挥中心平台书面回复办理情况，附相关证明材料。',
    ),
    signature('{法院}执行指挥中心'),
    dated('{日期}'),
  ],
})
