import { citeArticle } from '#document/articles.ts'
import { chainWords } from '#kernel/approval/chain.ts'
import type { Who } from '#kernel/authorisation/may.ts'
import { ROLES, type Role } from '#kernel/authorisation/roles.ts'
import { type ActionSpec, type ClockSpec, type Kind, statesOf, whosOf } from '#kernel/matter/matter.ts'

// derived/matters/<kind>.md: what the people who work by a kind can read of it: states, who acts, limits, source (第四条).

/**
 * What the page says of a limit. `unit`: 'day' | 'working-day' | 'month'; `mark`: V, M (law), C (the court's setting).
 */
export interface RuleFacts {
  id: string
  version: number
  label: string
  n: number
  unit: string
  source: string
  mark: string
}

const UNITS: Readonly<Record<string, string>> = { day: '日', 'working-day': '个工作日', month: '个月' }
const MARKS: Readonly<Record<string, string>> = { V: '法律', M: '规范', C: '本院设定' }
const PLACES: Readonly<Record<string, string>> = { counterpart: '对方法院', superior: '上级法院' }
const PERSONS: Readonly<Record<string, string>> = {
  holder: '承办人',
  handler: '承办人',
  opener: '发起人',
  system: '系统',
}

/**
 * The page of one kind; `rules` holds every rule that its clocks may name, `ownRules` those of clocks that the kind
 * keeps
 * by itself, without declaring them.
 */
export function renderMatter(kind: Kind, rules: readonly RuleFacts[], ownRules: readonly RuleFacts[] = []): string {
  return [
    `# ${kind.title}`,
    '',
    `依据：${kind.articles.map(citeArticle).join('、')}`,
    '',
    ...(kind.number ? [`编号：${kind.number}`, ''] : []),
    `新建：${whoText(whosOf(kind.opens.by))}`,
    '',
    '## 状态',
    '',
    ...diagram(kind),
    '',
    '## 办理',
    '',
    ...actionTable(kind),
    '',
    ...clockTable(kind, rules, ownRules),
  ].join('\n')
}

function diagram(kind: Kind): string[] {
  const moves = Object.values(kind.actions).flatMap(({ from, to, label }) =>
    to === undefined ? [] : from.map((state) => `  ${state} --> ${to} : ${label}`),
  )
  return [
    '```mermaid',
    'stateDiagram-v2',
    ...Object.entries(kind.states).map(([name, label]) => `  state "${label}" as ${name}`),
    `  [*] --> ${kind.opens.to} : 新建`,
    ...moves,
    ...kind.ends.map((state) => `  ${state} --> [*]`),
    '```',
  ]
}

function actionTable(kind: Kind): string[] {
  return table(
    ['办理', '由谁', '由何状态', '到何状态', '填写', '材料', '条件', '审批'],
    Object.values(kind.actions).map((action) => [
      action.label,
      whoText(whosOf(action.by)),
      stateText(kind, action.from),
      action.to === undefined ? '不变' : stateText(kind, [action.to]),
      askText(action),
      [...(action.needs ?? []), ...(action.issues ? [action.issues] : [])]
        .map((name) => documentText(kind, name))
        .join('、'),
      action.when?.label ?? '',
      action.approval ? chainWords(action.approval) : '',
    ]),
  )
}

function clockTable(kind: Kind, rules: readonly RuleFacts[], ownRules: readonly RuleFacts[]): string[] {
  const declared = Object.values(kind.clocks ?? {}).map((clock) => [
    clock.label,
    stateText(kind, statesOf(clock.while)),
    ...limitText(clock, rules),
    ROLES[clock.overdue].label,
  ])
  const kept = ownRules.map((rule) => [rule.label, '按节点', ...ruleText(rule), ''])
  if (declared.length + kept.length === 0) return []
  const head = ['期限', '计时状态', '规则', '限期', '依据', '标记', '超期告知']
  return ['## 期限', '', ...table(head, [...declared, ...kept]), '']
}

/** Rule, limit, source and mark of a clock; a rule chosen by the matter's content is named as such. */
function limitText(clock: ClockSpec, rules: readonly RuleFacts[]): [string, string, string, string] {
  const set = clock.until === undefined ? '' : '（指定日期的以指定为准）'
  if (typeof clock.rule !== 'string') return ['按内容确定', `见规则表${set}`, '', '']
  const rule = latestRule(rules, clock.rule)
  if (!rule) throw new RangeError(`没有这条期限规则：${clock.rule}`)
  const [name, limit, source, mark] = ruleText(rule)
  return [name, `${limit}${set}`, source, mark]
}

function ruleText({ id, version, n, unit, source, mark }: RuleFacts): [string, string, string, string] {
  return [`${id}（第${version}版）`, `${n}${UNITS[unit] ?? unit}`, source, `${mark} ${MARKS[mark] ?? ''}`.trim()]
}

/** The version that is published last: an earlier one still counts for clocks that began under it. */
function latestRule(rules: readonly RuleFacts[], id: string): RuleFacts | undefined {
  return rules.filter((rule) => rule.id === id).sort((a, b) => b.version - a.version)[0]
}

function whoText(whos: readonly Who[]): string {
  return whos.map(oneWho).join('、')
}

function oneWho(who: Who): string {
  const [place, name] = who.includes(':') ? (who.split(':') as [string, string]) : ['', who as string]
  return `${PLACES[place] ?? ''}${PERSONS[name] ?? ROLES[name as Role].label}`
}

function stateText(kind: Kind, states: readonly string[]): string {
  return states.map((state) => kind.states[state] ?? state).join('、')
}

function askText(action: ActionSpec): string {
  return Object.values(action.ask ?? {})
    .map(({ label, required }) => (required ? label : `${label}（可不填）`))
    .join('、')
}

function documentText(kind: Kind, name: string): string {
  const document = kind.documents?.[name]
  return document?.type === 'template' ? `制发${document.label}` : (document?.label ?? name)
}

function table(head: readonly string[], rows: readonly (readonly string[])[]): string[] {
  const line = (cells: readonly string[]) =>
    `| ${cells.map((cell) => cell.replaceAll('|', '\\|') || '—').join(' | ')} |`
  return [line(head), line(head.map(() => '---')), ...rows.map(line)]
}
