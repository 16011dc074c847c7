// The one catalogue of refusals. message: what and where; next: what to do; rule: the article or rule where one
// decides.

interface Entry {
  status: number
  message: string
  next: string
  rule?: string
}

export const CATALOGUE = {
  'request.invalid': { status: 400, message: '填写的内容有误', next: '请按各栏提示更正后重新提交' },
  'request.malformed': { status: 400, message: '请求内容无法识别', next: '请检查提交的数据格式' },
  'request.characters': { status: 400, message: '内容含有不能保存的字符', next: '请删除空字符或残缺字符后重新提交' },
  'request.key-missing': { status: 400, message: '缺少防重复提交的编号', next: '请在请求头中给出 Idempotency-Key' },
  'request.key-reused': { status: 422, message: '同一编号已用于另一次提交', next: '请换用新的编号重新提交' },
  'request.too-large': { status: 413, message: '提交的内容过大', next: '请缩小文件或分次提交' },
  'request.head-too-large': { status: 431, message: '请求头过大', next: '请减少筛选条件后重试' },
  'request.timeout': { status: 408, message: '提交的内容未能按时送达', next: '请检查网络后重新提交' },
  'request.media-type': { status: 415, message: '提交的数据类型不受支持', next: '请以规定的格式提交' },
  'sign-in.required': { status: 401, message: '尚未登录或登录已失效', next: '请重新登录' },
  'sign-in.failed': { status: 401, message: '账号或密码不正确', next: '请核对后重试；连续错误将锁定账号' },
  'sign-in.locked': {
    status: 423,
    message: '账号因连续输错密码已锁定',
    next: '请于{minutes}分钟后重试，或联系系统管理员',
  },
  'sign-in.busy': { status: 429, message: '登录请求过于频繁', next: '请稍候重试' },
  'access.denied': {
    status: 403,
    message: '您的岗位不能进行此项操作',
    next: '如确需办理，请联系本院系统管理员核对岗位',
  },
  'access.four-eyes': { status: 403, message: '提请人与审批人不能是同一人', next: '请由其他有权人员审批' },
  'thing.not-found': { status: 404, message: '没有找到该记录', next: '请核对后重试' },
  'route.not-found': { status: 404, message: '没有这个地址', next: '请从菜单进入' },
  'thing.stale': { status: 409, message: '该记录已被他人更新', next: '请刷新后查看最新内容再办理' },
  'act.wrong-state': { status: 409, message: '当前状态为“{state}”，不能{action}', next: '请刷新后查看可办理的事项' },
  'act.condition': { status: 409, message: '不符合办理条件：{condition}', next: '请核对事项内容' },
  'act.documents-missing': { status: 422, message: '缺少材料：{documents}', next: '请先上传材料再{action}' },
  'act.approval-pending': { status: 409, message: '该事项正在审批中', next: '请等待审批结果，或由提请人撤回' },
  'approval.decided': { status: 409, message: '该审批已有结果', next: '请刷新后查看' },
  'approval.content-changed': { status: 409, message: '提请后内容已变更，原审批已失效', next: '请重新提请审批' },
  'attachment.type': {
    status: 422,
    message: '文件“{name}”的实际类型不受支持',
    next: '请上传 PDF、图片、Word、Excel 或文本文件',
  },
  'attachment.empty': { status: 422, message: '文件“{name}”没有内容', next: '请重新选择文件' },
  'attachment.name': { status: 422, message: '文件名不符合要求', next: '请改用不含特殊字符、不超过80字的文件名' },
  'case.number-format': {
    status: 422,
    message: '案号格式错误',
    next: '应为（2021）吉0193执123号的形式',
    rule: '人民法院案件案号规定',
  },
  'case.number-court': { status: 422, message: '案号不属于本院', next: '请核对法院代字' },
  'case.number-taken': { status: 409, message: '案号已存在', next: '请核对案号' },
  'case.fact-future': { status: 422, message: '日期不能晚于今天', next: '请更正日期' },
  'case.fact-same': { status: 422, message: '与现有记录相同', next: '无需更正' },
  'case.fact-exists': { status: 409, message: '该节点已有完成日期', next: '如日期有误，请用“更正日期”并写明理由' },
  'case.unmask-quota': {
    status: 429,
    message: '今日查看完整证件号码已达{most}次',
    next: '请于次日办理；确有需要的，由指挥中心专员代为核对',
    rule: '个人信息保护法第六条',
  },
  'case.date-order': { status: 422, message: '{later}不能早于{earlier}', next: '请核对日期' },
  'case.no-clock': { status: 422, message: '该案没有名为“{node}”的期限', next: '请选择本案正在计算的期限' },
  'clock.calendar-missing': {
    status: 422,
    message: '{year}年节假日安排未录入',
    next: '请先在日历中录入国务院办公厅通知',
    rule: '民事诉讼法第八十五条',
  },
  'supervision.target': {
    status: 422,
    message: '督办对象与所选不一致',
    next: '请按督办对象填写承办人、团队或下级法院',
  },
  'supervision.not-below': { status: 422, message: '只能向下级法院督办', next: '请选择下级法院' },
  'supervision.time-left': {
    status: 422,
    message: '回复期限不能晚于上级要求的{limit}',
    next: '请在剩余时间内确定期限',
  },
  'backlog.taken': { status: 409, message: '所选期限已发起督办', next: '请刷新清单' },
  'warning.settled': { status: 409, message: '该预警已消除或已说明', next: '请刷新后查看' },
  'warning.taken': { status: 409, message: '所选预警已发起督办', next: '请刷新清单' },
  'export.approval': {
    status: 403,
    message: '导出本院以外的数据须经审批',
    next: '请切换为本院后导出，或呈请审批',
    rule: '指导意见第三十条',
  },
  'export.too-many': {
    status: 422,
    message: '一次最多导出{most}行',
    next: '请增加筛选条件后导出',
    rule: '指导意见第三十条',
  },
  'import.broken': { status: 422, message: '文件“{file}”已损坏或不是 Excel 工作簿', next: '请从系统重新导出后再试' },
  'import.refused': { status: 422, message: '{reason}', next: '请更正文件后重新导入' },
  'import.running': { status: 409, message: '该次导入不能进行此操作', next: '请刷新后查看导入状态' },
  'people.username-taken': { status: 409, message: '账号名已被使用', next: '请换一个账号名' },
  'people.password-weak': { status: 422, message: '密码不符合要求', next: '密码至少12位，含字母和数字，且不含账号名' },
  'people.three-administrators': {
    status: 422,
    message: '三员须由三人分别担任，且不得兼任业务岗位',
    next: '请调整岗位',
    rule: '信息安全等级保护三员分立要求',
  },
  'people.own-account': {
    status: 403,
    message: '不能变更本人的账号或岗位',
    next: '请由另一名管理员办理',
    rule: '信息安全等级保护三员分立要求',
  },
  'people.post-ended': { status: 409, message: '该岗位已经结束', next: '请刷新后查看' },
  'team.name-taken': { status: 409, message: '本院已有同名团队', next: '请换一个名称' },
  'calendar.unchanged': { status: 409, message: '{on}本来就是{state}', next: '无需修改' },
  'calendar.year-known': { status: 409, message: '{year}年节假日安排已经录入', next: '如需更正，请逐日修改' },
  'stream.too-many': { status: 429, message: '同时打开的页面过多', next: '请关闭不用的页面' },
  'view.too-many': { status: 422, message: '常用筛选最多{most}个', next: '请先删除不用的' },
  'write.duplicate': { status: 409, message: '记录已存在', next: '请刷新后查看' },
  'write.reference': { status: 409, message: '所引用的记录不存在', next: '请刷新后重试' },
  'write.refused': { status: 422, message: '内容不符合数据要求', next: '请核对后重新提交' },
  'write.busy': { status: 503, message: '系统繁忙，未作任何更改', next: '请稍候重试' },
  'database.unavailable': { status: 503, message: '数据库暂时无法连接', next: '请稍候重试；未作任何更改' },
  'write.unknown': {
    status: 503,
    message: '与数据库的连接在保存时中断，尚不能确定是否已保存',
    next: '请稍候再次提交同样的内容：已保存的不会重复办理',
  },
  'storage.unavailable': {
    status: 503,
    message: '附件暂时无法保存，未作任何更改',
    next: '请稍候重试；仍不行请联系技术员检查存储空间',
  },
  'server.stopping': { status: 503, message: '服务正在重新启动', next: '请稍候重试' },
  'server.fault': { status: 500, message: '系统内部错误', next: '请记下时间并联系技术员' },
} as const satisfies Record<string, Entry>

export type ProblemCode = keyof typeof CATALOGUE
