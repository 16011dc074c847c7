import { createHash } from 'node:crypto'
import { CITATIONS } from '#rules/citations.ts'
import { type Block, courtHead, letterHead, tagsOf } from './block.ts'
import { SETTING_NAMES } from './setting-names.ts'
import type { TemplateTags } from './template-check.ts'
import { wordFile } from './word-file.ts'

// A form: one kind of document that a court issues. Declared in one file with its text; the Word template that comes
// with the product is built from it.

/**
 * Which number a document bears. 'case': the number of its case, as it is. 'ruling': the case's number, from the second
 * of a class on with 之一, 之二 (法〔2016〕27号). 'penalty': a number of its own under 司惩. 'letter': 文号 of the court.
 */
export type Numbering =
  | { by: 'case' }
  | { by: 'ruling'; class: '裁定书' | '决定书' | '通知书' | '令' }
  | { by: 'penalty' }
  | { by: 'letter'; word: string }

export interface Form {
  id: string
  title: string
  /** 裁判文书 and 公文 differ in head, number and date. */
  family: 'court' | 'letter'
  numbering: Numbering
  blocks: readonly Block[]
  /** Tags that a court's own template may not leave out. */
  required: readonly string[]
}

/** Tags that every form knows: who issues, which number, on which day, and the law of that day. */
export const COMMON_TAGS = ['法院', '文书编号', '日期', '今日', ...SETTING_NAMES, ...Object.keys(CITATIONS)]

type Declared = Pick<Form, 'title' | 'numbering'> & { body: readonly Block[]; required?: readonly string[] }

/** A ruling, decision, order or notice of the court. */
export function courtForm(id: string, { title, numbering, body, required = [] }: Declared): Form {
  const blocks = [...courtHead(title), ...body]
  return { id, title, family: 'court', numbering, blocks, required: ['法院', '文书编号', '日期', ...required] }
}

/** An official letter. */
export function letterForm(id: string, { title, numbering, body, required = [] }: Declared): Form {
  const blocks = [...letterHead(title), ...body]
  return { id, title, family: 'letter', numbering, blocks, required: ['法院', '文书编号', '日期', ...required] }
}

/** A sheet that goes with a document: the number of its case in its head, no date of issue of its own. */
export function sheetForm(id: string, { title, numbering, body, required = [] }: Declared): Form {
  return {
    id,
    title,
    family: 'court',
    numbering,
    blocks: [...courtHead(title), ...body],
    required: ['法院', ...required],
  }
}

export interface ShippedTemplate {
  file: Buffer
  digest: string
}

const shipped = new WeakMap<Form, ShippedTemplate>()

/** The template that comes with the product. */
export function shippedTemplate(form: Form): ShippedTemplate {
  const known = shipped.get(form)
  if (known) return known
  const file = wordFile(form.blocks)
  const made = { file, digest: createHash('sm3').update(file).digest('hex') }
  shipped.set(form, made)
  return made
}

export interface TemplateFaults {
  /** Tags that nothing fills. */
  unknown: string[]
  /** Tags that must stand in it and don't. */
  lacking: string[]
}

/** Holds a template's tags against those of its form. `known` are the tags of what the form is issued on. */
export function faultsOfTemplate(form: Form, tags: TemplateTags, known: TemplateTags): TemplateFaults {
  const outer = new Set([...COMMON_TAGS, ...known.outer, ...tagsOf(form.blocks)])
  const unknown = tags.outer.filter((tag) => !outer.has(tag))
  for (const [list, inner] of Object.entries(tags.inner)) {
    const own = new Set(known.inner[list])
    unknown.push(...inner.filter((tag) => !own.has(tag)).map((tag) => `${list}的${tag}`))
  }
  return { unknown: [...new Set(unknown)], lacking: form.required.filter((tag) => !tags.outer.includes(tag)) }
}
