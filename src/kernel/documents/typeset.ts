import { join } from 'node:path'
import { NodeCompiler } from '@myriaddreamin/typst-ts-node-compiler'
import type { Paper } from './paper.ts'

// The PDF of a paper. Text goes to the typesetter as data, never as its source: nothing that a user wrote is markup.

export interface Typesetter {
  /** `at` becomes the PDF's own date; the same paper at the same moment gives the same bytes. */
  pdf(paper: Paper, at: Date): Buffer
}

/** A typesetter with these fonts. Making one reads them all; keep it. */
export function typesetter(fonts: readonly Buffer[]): Typesetter {
  const compiler = NodeCompiler.create({ workspace: import.meta.dirname, fontArgs: [{ fontBlobs: [...fonts] }] })
  const source = sourceWith((family) => isKnown(compiler, family))
  let made = 0
  return {
    pdf(paper, at) {
      made += 1
      if (made % CACHE_ROUNDS === 0) compiler.evictCache(CACHE_AGE)
      // As a file that exists in memory only: an input would have the whole library of the source made anew each time.
      compiler.mapShadow(PAPER, Buffer.from(JSON.stringify(paper)))
      try {
        return compiler.pdf({ mainFileContent: source }, { creationTimestamp: Math.floor(at.getTime() / 1000) })
      } finally {
        compiler.unmapShadow(PAPER)
      }
    },
  }
}

const CACHE_ROUNDS = 20
/** In such rounds: what a hundred papers did not need is forgotten. */
const CACHE_AGE = 5
const PAPER = join(import.meta.dirname, 'paper.json')

/** The typesetter's own word for it: a family that it does not know it warns of. */
function isKnown(compiler: NodeCompiler, family: string): boolean {
  return compiler.compile({ mainFileContent: `#text(font: ${JSON.stringify(family)})[永]` }).takeWarnings() === null
}

// Free fonts stand in for those that a court has a licence for and puts into its own folder.
const SERIF = ['Noto Serif SC', 'Noto Serif SC Thin', 'Noto Serif CJK SC']
const FACES = {
  仿宋_GB2312: ['FangSong_GB2312', '仿宋_GB2312', 'FangSong'],
  仿宋: ['FangSong', 'FangSong_GB2312'],
  方正小标宋简体: ['FZXiaoBiaoSong-B05S', 'FZXiaoBiaoSong-B05'],
  楷体_GB2312: ['KaiTi_GB2312', 'KaiTi', 'AR PL KaitiM GB'],
  楷体: ['KaiTi', 'AR PL KaitiM GB'],
  黑体: ['SimHei'],
}

/** Only families that are there are named: looking in vain for the others takes a tenth of the time of a paper. */
function sourceWith(isThere: (family: string) => boolean): string {
  const list = (families: readonly string[]) =>
    `(${families
      .filter(isThere)
      .map((family) => `${JSON.stringify(family)}, `)
      .join('')})`
  const faces = Object.entries(FACES).map(([name, families]) => `  ${JSON.stringify(name)}: ${list(families)},\n`)
  return `#let serif = ${list(SERIF)}\n#let faces = (\n${faces.join('')})\n${SOURCE}`
}

const SOURCE = `
#let paper = json("/paper.json")
#let face(name) = faces.at(name, default: if name == "" { () } else { (name,) }) + serif
#set page(
  width: paper.page.width * 1pt,
  height: paper.page.height * 1pt,
  margin: (
    top: paper.page.top * 1pt,
    bottom: paper.page.bottom * 1pt,
    left: paper.page.left * 1pt,
    right: paper.page.right * 1pt,
  ),
  footer-descent: 22pt,
  footer: if paper.numbered {
    context {
      let page = counter(page).get().first()
      set text(size: 14pt, font: serif)
      align(if calc.odd(page) { right } else { left }, pad(x: 14pt)[— #page —])
    }
  },
)
#set text(font: serif, size: 16pt, lang: "zh", region: "cn", top-edge: 0.88em, bottom-edge: -0.12em,
  cjk-latin-spacing: none)
// A certificate number or an account may be broken anywhere, or its line would be pulled apart. Asked of the text
// first: a rule for all of it costs a sixth of the time of a paper.
#let long-number = regex("[0-9A-Z]{12,}")
#let breakable(words) = if words.find(long-number) == none { words } else {
  show long-number: it => it.text.clusters().map(box).join()
  words
}
#set par(spacing: 0pt)
#set block(spacing: 0pt)
#let written(run) = {
  let heavy = run.bold or run.font.contains("标宋") or run.font.contains("黑体")
  let lines = run.text.split("\\n")
  let shown = text(size: run.size * 1pt, font: face(run.font), weight: if heavy { "bold" } else { "regular" },
    lines.map(breakable).join(linebreak()))
  if run.underline { underline(offset: 3pt, shown) } else { shown }
}
#let places = (left: left, center: center, right: right, both: left)
#let paragraph(one) = {
  if one.newPage { pagebreak(weak: true) }
  let largest = calc.max(..one.runs.map(run => run.size), 10.5)
  let gap = calc.max(one.line - largest, 0) * 1pt
  let runs = one.runs.filter(run => run.text != "")
  set par(
    first-line-indent: (amount: one.first * 1pt, all: true),
    leading: gap,
    justify: one.align == "both",
  )
  block(
    width: 100%,
    above: one.before * 1pt,
    below: one.after * 1pt + gap,
    inset: (left: one.left * 1pt, right: one.right * 1pt),
    align(places.at(one.align), if runs.len() == 0 { v(largest * 1pt) } else { par(runs.map(written).join()) }),
  )
}
#let grid-of(one) = table(
  columns: one.widths.map(width => width * 1pt),
  stroke: if one.bordered { 0.5pt } else { none },
  inset: (x: 5pt, y: 3pt),
  align: horizon,
  ..one.rows.flatten().map(cell => table.cell(colspan: cell.span, stack(..cell.blocks.map(paragraph)))),
)
#for one in paper.blocks { if one.kind == "table" { grid-of(one) } else { paragraph(one) } }
`
