import { body, dated, plain, signature } from '#kernel/documents/block.ts'
import { courtForm } from '#kernel/documents/form.ts'

// Orders and decisions on sanctions: signed by the president (限消规定、失信规定、民事诉讼法罚款拘留各条).

/** Who it is about, as a decision begins. */
const WHO = [body('{#被执行人}'), body('被执行人：{名称}，{身份信息}{#住址}，住{住址}{/住址}。'), body('{/被执行人}')]

export const consumptionLimit = courtForm('consumption-limit', {
  title: '限制消费令',
  numbering: { by: 'ruling', class: '令' },
  required: ['依据限制消费', '限制对象'],
  body: [
    plain('{限制对象}：'),
    body(
      '本院于{立案日期}立案执行申请执行人{申请执行人姓名}申请执行{执行依据}一案，因被执行人{被执行人姓名}' +
        '未按执行通知书指定的期间履行生效法律文书确定的给付义务，依照{依据限制措施}、{依据限制消费}、{依据限制项目}的规定，' +
        '本院对你（单位）采取限制消费措施，限制你（单位）及你单位的法定代表人、主要负责人、影响债务履行的直接责任人员、' +
        '实际控制人不得实施以下高消费及非生活和工作必需的消费行为：',
    ),
    body('一、乘坐交通工具时，选择飞机、列车软卧、轮船二等以上舱位；'),
    body('二、在星级以上宾馆、酒店、夜总会、高尔夫球场等场所进行高消费；'),
    body('三、购买不动产或者新建、扩建、高档装修房屋；'),
    body('四、租赁高档写字楼、宾馆、公寓等场所办公；'),
    body('五、购买非经营必需车辆；'),
    body('六、旅游、度假；'),
    body('七、子女就读高收费私立学校；'),
    body('八、支付高额保费购买保险理财产品；'),
    body('九、乘坐G字头动车组列车全部座位、其他动车组列车一等以上座位等其他非生活和工作必需的消费行为。'),
    body('因生活或者经营必需而进行上述消费活动的，应当向本院提出申请，获批准后方可进行。'),
    body('违反本令的，本院将依法予以罚款、拘留；情节严重，构成犯罪的，依法追究刑事责任。'),
    body('如认为采取限制消费措施错误，可以向本院申请纠正。'),
    signature('院长　{院长}'),
    dated('{日期}'),
  ],
})

export const dishonestyDecision = courtForm('dishonesty-decision', {
  title: '失信决定书',
  numbering: { by: 'ruling', class: '决定书' },
  required: ['依据失信', '失信情形', '事实和理由'],
  body: [
    ...WHO,
    body('本院在执行申请执行人{申请执行人姓名}与被执行人{被执行人姓名}{案由}一案中，查明：{事实和理由}。'),
    body(
      '本院认为，被执行人的行为属于{失信情形}。依照{依据限制措施}、{依据失信}{#纳入期限}、{依据失信期限}{/纳入期限}的规定，决定如下：',
    ),
    body('将{纳入对象}纳入失信被执行人名单{#纳入期限}，期限为{纳入期限}{/纳入期限}。'),
    body('本决定自作出之日起生效。'),
    body('被纳入失信被执行人名单的公民、法人或其他组织认为有应予纠正情形的，可以向本院申请纠正。'),
    signature('院长　{院长}'),
    dated('{日期}'),
  ],
})

const OBSTRUCTION = [
  body('本院在执行申请执行人{申请执行人姓名}与被执行人{被执行人姓名}{案由}一案中，案号为{案号}，查明：{事实和理由}。'),
]

const RECONSIDERATION = body(
  '如不服本决定，可以自收到决定书之日起三日内，向{上一级法院}申请复议一次。复议期间，不停止本决定的执行。',
)

export const fineDecision = courtForm('fine-decision', {
  title: '罚款决定书',
  numbering: { by: 'penalty' },
  required: ['罚款金额', '依据罚拘限度', '上一级法院'],
  body: [
    body('被罚款人：{被处罚人}，{被处罚人身份}，住{被处罚人住址}。'),
    ...OBSTRUCTION,
    body(
      '本院认为，{被处罚人}{妨害情形}，其行为妨害了民事诉讼。依照{依据妨害执行}、{依据罚拘限度}、{依据罚拘批准}的规定，决定如下：',
    ),
    body('对{被处罚人}罚款{罚款金额}，限于{交款期限}前交纳。'),
    RECONSIDERATION,
    signature('院长　{院长}'),
    dated('{日期}'),
  ],
})

export const detentionDecision = courtForm('detention-decision', {
  title: '拘留决定书',
  numbering: { by: 'penalty' },
  required: ['拘留天数', '依据罚拘限度', '上一级法院'],
  body: [
    body('被拘留人：{被处罚人}，{被处罚人身份}，住{被处罚人住址}。'),
    ...OBSTRUCTION,
    body(
      '本院认为，{被处罚人}{妨害情形}，其行为妨害了民事诉讼。依照{依据妨害执行}、{依据罚拘限度}、{依据罚拘批准}的规定，决定如下：',
    ),
    body('对{被处罚人}拘留{拘留天数}日。'),
    RECONSIDERATION,
    signature('院长　{院长}'),
    dated('{日期}'),
  ],
})

export const jointExecution = courtForm('joint-execution-decision', {
  title: '协同执行决定书',
  numbering: { by: 'ruling', class: '决定书' },
  required: ['协同法院', '指挥人员', '集结时间'],
  body: [
    plain('{协同法院}：'),
    body(
      '{法院}执行的申请执行人{申请执行人姓名}与被执行人{被执行人姓名}{案由}一案，案号为{案号}，{协同事由}。' +
        '决定由你们协同执行：',
    ),
    body('一、参加人员：{参加人员}。'),
    body('二、总指挥及现场指挥：{指挥人员}。'),
    body('三、集结时间和地点：{集结时间}，{集结地点}。'),
    body('四、参加人员应当服从统一指挥，遵守执行纪律，按照所附实施方案履行职责。'),
    signature('{法院}'),
    dated('{日期}'),
  ],
})
