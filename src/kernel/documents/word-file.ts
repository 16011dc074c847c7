import type { Block, Cell, Paragraph, Style, Table } from './block.ts'
import { zipOf } from './zip-file.ts'

// A Word file built from a form's body: the shipped template. A4, 22 lines of 28 characters, 三号仿宋.

export const WORD_TYPE = 'application/vnd.openxmlformats-officedocument.wordprocessingml.document'

// Lengths in twentieths of a point. 天头 37 mm, 订口 28 mm, 切口 26 mm, 地脚 35 mm (GB/T 9704-2012).
const PAGE = { width: 11906, height: 16838, top: 2098, right: 1474, bottom: 1985, left: 1588 }
const TEXT_WIDTH = PAGE.width - PAGE.left - PAGE.right
const CHARACTER = 320

interface StyleFacts {
  name: string
  font: string
  /** Half points: 三号 32, 二号 44, 四号 28. */
  size: number
  line: number
  align: 'left' | 'center' | 'right' | 'both'
  first?: number
  right?: number
  before?: number
  after?: number
}

const FANGSONG = '仿宋_GB2312'
const TITLE_FONT = '方正小标宋简体'
const LINE = 579

export const STYLES: Readonly<Record<Style, StyleFacts>> = {
  court: { name: '法院名称', font: TITLE_FONT, size: 44, line: 720, align: 'center' },
  title: { name: '文书名称', font: TITLE_FONT, size: 44, line: 720, align: 'center', after: 200 },
  number: { name: '案号', font: FANGSONG, size: 32, line: LINE, align: 'right', right: CHARACTER * 2, after: 200 },
  'number-centred': { name: '发文字号', font: FANGSONG, size: 32, line: LINE, align: 'center', after: 400 },
  body: { name: '正文段', font: FANGSONG, size: 32, line: LINE, align: 'both', first: CHARACTER * 2 },
  plain: { name: '主送', font: FANGSONG, size: 32, line: LINE, align: 'both' },
  signature: { name: '署名', font: FANGSONG, size: 32, line: LINE, align: 'right', right: CHARACTER * 2 },
  dated: { name: '成文日期', font: FANGSONG, size: 32, line: LINE, align: 'right', right: CHARACTER * 4 },
  cell: { name: '表格文字', font: FANGSONG, size: 28, line: 460, align: 'left' },
  'cell-centred': { name: '表格居中', font: FANGSONG, size: 28, line: 460, align: 'center' },
  note: { name: '附注', font: FANGSONG, size: 28, line: 460, align: 'both', before: 160 },
}

/** The bytes of the template; the same body gives the same bytes. */
export function wordFile(blocks: readonly Block[]): Buffer {
  return zipOf(Object.entries(parts(blocks)).map(([name, text]) => ({ name, content: Buffer.from(HEAD + text) })))
}

const HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
const W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
const R = 'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'
const RELATIONS = 'http://schemas.openxmlformats.org/package/2006/relationships'
const OFFICE = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships'
const WORD = 'application/vnd.openxmlformats-officedocument.wordprocessingml'

function parts(blocks: readonly Block[]): Record<string, string> {
  return {
    '[Content_Types].xml':
      '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">' +
      '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>' +
      '<Default Extension="xml" ContentType="application/xml"/>' +
      `<Override PartName="/word/document.xml" ContentType="${WORD}.document.main+xml"/>` +
      `<Override PartName="/word/styles.xml" ContentType="${WORD}.styles+xml"/>` +
      `<Override PartName="/word/footer1.xml" ContentType="${WORD}.footer+xml"/></Types>`,
    '_rels/.rels':
      `<Relationships xmlns="${RELATIONS}">` +
      `<Relationship Id="r1" Type="${OFFICE}/officeDocument" Target="word/document.xml"/></Relationships>`,
    'word/_rels/document.xml.rels':
      `<Relationships xmlns="${RELATIONS}">` +
      `<Relationship Id="r1" Type="${OFFICE}/styles" Target="styles.xml"/>` +
      `<Relationship Id="r2" Type="${OFFICE}/footer" Target="footer1.xml"/></Relationships>`,
    'word/document.xml': `<w:document ${W} ${R}><w:body>${blocks.map(block).join('')}${SECTION}</w:body></w:document>`,
    'word/styles.xml': styles(),
    'word/footer1.xml': FOOTER,
  }
}

