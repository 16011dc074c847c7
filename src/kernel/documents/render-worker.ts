import { parentPort, workerData } from 'node:worker_threads'
import { type Data, fill } from './fill.ts'
import { readFonts } from './fonts.ts'
import { readPaper, wordsOf } from './paper.ts'
import type { Outcome } from './renderer.ts'
import { typesetter } from './typeset.ts'

// One document after another: filled, read as a paper, set as a PDF. Nothing of a document outlives its message.

interface Order {
  id: number
  template: Uint8Array
  data: Data
  at: number
  onlyMissing: boolean
}

const fonts = readFonts((workerData as { fontFolder: string | null }).fontFolder)
const setter = typesetter(fonts.files)

parentPort?.on('message', (order: Order) => {
  let outcome: Outcome
  try {
    outcome = make(order)
  } catch (error) {
    outcome = { fault: error instanceof Error ? (error.stack ?? error.message) : String(error) }
  }
  parentPort?.postMessage({ id: order.id, outcome })
})

function make({ template, data, at, onlyMissing }: Order): Outcome {
  const filled = fill(template, data)
  if (onlyMissing || filled.missing.length > 0) return { missing: filled.missing }
  const document = filled.part('word/document.xml')
  const paper = readPaper(document, filled.part('word/styles.xml'), document.includes('<w:footerReference'))
  const unknownCharacters = fonts.missing(wordsOf(paper))
  if (unknownCharacters.length > 0) return { unknownCharacters }
  return { made: { word: filled.file(), pdf: setter.pdf(paper, new Date(at)) } }
}
