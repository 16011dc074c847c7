import { Worker } from 'node:worker_threads'
import { problem } from '#kernel/problem/problem.ts'
import type { Data } from './fill.ts'

// Documents are made by a worker beside the server: hundreds of them in a row hold up nobody's request.

export interface Rendering {
  /** A template that has passed `checkTemplate`, or one that comes with the product. */
  template: Uint8Array
  data: Data
  at: Date
}

/** What the worker says: the document, or why there is none. */
export type Outcome =
  | { made: { word: Uint8Array; pdf: Uint8Array } }
  | { missing: string[] }
  | { unknownCharacters: string[] }
  | { fault: string }

export interface Renderer {
  /** Throws document.missing with every field that has no value, document.characters with those no font can draw. */
  render(rendering: Rendering): Promise<{ word: Buffer; pdf: Buffer }>
  /** The fields of a template that the data leave open; nothing is made. */
  missing(rendering: Rendering): Promise<string[]>
  close(): Promise<void>
}

/** Starts its worker with the first document. `fontFolder`: fonts of the court, which come before all others. */
export function openRenderer(fontFolder: string | null): Renderer {
  let worker: Worker | null = null
  let last = 0
  const waiting = new Map<number, { resolve(outcome: Outcome): void; reject(error: unknown): void }>()

  function fail(error: unknown): void {
    worker = null
    for (const { reject } of waiting.values()) reject(error)
    waiting.clear()
  }

  function started(): Worker {
    if (worker) return worker
    const one = new Worker(new URL('./render-worker.ts', import.meta.url), {
      workerData: { fontFolder },
      // What one document leaves behind is gone with it: the room for some of them saves the collector's looking.
      resourceLimits: { maxYoungGenerationSizeMb: 48 },
    })
    one.on('message', ({ id, outcome }: { id: number; outcome: Outcome }) => {
      waiting.get(id)?.resolve(outcome)
      waiting.delete(id)
      if (waiting.size === 0) one.unref()
    })
    one.on('error', fail)
    one.on('exit', () => {
      if (worker === one) fail(new Error('the worker that makes documents has ended'))
    })
    worker = one
    return one
  }

  function ask({ template, data, at }: Rendering, onlyMissing: boolean): Promise<Outcome> {
    const one = started()
    return new Promise((resolve, reject) => {
      last += 1
      waiting.set(last, { resolve, reject })
      one.ref()
      one.postMessage({ id: last, template, data, at: at.getTime(), onlyMissing })
    })
  }

  return {
    async missing(rendering) {
      const outcome = await ask(rendering, true)
      if ('missing' in outcome) return outcome.missing
      throw new Error(`a template could not be read: ${'fault' in outcome ? outcome.fault : ''}`)
    },
    async render(rendering) {
      const outcome = await ask(rendering, false)
      if ('made' in outcome) return { word: Buffer.from(outcome.made.word), pdf: Buffer.from(outcome.made.pdf) }
      if ('missing' in outcome) throw problem('document.missing', { fields: outcome.missing.join('、') })
      if ('unknownCharacters' in outcome)
        throw problem('document.characters', { characters: outcome.unknownCharacters.join('、') })
      throw new Error(`a document could not be made: ${outcome.fault}`)
    },
    async close() {
      const one = worker
      worker = null
      await one?.terminate()
    },
  }
}
