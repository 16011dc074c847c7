import Docxtemplater from 'docxtemplater'
import { type Problem, problem } from '#kernel/problem/problem.ts'
import { strictParser, templateParts, zipForFilling } from './fill.ts'
import { refuseManyTags } from './template-mass.ts'
import { MAIN_PART, type XmlPart, xmlPartsOf } from './template-package.ts'
import { type Element, elementsOf, textOf } from './xml-tree.ts'
import { ZipRefusal, zipOf } from './zip-file.ts'

// What a court may bring as a template. Everything that could run, reach out or hide is refused with its name before a
// tag of it is looked at; so is what the PDF could not show as the Word file does.

export const TEMPLATE_LIMIT_BYTES = 10 * 1024 * 1024

/** The tags of a template that may be used: those that stand by themselves, and those inside of each list. */
export interface TemplateTags {
  /** 案号, 被执行人 … */
  outer: string[]
  /** 被执行人 → 名称, 住址 … */
  inner: Record<string, string[]>
}

export interface CheckedTemplate {
  tags: TemplateTags
  /** Packed anew from the parts that were looked at: nothing else of what was brought is kept. */
  file: Buffer
}

/**
 * Reads a template that somebody brought. `lists` are the tags with entries of their own. Throws a problem of the
 * catalogue for whatever must not be used.
 */
export function checkTemplate(file: Buffer, lists: ReadonlySet<string>): CheckedTemplate {
  if (file.length > TEMPLATE_LIMIT_BYTES) throw problem('template.too-large', { what: '文件超过10MB' })
  const parts = unpack(file)
  for (const part of xmlPartsOf(parts)) {
    refuseContent(part)
    refuseManyTags(part.tree)
  }
  const tags = readTags(zipForFilling(parts), lists)
  return { tags, file: zipOf([...parts].map(([name, content]) => ({ name, content }))) }
}

function unpack(file: Buffer): Map<string, Buffer> {
  try {
    return templateParts(file)
  } catch (error) {
    if (!(error instanceof ZipRefusal)) throw error
    throw problem(error.reason === 'bomb' ? 'template.bomb' : 'template.broken', { why: error.message })
  }
}

/** What would stand in the Word file and not in the PDF, or only there once somebody has opened it. */
const UNSHOWN: ReadonlyMap<string, string> = new Map(
  Object.entries({
    'w:txbxContent': '文本框',
    'w:drawing': '图片或图形',
    'w:pict': '图片或图形',
    'w:object': '嵌入的对象',
    'w:control': '控件',
    'w:altChunk': '外部内容',
    'w:subDoc': '外部内容',
    'w:ins': '修订标记',
    'w:del': '修订标记',
    'w:moveFrom': '修订标记',
    'w:footnoteReference': '脚注',
    'w:endnoteReference': '尾注',
    'w:commentReference': '批注',
    'w:numPr': '自动编号',
    'w:sym': '特殊符号',
    'w:vMerge': '纵向合并的单元格',
    'w:vanish': '隐藏文字',
    'm:oMath': '公式',
  }),
)

const ALLOWED_FIELDS = /^(PAGE|NUMPAGES|SECTIONPAGES)$/i

/** What else Word keeps in files of its own kind. None of it is set as text, unless by a field. */
const BESIDE =
  /^w:(styles|settings|webSettings|fonts|numbering|footnotes|endnotes|comments|glossaryDocument|recipients)$/

function refuseContent({ name, type, tree }: XmlPart): void {
  const isMargin = /^w:(hdr|ftr)$/.test(tree.name) || /\.(header|footer)\+xml$/.test(type)
  if (isMargin || name === MAIN_PART) refuseUnshown(tree)
  else if (tree.name.startsWith('w:') && !BESIDE.test(tree.name))
    throw problem('template.broken', { why: `部件 ${name} 无法识别` })
  const codes = fieldCodes(tree)
  const foreign = codes.find((code) => !ALLOWED_FIELDS.test(code.trim().split(/\s+/)[0] ?? ''))
  if (foreign !== undefined) throw problem('template.field', { field: foreign.trim().split(/\s+/)[0] ?? '' })
  if (!isMargin) return
  const words = textOf(tree).replace(codes.join(''), '')
  if (/[^\s\d—–\-·第页共/]/.test(words)) throw problem('template.unsupported', { what: '页眉或页脚中的文字' })
}

