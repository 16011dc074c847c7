import { type CaseNumber, kindOfTypeCode, parseCaseNumber } from '#cases/case/case-number.ts'
import { EARLIEST_ON } from '#cases/case/earliest.ts'
import { isBlank, trimmed, withoutSpace } from '#cases/case/plain-text.ts'
import { clip } from '#kernel/text/clip.ts'
import type { On } from '#kernel/time/time.ts'
import { numberDigits, readAmount } from './amount-reading.ts'
import { type Column, type Columns, FACT_COLUMNS, type FactColumn } from './columns.ts'
import { readDate } from './date-reading.ts'
import {
  CORRECTIONS,
  type CorrectionReason,
  type ImportedCase,
  type ReadRow,
  type RefusedReason,
} from './imported-case.ts'
import { readSide } from './party-reading.ts'
import type { Cell, SheetRow } from './sheet-rows.ts'

const STATES: ReadonlySet<string> = new Set(['在执', '已结', '终本', '中止'])

export interface RowContext {
  columns: Columns
  courtCode: string
  /** The day of the export (截止日期). */
  asOfOn: On
  from1904: boolean
}

/** Reads the rows of one table by the rules of the export's README; remembers the case numbers it has seen. */
export class RowReader {
  readonly #context: RowContext
  /**
   * Serials by everything else in the number: a file may hold a million rows, and whole numbers as text would fill
   * memory.
   */
  readonly #seen = new Map<string, Set<number>>()

  constructor(context: RowContext) {
    this.#context = context
  }