const SECTION =
  `<w:sectPr><w:footerReference w:type="default" r:id="r2"/><w:pgSz w:w="${PAGE.width}" w:h="${PAGE.height}"/>` +
  `<w:pgMar w:top="${PAGE.top}" w:right="${PAGE.right}" w:bottom="${PAGE.bottom}" w:left="${PAGE.left}" ` +
  'w:header="851" w:footer="1400" w:gutter="0"/>' +
  '<w:docGrid w:type="linesAndChars" w:linePitch="579" w:charSpace="-842"/></w:sectPr>'

const FOOTER =
  `<w:ftr ${W}><w:p><w:pPr><w:jc w:val="center"/></w:pPr>` +
  '<w:r><w:rPr><w:sz w:val="28"/></w:rPr><w:t xml:space="preserve">— </w:t></w:r>' +
  '<w:fldSimple w:instr=" PAGE "><w:r><w:rPr><w:sz w:val="28"/></w:rPr><w:t>1</w:t></w:r></w:fldSimple>' +
  '<w:r><w:rPr><w:sz w:val="28"/></w:rPr><w:t xml:space="preserve"> —</w:t></w:r></w:p></w:ftr>'

function styles(): string {
  const each = Object.entries(STYLES).map(([id, one]) => {
    const indent = `w:firstLine="${one.first ?? 0}" w:right="${one.right ?? 0}"`
    return (
      `<w:style w:type="paragraph" w:customStyle="1" w:styleId="${id}"><w:name w:val="${one.name}"/><w:qFormat/>` +
      `<w:pPr><w:spacing w:before="${one.before ?? 0}" w:after="${one.after ?? 0}" w:line="${one.line}" ` +
      `w:lineRule="exact"/><w:ind ${indent}/><w:jc w:val="${one.align}"/></w:pPr>` +
      `<w:rPr>${fonts(one.font)}<w:sz w:val="${one.size}"/><w:szCs w:val="${one.size}"/></w:rPr></w:style>`
    )
  })
  return (
    `<w:styles ${W}><w:docDefaults><w:rPrDefault><w:rPr>${fonts(FANGSONG)}<w:sz w:val="32"/>` +
    `<w:lang w:val="en-US" w:eastAsia="zh-CN"/></w:rPr></w:rPrDefault></w:docDefaults>${each.join('')}</w:styles>`
  )
}

function fonts(name: string): string {
  return `<w:rFonts w:ascii="Times New Roman" w:hAnsi="Times New Roman" w:eastAsia="${name}" w:hint="eastAsia"/>`
}

function block(one: Block): string {
  return one.kind === 'paragraph' ? paragraph(one) : tableOf(one)
}

function paragraph({ style, text }: Pick<Paragraph, 'style' | 'text'>): string {
  return (
    `<w:p><w:pPr><w:pStyle w:val="${style}"/></w:pPr>` +
    `<w:r><w:t xml:space="preserve">${escaped(text)}</w:t></w:r></w:p>`
  )
}

const BORDERS = ['top', 'left', 'bottom', 'right', 'insideH', 'insideV']
  .map((side) => `<w:${side} w:val="single" w:sz="4" w:space="0" w:color="000000"/>`)
  .join('')

function tableOf({ widths, rows }: Table): string {
  const total = widths.reduce((sum, one) => sum + one, 0)
  const columns = widths.map((one) => Math.round((one / total) * TEXT_WIDTH))
  const grid = columns.map((one) => `<w:gridCol w:w="${one}"/>`).join('')
  return (
    `<w:tbl><w:tblPr><w:tblW w:w="${TEXT_WIDTH}" w:type="dxa"/><w:tblBorders>${BORDERS}</w:tblBorders>` +
    `<w:tblLayout w:type="fixed"/></w:tblPr><w:tblGrid>${grid}</w:tblGrid>` +
    `${rows.map((row) => `<w:tr>${cells(row, columns)}</w:tr>`).join('')}</w:tbl>`
  )
}

function cells(row: readonly Cell[], columns: readonly number[]): string {
  let at = 0
  return row
    .map(({ text, span = 1, centred }) => {
      const width = columns.slice(at, at + span).reduce((sum, one) => sum + one, 0)
      at += span
      const lines = typeof text === 'string' ? [text] : text
      const inner = lines.map((line) => paragraph({ style: centred ? 'cell-centred' : 'cell', text: line })).join('')
      return (
        `<w:tc><w:tcPr><w:tcW w:w="${width}" w:type="dxa"/>${span > 1 ? `<w:gridSpan w:val="${span}"/>` : ''}` +
        `<w:vAlign w:val="center"/></w:tcPr>${inner}</w:tc>`
      )
    })
    .join('')
}

function escaped(text: string): string {
  return text.replace(/[&<>]/g, (mark) => `&#${mark.charCodeAt(0)};`)
}
