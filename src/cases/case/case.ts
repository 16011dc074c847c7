import { changeHandler, checkReceived, drawJudge } from '#cases/assignment/case-assignment.ts'
import { caseDocuments, caseIssuing } from '#cases/documents/case-issuing.ts'
import { CASE_TAGS, caseData } from '#cases/documents/case-paper.ts'
import { checkFiling } from '#cases/filing-check/filing-acts.ts'
import { recountCases } from '#cases/node-watch/case-clock-store.ts'
import { watchRung } from '#cases/node-watch/node-watch.ts'
import { TRACKS } from '#cases/triage/track.ts'
import { changeTrack, checkTrack, previewTrack, triage } from '#cases/triage/triage-acts.ts'
import { followPaper } from '#cases/warnings/paper-follow.ts'
import { field } from '#kernel/matter/field.ts'
import { matter } from '#kernel/matter/kind.ts'
import { condition } from '#kernel/matter/matter.ts'
import { change, close, correctDate, extendLimit, recordNode, resume, suspend } from './case-acts.ts'
import { CASE_PAPERS } from './case-papers.ts'
import { previewExtension } from './extension-preview.ts'
import { CORRECTABLE_LABELS, RECORDABLE_LABELS } from './fact-choices.ts'
import { BASIS_KINDS, DUTIES, JURISDICTIONS } from './filing-particulars.ts'
import { noteLegalRepresentative } from './legal-representative.ts'

// 执行案件：第一条、第九条、第十条、第十二条、第十七条
// A case is a matter with a table, parties and facts of its own. Its clocks follow from its facts (node-watch).

const TEAM = ['holder', 'team.head', 'team.judge', 'team.assistant', 'team.clerk'] as const
const CENTRE = ['centre.clerk', 'centre.head'] as const

/** Whoever has a case loses it by 变更承办人 alone, with a reason and the director's word. */
const unassigned = condition('尚未确定承办人的案件', (_, thing) => (thing?.holderId ?? null) === null)
const PARTICULARS = {
  basisKind: field.optional(field.choice('执行依据种类', ...BASIS_KINDS)),
  basisMaker: field.text('作出机构', { optional: true, max: 100 }),
  basisEffectiveOn: field.date('执行依据生效日期', { optional: true }),
  performBy: field.date('履行期限届满日', { optional: true }),
  duty: field.optional(field.choice('执行内容', ...DUTIES)),
  jurisdiction: field.optional(field.choice('管辖依据', ...JURISDICTIONS)),
}

const untriaged = condition('尚未分流的案件；已分流的请用“另定繁简”', (values) => values.track === null)

export const CLOSING_WAYS = ['执行完毕', '终结执行', '销案', '不予执行', '驳回申请'] as const