  read(row: SheetRow): ReadRow {
    const cells = this.#context.columns.sort(row)
    const raw = caseNumberText(cells.get('案号'))
    const parsed = parseCaseNumber(raw ?? '')
    // A row is a duplicate before it is anything else; a number that cannot be read is nobody's duplicate.
    if ('canonical' in parsed) {
      if (this.#isRepeated(parsed)) return { kind: 'duplicate', row: row.number, canonical: parsed.canonical }
    }
    const filedOn = readDate(cells.get('立案日期'), this.#context.from1904)
    const refuse = (reason: RefusedReason): ReadRow => ({
      kind: 'refused',
      row: row.number,
      rawCaseNumber: raw,
      reason,
    })
    if (raw === null) return refuse('缺案号')
    if ('problem' in parsed) return refuse('案号格式错误')
    if (parsed.courtCode !== this.#context.courtCode) return refuse('他院案件')
    if (filedOn === null || filedOn === 'unreadable') return refuse('立案日期无法识别')
    if (filedOn < EARLIEST_ON) return refuse('日期早于1990')
    return new AcceptedRow(row.number, cells, this.#context).read(parsed, filedOn)
  }

  #isRepeated({ year, courtCode, typeCode, suffix, serial }: CaseNumber): boolean {
    const series = `${year}${courtCode}${typeCode}${suffix ?? ''}`
    const serials = this.#seen.get(series) ?? new Set()
    const repeated = serials.has(serial)
    this.#seen.set(series, serials.add(serial))
    return repeated
  }
}

/** One row that is imported: its fields, what is to be corrected, and what a person should know about the reading. */
class AcceptedRow {
  readonly #row: number
  readonly #cells: ReadonlyMap<Column, Cell>
  readonly #context: RowContext
  readonly #notes: string[] = []

  constructor(row: number, cells: ReadonlyMap<Column, Cell>, context: RowContext) {
    this.#row = row
    this.#cells = cells
    this.#context = context
  }

  read(caseNumber: CaseNumber, filedOn: On): ReadRow {
    this.#noteFormulas()
    const imported = this.#case(caseNumber, filedOn)
    this.#noteCertificates(imported)
    const toCorrect = correctionsOf(imported, this.#context.asOfOn)
    return { kind: 'accepted', row: this.#row, case: imported, toCorrect, notes: this.#notes }
  }

  #case(caseNumber: CaseNumber, filedOn: On): ImportedCase {
    return {
      caseNumber,
      kind: this.#kind(caseNumber),
      filedOn,
      cause: this.#text('案由'),
      basisNumber: this.#text('执行依据文号'),
      creditors: readSide(this.#text('申请执行人') ?? '', this.#cells.get('申请执行人证件号码')),
      debtors: readSide(this.#text('被执行人') ?? '', this.#cells.get('被执行人证件号码')),
      amountFen: this.#amount('申请执行标的'),
      judge: this.#text('承办人'),
      team: this.#text('承办团队'),
      state: this.#state(),
      suspendedOn: this.#date('中止日期'),
      facts: this.#facts(),
      arrivedFen: this.#amount('案款到账金额'),
      closingWay: this.#text('结案方式'),
      remark: this.#text('备注'),
    }
  }

  #kind(caseNumber: CaseNumber): string {
    const byCode = kindOfTypeCode(caseNumber.typeCode) ?? caseNumber.typeCode
    const said = this.#text('案件类型')
    if (said === null) {
      this.#note('案件类型', `为空，按类型代字“${caseNumber.typeCode}”记为${byCode}`)
      return byCode
    }
    const kind = withoutSpace(said)
    if (kind !== byCode)
      this.#note('案件类型', `为“${kind}”，与案号类型代字“${caseNumber.typeCode}”（${byCode}）不一致`)
    return kind
  }

  #state(): string | null {
    const said = this.#text('案件状态')
    const state = said === null ? null : withoutSpace(said)
    if (state !== null && !STATES.has(state)) this.#note('案件状态', `“${state}”不是在执、已结、终本、中止之一`)
    return state
  }

  #facts(): Map<FactColumn, On> {
    const facts = new Map<FactColumn, On>()
    for (const column of FACT_COLUMNS) {
      const on = this.#date(column)
      if (on !== null) facts.set(column, on)
    }
    return facts
  }

  #date(column: Column): On | null {
    const cell = this.#cells.get(column)
    const on = readDate(cell, this.#context.from1904)
    if (on === 'unreadable') {
      this.#note(column, `“${shown(cell)}”不是日期，按无日期处理`)
      return null
    }
    if (on !== null && on < EARLIEST_ON) this.#note(column, `${on}早于1990年，请核对`)
    return on
  }

  #amount(column: Column): bigint | null {
    const cell = this.#cells.get(column)
    const amount = readAmount(cell, this.#context.columns.isTenThousands(column))
    if (amount.rounded) this.#note(column, `“${shown(cell)}”不足一分的部分四舍五入`)
    if (amount.fen === null && !amount.empty) this.#note(column, `“${shown(cell)}”不是有效金额，按空白处理`)
    return amount.fen
  }

  #text(column: Column): string | null {
    const cell = this.#cells.get(column)
    if (cell === undefined) return null
    if (cell.type === 'error') {
      this.#note(column, `是错误值“${shown(cell)}”，按空白处理`)
      return null
    }
    const text = trimmed(cell.type === 'number' ? numberDigits(cell.raw) : cell.raw)
    return text === '' ? null : text
  }

  #noteFormulas(): void {
    for (const [column, cell] of this.#cells) {
      if (!cell.formula) continue
      this.#note(column, cell.raw === '' ? '是公式且没有缓存值，按空白处理' : '是公式，按其缓存值读取')
    }
  }

  #noteCertificates(imported: ImportedCase): void {
    const sides = [
      { side: imported.creditors, column: '申请执行人证件号码' },
      { side: imported.debtors, column: '被执行人证件号码' },
    ] as const
    for (const { side, column } of sides) {
      if (side.damaged) this.#note(column, '以数字存放，末几位已失真，请以文本重新录入')
      if (side.looseCertificates.length > 0) {
        this.#note(column, `${side.looseCertificates.length}个，当事人${side.parties.length}名，未对应到人`)
      }
    }
  }

  #note(column: Column, what: string): void {
    this.#notes.push(`第${this.#row}行${this.#context.columns.place(column)}${what}`)
  }
}

/** All reasons of article 10 that apply to a case, in the README's order. */
function correctionsOf(imported: ImportedCase, asOfOn: On): CorrectionReason[] {
  const { creditors, debtors, filedOn, facts } = imported
  const closedOn = facts.get('结案日期')
  const applies: Record<CorrectionReason, boolean> = {
    缺被执行人: debtors.parties.length === 0,
    证件号码校验错误: creditors.certificateWrong || debtors.certificateWrong,
    标的金额错误: imported.amountFen === null,
    结案早于立案: closedOn !== undefined && closedOn < filedOn,
    立案日期晚于导出日期: filedOn > asOfOn,
    证件数与当事人数不符: creditors.countDiffers || debtors.countDiffers,
    缺执行依据: imported.basisNumber === null,
  }
  return CORRECTIONS.filter((reason) => applies[reason])
}

/** What stands under 案号, as it stands; null where nothing does. */
function caseNumberText(cell: Cell | undefined): string | null {
  if (cell === undefined || isBlank(cell.raw)) return null
  return cell.type === 'number' ? numberDigits(cell.raw) : cell.raw
}

function shown(cell: Cell | undefined): string {
  const text = trimmed(cell?.raw ?? '')
  return text.length > 30 ? `${clip(text, 30)}…` : text
}