function refuseUnshown(tree: Element): void {
  for (const one of elementsOf(tree)) {
    const what = UNSHOWN.get(one.name)
    if (what !== undefined) throw problem('template.unsupported', { what })
  }
}

/** Codes of fields, put together where Word has spread one over several runs. */
function fieldCodes(tree: Element): string[] {
  const codes: string[] = []
  let open: string | null = null
  for (const one of elementsOf(tree)) {
    const simple = one.attributes['w:instr']
    if (one.name === 'w:fldSimple' && simple !== undefined) codes.push(simple)
    if (one.name === 'w:instrText') {
      if (open === null) codes.push(textOf(one))
      else open += textOf(one)
    }
    if (one.name !== 'w:fldChar') continue
    // A field within a field has a code of its own, and the outer one goes on after it.
    if (open !== null && open.trim() !== '') codes.push(open)
    open = one.attributes['w:fldCharType'] === 'begin' ? '' : null
  }
  if (open !== null && open.trim() !== '') codes.push(open)
  return codes
}

const TAG = /^[\p{Script=Han}\p{Letter}\p{Number}_（）]+$/u

function readTags(zip: ReturnType<typeof zipForFilling>, lists: ReadonlySet<string>): TemplateTags {
  const tags: TemplateTags = { outer: [], inner: {} }
  let word: Docxtemplater
  try {
    word = new Docxtemplater(zip, {
      parser: strictParser as never,
      paragraphLoop: true,
      linebreaks: true,
      errorLogging: false,
    })
  } catch (error) {
    throw tagProblem(error)
  }
  const compiled = (word as unknown as { compiled: Record<string, { postparsed: Placeholder[] }> }).compiled
  for (const { postparsed } of Object.values(compiled)) collect(postparsed, null, lists, tags)
  return tags
}

interface Placeholder {
  type: string
  value?: string
  module?: string
  subparsed?: Placeholder[]
}

function collect(
  parts: readonly Placeholder[],
  list: string | null,
  lists: ReadonlySet<string>,
  tags: TemplateTags,
): void {
  for (const part of parts) {
    if (part.type !== 'placeholder') continue
    const value = part.value ?? ''
    if (part.module !== undefined && part.module !== 'loop') throw problem('template.expression', { tag: `${value}` })
    if (!TAG.test(value)) throw problem('template.expression', { tag: value })
    const place = list === null ? tags.outer : (tags.inner[list] ?? [])
    if (list !== null) tags.inner[list] = place
    if (!place.includes(value)) place.push(value)
    // A part that stands or falls with a value is read in the scope around it.
    if (part.subparsed) collect(part.subparsed, lists.has(value) ? value : list, lists, tags)
  }
}

const SAID: Readonly<Record<string, string>> = {
  unopened_tag: '缺少左花括号',
  unclosed_tag: '缺少右花括号',
  duplicate_open_tag: '多了左花括号',
  duplicate_close_tag: '多了右花括号',
  unopened_loop: '缺少开始标记',
  unclosed_loop: '缺少结束标记',
  closing_tag_does_not_match_opening_tag: '开始标记与结束标记不一致',
  unbalanced_loop_tags: '开始标记与结束标记不在同一处',
  loop_position_invalid: '循环标记的位置不对',
}

interface TagFault {
  properties?: { id?: string; xtag?: string; context?: string; openingtag?: string; errors?: readonly TagFault[] }
}

function tagProblem(error: unknown): Problem {
  const faults = (error as TagFault).properties?.errors ?? [error as TagFault]
  const said = faults.slice(0, 5).map(({ properties = {} }) => {
    const tag = properties.xtag ?? properties.openingtag ?? properties.context ?? ''
    return `“${tag}”${SAID[properties.id ?? ''] ?? '标记有误'}`
  })
  return problem('template.tags', { faults: said.join('；') }, { cause: error })
}
