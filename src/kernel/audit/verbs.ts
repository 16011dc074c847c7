import type { Kind } from '#kernel/matter/matter.ts'
import { OWN_ACTS } from './own-acts.ts'

// What an entry says in words. Acts of matters are named by their declarations; this table names the rest.

export const VERBS: Readonly<Record<string, string>> = {
  'session.sign-in': '登录',
  'session.fail': '登录失败',
  'session.code-fail': '动态口令错误',
  'session.lock': '账号锁定',
  'session.recovery': '使用恢复码',
  'session.prove': '重新验证身份',
  'session.sign-out': '退出登录',
  'person.create': '登记人员',
  'person.stop': '停用账号',
  'person.start': '启用账号',
  'person.reset-password': '重置密码',
  'person.change-password': '修改本人密码',
  'person.second-factor-begin': '申请启用双因素登录',
  'person.second-factor': '启用双因素登录',
  'person.reset-second-factor': '重置双因素登录',
  'person.post': '任命岗位',
  'person.end-post': '免去岗位',
  'team.create': '设立团队',
  'staffing.set': '核定编制',
  'assignment.weight': '设置分案权重',
  'assignment.ground': '登记分案情况',
  'assignment.end-ground': '终止分案情况',
  'case.representative': '登记代理人',
  'calendar.day': '修改日历',
  'calendar.year': '录入年度放假安排',
  'notice.receipt': '消息已阅',
  'audit.verify': '核验操作记录',
  'security.four-eyes': '本人审批被拒绝',
  'case.searchCertificate': '按证件号码查询案件',
  'case.related': '查看外院关联案件',
  'document.issue': '签发文书',
  'document.read': '查阅文书',
  'document.preview': '预览文书',
  'document.void': '作废文书',
  'template.upload': '上传文书模板',
  'template.activate': '启用文书模板',
  'template.retire': '停用文书模板',
  'document.setting': '修改文书设置',
  'view.save': '保存常用筛选',
  'view.delete': '删除常用筛选',
  'view.columns': '设置清单列',
  'list.export': '导出清单',
  'bulk.start': '开始批量办理',
  'bulk.end': '批量办理结束',
  'bulk.cancel': '取消批量办理',
  'bulk.stop': '批量办理终止',
  'case.unmask': '查看完整证件号码',
  'backup.restore': '从备份恢复',
  'import.check': '核对导入文件',
  'import.start': '开始导入',
  'import.batch': '导入案件',
  'import.cancel': '取消导入',
}

const PREFIXES: Readonly<Record<string, string>> = { propose: '呈批', approve: '审批同意', reject: '审批不同意' }

/** A verb in Chinese; one that nothing names shows the thing's kind alone, never a code. */
export function verbLabel(kinds: readonly Kind[], verb: string): string {
  const dot = verb.indexOf('.')
  const kind = kinds.find((one) => one.id === verb.slice(0, dot))
  const known = VERBS[verb]
  if (known !== undefined || !kind) return known ?? '其他操作'
  const [prefix, action] = splitAt(verb.slice(dot + 1), ':')
  const label = kind.actions[action]?.label ?? OWN_ACTS[action] ?? '其他操作'
  return `${kind.title}：${prefix === '' ? '' : `${PREFIXES[prefix] ?? prefix} `}${label}`
}

function splitAt(text: string, mark: string): [string, string] {
  const at = text.indexOf(mark)
  return at < 0 ? ['', text] : [text.slice(0, at), text.slice(at + 1)]
}

/** A summary as one line; states of a kind by their names. Keys and ids that only programs read are left out. */
export function summaryText(kinds: readonly Kind[], kindId: string | null, summary: string): string {
  const states = kinds.find((kind) => kind.id === kindId)?.states ?? {}
  const facts = JSON.parse(summary) as Record<string, unknown>
  return Object.entries(facts)
    .filter(([name, value]) => /[一-鿿]/.test(name) && value !== null && value !== '' && !UUID.test(String(value)))
    .map(
      ([name, value]) =>
        `${name}：${states[String(value)] ?? (name === '操作' ? actNamed(kinds, kindId, value) : wordOf(value))}`,
    )
    .join('；')
}

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/

/** An act that an older entry names by its code: of its own kind, else of whatever kind has one of that name. */
function actNamed(kinds: readonly Kind[], kindId: string | null, value: unknown): string {
  const name = String(value)
  const own = kinds.find((kind) => kind.id === kindId && kind.actions[name])
  return (own ?? kinds.find((kind) => kind.actions[name]))?.actions[name]?.label ?? name
}

function wordOf(value: unknown): string {
  if (typeof value === 'boolean') return value ? '是' : '否'
  return Array.isArray(value)
    ? value.map(wordOf).join('、')
    : typeof value === 'object'
      ? JSON.stringify(value)
      : String(value)
}