export const enforcementCase = matter('case', {
  title: '执行案件',
  articles: ['1', '10', '17'],
  table: 'enforcement_case',
  own: { routes: true },
  opens: { label: '立案登记', by: ['filing', ...CENTRE], to: 'handling' },
  ends: ['closed', 'terminated'],
  fields: {
    caseKind: field.text('案件类型'),
    cause: field.text('案由', { optional: true }),
    filedOn: field.date('立案日期'),
    basisNumber: field.text('执行依据文号', { optional: true }),
    amountFen: field.money('申请执行标的', { optional: true }),
    remark: field.text('备注', { optional: true, max: 2000 }),
    ...PARTICULARS,
    track: field.optional(field.choice('繁简', ...TRACKS)),
  },
  states: { handling: '在执', suspended: '中止', closed: '已结', terminated: '终本' },
  documents: { ...CASE_PAPERS, ...caseDocuments },
  papersAfterEnd: true,
  onPaper: followPaper,
  actions: {
    assign: {
      label: '分案',
      bulk: true,
      from: ['handling'],
      articles: ['10'],
      by: [...CENTRE],
      when: unassigned,
      grave: true,
      check: checkReceived,
      effect: drawJudge,
    },
    recordNode: {
      label: '登记节点',
      bulk: true,
      // Money that comes in and a seizure that ends after the closing are entered all the same.
      from: ['handling', 'suspended', 'closed', 'terminated'],
      articles: ['17'],
      by: [...TEAM, ...CENTRE, 'centre.inquiry-operator', 'centre.funds-officer'],
      ask: {
        node: field.choice('节点', ...RECORDABLE_LABELS),
        on: field.date('完成日期'),
        arrivedFen: field.money('金额（案款到账时填写）', { optional: true }),
      },
      effect: recordNode,
    },
    correctDate: {
      label: '更正日期',
      from: ['handling', 'suspended', 'closed', 'terminated'],
      by: [...TEAM, ...CENTRE],
      grave: true,
      ask: {
        fact: field.choice('要更正的日期', ...CORRECTABLE_LABELS),
        on: field.date('正确日期', { optional: true, help: '不填表示该日期不应有' }),
        reason: field.text('更正理由', { max: 1000 }),
      },
      effect: correctDate,
    },
    suspend: {
      label: '中止',
      from: ['handling'],
      to: 'suspended',
      by: ['holder', 'team.judge', 'team.head'],
      grave: true,
      ask: { on: field.date('中止日期'), ground: field.text('中止事由', { max: 1000 }) },
      effect: suspend,
    },
    resume: {
      label: '恢复计算',
      from: ['suspended'],
      to: 'handling',
      by: ['holder', 'team.judge', 'team.head'],
      ask: { on: field.date('恢复日期') },
      effect: resume,
    },
    extend: {
      label: '延长执行期限',
      from: ['handling'],
      by: ['holder', 'team.judge'],
      approval: 'president',
      grave: true,
      reauth: true,
      ask: { months: field.number('延长月数', { min: 1, max: 3 }), reason: field.text('延长理由', { max: 1000 }) },
      tell: ['holder'],
      preview: previewExtension,
      effect: extendLimit,
    },
    change: {
      label: '补正信息',
      from: ['handling', 'suspended'],
      by: ['filing', ...CENTRE],
      articles: ['10'],
      ask: {
        cause: field.text('案由', { optional: true }),
        basisNumber: field.text('执行依据文号', { optional: true }),
        amountFen: field.money('申请执行标的', { optional: true }),
        remark: field.text('备注', { optional: true, max: 2000 }),
        ...PARTICULARS,
        reason: field.text('补正说明', { max: 1000 }),
      },
      tell: ['holder'],
      effect: change,
    },
    noteLegalRepresentative: {
      label: '登记法定代表人',
      from: ['handling', 'suspended'],
      by: ['filing', ...TEAM, ...CENTRE],
      articles: ['11'],
      ask: {
        firm: field.text('当事人名称', { max: 200, help: '单位当事人的名称' }),
        representative: field.text('法定代表人姓名', { max: 100 }),
        identity: field.text('法定代表人身份证号码', { max: 30, help: '用于核查关联案件；记录中只显示首尾几位' }),
      },
      effect: noteLegalRepresentative,
    },
    checkFiling: {
      label: '核查立案信息',
      bulk: true,
      from: ['handling', 'suspended'],
      by: ['filing', ...CENTRE],
      articles: ['10'],
      effect: checkFiling,
    },
    triage: {
      label: '繁简分流',
      bulk: true,
      from: ['handling', 'suspended'],
      by: CENTRE,
      articles: ['12'],
      when: untriaged,
      approval: 'director',
      tell: ['holder'],
      check: checkTrack,
      preview: previewTrack,
      previewHolds: true,
      effect: triage,
    },
    changeTrack: {
      label: '另定繁简',
      from: ['handling', 'suspended'],
      by: [...CENTRE, 'team.head', 'holder'],
      articles: ['12'],
      approval: 'director',
      ask: {
        toTrack: field.choice('分流为', ...TRACKS),
        reason: field.text('理由', { max: 500, help: '与系统建议不同，或者变更已定分流的理由' }),
      },
      tell: ['holder'],
      check: checkTrack,
      preview: previewTrack,
      effect: changeTrack,
    },
    changeHandler: {
      label: '变更承办人',
      bulk: true,
      from: ['handling', 'suspended'],
      articles: ['10'],
      by: [...CENTRE],
      approval: 'director',
      grave: true,
      reauth: true,
      ask: {
        handler: field.person('承办人', {
          role: 'team.judge',
          optional: true,
          help: '不填则在可以承办的法官中随机确定',
        }),
        reason: field.text('变更理由', { max: 1000 }),
      },
      check: checkReceived,
      effect: changeHandler,
    },
    close: {
      label: '结案',
      from: ['handling', 'suspended'],
      to: 'closed',
      by: ['holder', 'team.judge', ...CENTRE],
      grave: true,
      reauth: true,
      ask: { on: field.date('结案日期'), way: field.choice('结案方式', ...CLOSING_WAYS) },
      effect: close,
    },
    terminate: {
      label: '终结本次执行程序',
      from: ['handling', 'suspended'],
      to: 'terminated',
      by: ['holder', 'team.judge'],
      grave: true,
      reauth: true,
      ask: { on: field.date('结案日期') },
      effect: close,
    },
    ...caseIssuing,
  },
  paper: { tags: CASE_TAGS, data: caseData },
  onRung: watchRung,
  recount: recountCases,
})
