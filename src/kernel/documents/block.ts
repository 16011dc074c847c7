// The body of a form, written in code: paragraphs and tables with tags such as {案号}. A Word template is built from it,
// which a court may take, change and upload as its own.

/** How a paragraph stands: sizes and places by GB/T 9704-2012 and the court's rules for rulings (法〔2016〕221号). */
export type Style =
  | 'court'
  | 'title'
  | 'number'
  | 'number-centred'
  | 'body'
  | 'plain'
  | 'signature'
  | 'dated'
  | 'cell'
  | 'cell-centred'
  | 'note'

export interface Paragraph {
  kind: 'paragraph'
  style: Style
  text: string
}

export interface Cell {
  text: string | readonly string[]
  span?: number
  centred?: boolean
}

export interface Table {
  kind: 'table'
  /** Shares of the width of the page. */
  widths: readonly number[]
  rows: readonly (readonly Cell[])[]
}

export type Block = Paragraph | Table

const styled =
  (style: Style) =>
  (text: string): Paragraph => ({ kind: 'paragraph', style, text })

/** A paragraph whose first line is set in by two characters. */
export const body = styled('body')
/** A paragraph that begins at the margin: the addressee. */
export const plain = styled('plain')
export const note = styled('note')
export const signature = styled('signature')
export const dated = styled('dated')

/** A table; a cell is a text, or a text with how many columns it takes. */
export function table(widths: readonly number[], ...rows: (readonly (string | Cell)[])[]): Table {
  return {
    kind: 'table',
    widths,
    rows: rows.map((row) => row.map((cell) => (typeof cell === 'string' ? { text: cell } : cell))),
  }
}

/** Title of a court's document: the court, the name of the document, the number at the right (裁判文书). */
export function courtHead(title: string): Paragraph[] {
  return [styled('court')('{法院}'), styled('title')(title), styled('number')('{文书编号}')]
}

/** Title of an official letter: the court and the name in one line, the number under it (公文). */
export function letterHead(title: string): Paragraph[] {
  return [styled('court')('{法院}'), styled('title')(title), styled('number-centred')('{文书编号}')]
}

/** The tags that a body uses outside of loops, each once. */
export function tagsOf(blocks: readonly Block[]): Set<string> {
  const texts = blocks.flatMap((block) =>
    block.kind === 'paragraph' ? [block.text] : block.rows.flat().flatMap((cell) => cell.text),
  )
  const found = new Set<string>()
  const open: string[] = []
  for (const [, mark, name] of texts.join('\n').matchAll(/\{([#^/]?)([^{}]+)\}/g)) {
    if (mark === '/') open.pop()
    else if (open.length === 0) found.add(name ?? '')
    if (mark === '#' || mark === '^') open.push(name ?? '')
  }
  return found
}
