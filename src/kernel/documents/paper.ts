import { childOf, childrenOf, type Element, parseXml, textOf } from './xml-tree.ts'

// A filled Word file as the typesetter takes it: paragraphs and tables with their sizes. The PDF is set from what the
// Word file says, so that the two can't differ. Lengths in points.

export interface Run {
  text: string
  size: number
  bold: boolean
  underline: boolean
  font: string
}

export interface PaperParagraph {
  kind: 'paragraph'
  align: 'left' | 'center' | 'right' | 'both'
  first: number
  left: number
  right: number
  before: number
  after: number
  line: number
  newPage: boolean
  runs: Run[]
}

export interface PaperTable {
  kind: 'table'
  widths: number[]
  bordered: boolean
  rows: { span: number; blocks: PaperParagraph[] }[][]
}

export interface Paper {
  page: { width: number; height: number; top: number; right: number; bottom: number; left: number }
  numbered: boolean
  blocks: (PaperParagraph | PaperTable)[]
}

interface Look {
  paragraph: Readonly<Record<string, string>>
  run: Readonly<Record<string, string>>
}

type Looks = ReadonlyMap<string, Look>

const A4 = { width: 595.3, height: 841.9, top: 104.9, right: 73.7, bottom: 99.2, left: 79.4 }

/** Reads a document part with the styles that it uses. */
export function readPaper(documentXml: string, stylesXml: string, numbered: boolean): Paper {
  const body = childOf(parseXml(documentXml), 'w:body')
  const looks = looksOf(stylesXml)
  return { page: pageOf(childOf(body, 'w:sectPr')), numbered, blocks: blocksOf(body, looks) }
}

/** Everything that stands on the paper, for a search of characters. */
export function wordsOf(paper: Paper): string {
  return paper.blocks.map((block) => (block.kind === 'table' ? tableWords(block) : paragraphWords(block))).join('\n')
}

function tableWords({ rows }: PaperTable): string {
  return rows.map((row) => row.map((cell) => cell.blocks.map(paragraphWords).join('\n')).join('\n')).join('\n')
}

function paragraphWords({ runs }: PaperParagraph): string {
  return runs.map(({ text }) => text).join('')
}

function blocksOf(parent: Element | undefined, looks: Looks): Paper['blocks'] {
  return (parent?.children ?? []).flatMap((one): Paper['blocks'] => {
    if (typeof one === 'string') return []
    if (one.name === 'w:p') return [paragraphOf(one, looks)]
    if (one.name === 'w:tbl') return [tableOf(one, looks)]
    if (one.name === 'w:sdt') return blocksOf(childOf(one, 'w:sdtContent'), looks)
    return []
  })
}

function paragraphOf(element: Element, looks: Looks): PaperParagraph {
  const own = childOf(element, 'w:pPr')
  const look = looks.get(childOf(own, 'w:pStyle')?.attributes['w:val'] ?? '') ?? looks.get('') ?? NO_LOOK
  const facts = { ...look.paragraph, ...paragraphFacts(own) }
  const align = facts.jc === 'end' ? 'right' : facts.jc === 'start' ? 'left' : facts.jc
  const runs = runsOf(element, look)
  const size = Math.max(...runs.map((run) => run.size), number(look.run.size, 32) / 2)
  // Indents in hundredths of a character count before those in points.
  const characters = (name: string) => (facts[`${name}Chars`] ? (number(facts[`${name}Chars`]) / 100) * size : null)
  return {
    kind: 'paragraph',
    align: align === 'center' || align === 'right' || align === 'both' ? align : 'left',
    first: characters('firstLine') ?? number(facts.firstLine) / 20,
    left: characters('left') ?? number(facts.left ?? facts.start) / 20,
    right: characters('right') ?? number(facts.right ?? facts.end) / 20,
    before: number(facts.before) / 20,
    after: number(facts.after) / 20,
    line: lineOf(facts, size),
    newPage: facts.pageBreakBefore !== undefined,
    runs,
  }
}

/** Exact and least heights as they are; multiples of the usual height of a line otherwise. */
function lineOf(facts: Readonly<Record<string, string>>, size: number): number {
  const line = number(facts.line)
  if (line <= 0) return size * 1.3
  return facts.lineRule === 'exact' || facts.lineRule === 'atLeast'
    ? Math.max(line / 20, size)
    : (line / 240) * size * 1.3
}

function runsOf(parent: Element, look: Look): Run[] {
  return parent.children.flatMap((one) => {
    if (typeof one === 'string') return []
    if (one.name === 'w:r') return [runOf(one, look)]
    return HOLDERS.has(one.name) ? runsOf(childOf(one, 'w:sdtContent') ?? one, look) : []
  })
}

const HOLDERS = new Set(['w:hyperlink', 'w:smartTag', 'w:sdt', 'w:bdo'])

function runOf(element: Element, look: Look): Run {
  const facts = { ...look.run, ...runFacts(childOf(element, 'w:rPr')) }
  return {
    text: element.children.map((one) => (typeof one === 'string' ? '' : wordsOfRun(one))).join(''),
    size: number(facts.size, 32) / 2,
    bold: facts.bold === 'true',
    underline: facts.underline !== undefined && facts.underline !== 'none',
    font: facts.font ?? '',
  }
}

