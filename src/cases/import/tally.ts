import type { ReadRow } from './imported-case.ts'

export interface ImportCounts {
  /** Rows under the header without 合计; equals duplicates + accepted + refused. */
  rows: number
  duplicates: number
  accepted: number
  refused: { row: number; caseNumber: string | null; reason: string }[]
  toCorrect: { caseNumber: string; reasons: string[] }[]
  /** The sum over accepted cases, a string of digits. */
  amountFen: string
}

/** Counts what an import found, in the words and order of `npm run import`. */
export class ImportTally {
  #duplicates = 0
  #accepted = 0
  #amountFen = 0n
  readonly #refused: ImportCounts['refused'] = []
  readonly #toCorrect: ImportCounts['toCorrect'] = []

  add(read: ReadRow): void {
    if (read.kind === 'duplicate') this.#duplicates += 1
    else if (read.kind === 'refused') {
      this.#refused.push({ row: read.row, caseNumber: read.rawCaseNumber, reason: read.reason })
    } else {
      this.#accepted += 1
      this.#amountFen += read.case.amountFen ?? 0n
      if (read.toCorrect.length > 0) {
        this.#toCorrect.push({ caseNumber: read.case.caseNumber.canonical, reasons: [...read.toCorrect] })
      }
    }
  }

  counts(): ImportCounts {
    return {
      rows: this.#duplicates + this.#accepted + this.#refused.length,
      duplicates: this.#duplicates,
      accepted: this.#accepted,
      refused: this.#refused,
      toCorrect: this.#toCorrect,
      amountFen: this.#amountFen.toString(),
    }
  }
}