function wordsOfRun(element: Element): string {
  if (element.name === 'w:t') return textOf(element)
  if (element.name === 'w:tab') return '　'
  return element.name === 'w:br' || element.name === 'w:cr' ? '\n' : ''
}

function tableOf(element: Element, looks: Looks): PaperTable {
  const grid = childrenOf(childOf(element, 'w:tblGrid'), 'w:gridCol').map((one) => number(one.attributes['w:w']) / 20)
  const properties = childOf(element, 'w:tblPr')
  const rows = childrenOf(element, 'w:tr').map((row) =>
    childrenOf(row, 'w:tc').map((cell) => ({
      span: number(childOf(childOf(cell, 'w:tcPr'), 'w:gridSpan')?.attributes['w:val'], 1),
      blocks: childrenOf(cell, 'w:p').map((one) => paragraphOf(one, looks)),
    })),
  )
  const bordered = childOf(properties, 'w:tblBorders') !== undefined || childOf(properties, 'w:tblStyle') !== undefined
  return { kind: 'table', widths: grid, bordered, rows }
}

function pageOf(section: Element | undefined): Paper['page'] {
  const size = childOf(section, 'w:pgSz')?.attributes
  const margin = childOf(section, 'w:pgMar')?.attributes
  if (!size || !margin) return A4
  const at = (from: Readonly<Record<string, string>>, name: string) => number(from[`w:${name}`]) / 20
  const { top, right, bottom, left } = A4
  return {
    width: at(size, 'w') || A4.width,
    height: at(size, 'h') || A4.height,
    top: at(margin, 'top') || top,
    right: at(margin, 'right') || right,
    bottom: at(margin, 'bottom') || bottom,
    left: at(margin, 'left') || left,
  }
}

const NO_LOOK: Look = { paragraph: {}, run: {} }

let lastRead = { stylesXml: '', looks: new Map() as Looks }

/** Many documents in a row are of one template, and a template's styles are never filled. */
function looksOf(stylesXml: string): Looks {
  if (lastRead.stylesXml !== stylesXml) lastRead = { stylesXml, looks: readLooks(stylesXml) }
  return lastRead.looks
}

/** Styles by their ids, each with what it inherits; '' is what stands without a style. */
function readLooks(stylesXml: string): Looks {
  if (stylesXml === '') return new Map()
  const root = parseXml(stylesXml)
  const defaults = childOf(root, 'w:docDefaults')
  const base: Look = {
    paragraph: paragraphFacts(childOf(childOf(defaults, 'w:pPrDefault'), 'w:pPr')),
    run: runFacts(childOf(childOf(defaults, 'w:rPrDefault'), 'w:rPr')),
  }
  const styles = new Map(childrenOf(root, 'w:style').map((one) => [one.attributes['w:styleId'] ?? '', one]))
  const lookOf = (id: string, depth: number): Look => {
    const style = styles.get(id)
    if (!style || depth > styles.size) return base
    const parent = childOf(style, 'w:basedOn')?.attributes['w:val']
    const above = parent === undefined ? base : lookOf(parent, depth + 1)
    return {
      paragraph: { ...above.paragraph, ...paragraphFacts(childOf(style, 'w:pPr')) },
      run: { ...above.run, ...runFacts(childOf(style, 'w:rPr')) },
    }
  }
  const usual = childrenOf(root, 'w:style').find((one) => one.attributes['w:default'] === '1')
  const looks = new Map([...styles.keys()].map((id) => [id, lookOf(id, 0)]))
  return looks.set('', usual ? lookOf(usual.attributes['w:styleId'] ?? '', 0) : base)
}

function paragraphFacts(properties: Element | undefined): Record<string, string> {
  if (!properties) return {}
  const facts: Record<string, string> = {}
  for (const part of ['w:ind', 'w:spacing']) {
    for (const [name, value] of Object.entries(childOf(properties, part)?.attributes ?? {})) {
      facts[name.replace('w:', '')] = value
    }
  }
  const jc = childOf(properties, 'w:jc')?.attributes['w:val']
  if (jc !== undefined) facts.jc = jc
  if (childOf(properties, 'w:pageBreakBefore')) facts.pageBreakBefore = 'true'
  return facts
}

function runFacts(properties: Element | undefined): Record<string, string> {
  if (!properties) return {}
  const facts: Record<string, string> = {}
  const value = (name: string) => childOf(properties, name)?.attributes['w:val']
  const size = value('w:sz')
  if (size !== undefined) facts.size = size
  if (childOf(properties, 'w:b')) facts.bold = String(!['0', 'false'].includes(value('w:b') ?? '1'))
  const underline = value('w:u')
  if (underline !== undefined) facts.underline = underline
  const font = childOf(properties, 'w:rFonts')?.attributes['w:eastAsia']
  if (font !== undefined) facts.font = font
  return facts
}

function number(text: string | undefined, otherwise = 0): number {
  const value = Number(text ?? otherwise)
  return Number.isFinite(value) ? value : otherwise
}
