import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { checkWorkbook } from './export-reading.ts'
import type { ReadRow } from './imported-case.ts'
import { readAll } from './made-workbook.ts'
import { ImportTally } from './tally.ts'

// The sample export against its truth file, every row and every field of it.

interface TruthRow {
  案号: string
  案由: string
  立案日期: string
  标的分: number | null
  申请执行人数: number
  被执行人数: number
  状态: string
  执行通知书发出日期: string | null
  首次网络查控发起日期: string | null
  案款到账日期: string | null
  案款到账分: number | null
  案款发放日期: string | null
  结案日期: string | null
  结案方式: string | null
  拒收: string | null
  补正: string[]
  重复?: boolean
  行号: number
}

interface Truth {
  行数: number
  重复行: number
  拒收: Record<string, number>
  拒收案件数: number
  可入库案件数: number
  需补正: Record<string, number>
  标的合计分: number
  行: TruthRow[]
}

const FILE = join(import.meta.dirname, 'sample', '样例-执行案件明细表.xlsx')
const truth = JSON.parse(readFileSync(FILE.replace('.xlsx', '.truth.json'), 'utf8')) as Truth

function countsOf(words: string[]): Record<string, number> {
  const counts: Record<string, number> = {}
  for (const word of words) counts[word] = (counts[word] ?? 0) + 1
  return counts
}

test('the sample equals its truth file in every count', async () => {
  const { rows, notes } = await readAll(FILE)
  const tally = new ImportTally()
  for (const row of rows) tally.add(row)
  const counts = tally.counts()
  assert.equal(counts.rows, truth.行数)
  assert.equal(counts.duplicates, truth.重复行)
  assert.equal(counts.accepted, truth.可入库案件数)
  assert.equal(counts.refused.length, truth.拒收案件数)
  assert.equal(counts.amountFen, String(truth.标的合计分))
  assert.deepEqual(countsOf(counts.refused.map((refused) => refused.reason)), truth.拒收)
  assert.deepEqual(countsOf(counts.toCorrect.flatMap((flagged) => flagged.reasons)), truth.需补正)
  assert.equal(counts.rows, counts.duplicates + counts.accepted + counts.refused.length)
  assert.deepEqual(notes, ['工作表“在执及已结案件”：合计行1行，未计入'])
})

test('the sample equals its truth file row by row', async () => {
  const { rows } = await readAll(FILE)
  assert.deepEqual(
    rows.map((row) => row.row),
    truth.行.map((row) => row.行号),
  )
  for (const [index, row] of rows.entries()) compare(row, truth.行[index] as TruthRow)
})

function compare(row: ReadRow, expected: TruthRow): void {
  const where = `第${row.row}行`
  if (row.kind === 'duplicate') {
    assert.equal(expected.重复, true, where)
    assert.equal(row.canonical, expected.案号, where)
  } else if (row.kind === 'refused') {
    assert.equal(row.reason, expected.拒收, where)
    assert.equal(row.rawCaseNumber === null, expected.拒收 === '缺案号', where)
  } else {
    assert.deepEqual([expected.拒收, expected.重复 ?? false], [null, false], where)
    assert.deepEqual([...row.toCorrect].sort(), [...expected.补正].sort(), where)
    assert.deepEqual(fieldsOf(row), expectedFields(expected), where)
  }
}

function fieldsOf({ case: read }: Extract<ReadRow, { kind: 'accepted' }>): unknown {
  const on = (column: Parameters<typeof read.facts.get>[0]): string | null => read.facts.get(column) ?? null
  return {
    案号: read.caseNumber.canonical,
    案由: read.cause,
    立案日期: read.filedOn,
    标的分: read.amountFen,
    申请执行人数: read.creditors.parties.length,
    被执行人数: read.debtors.parties.length,
    状态: read.state,
    执行通知书发出日期: on('执行通知书发出日期'),
    首次网络查控发起日期: on('首次网络查控发起日期'),
    案款到账日期: on('案款到账日期'),
    案款到账分: read.arrivedFen,
    案款发放日期: on('案款发放日期'),
    结案日期: on('结案日期'),
    结案方式: read.closingWay,
  }
}

function expectedFields(row: TruthRow): unknown {
  const { 案号, 案由, 立案日期, 申请执行人数, 被执行人数, 状态, 结案日期, 结案方式 } = row
  const { 执行通知书发出日期, 首次网络查控发起日期, 案款到账日期, 案款发放日期 } = row
  // Where a field was spoilt on purpose, the truth file keeps what stood there before.
  const flagged = new Set(row.补正)
  const fen = (value: number | null): bigint | null => (value === null ? null : BigInt(value))
  return {
    案号,
    案由,
    立案日期,
    标的分: flagged.has('标的金额错误') ? null : fen(row.标的分),
    申请执行人数,
    被执行人数: flagged.has('缺被执行人') ? 0 : 被执行人数,
    状态,
    执行通知书发出日期,
    首次网络查控发起日期,
    案款到账日期,
    案款到账分: fen(row.案款到账分),
    案款发放日期,
    结案日期,
    结案方式,
  }
}

test('text that looks like a formula stays text', async () => {
  const { rows } = await readAll(FILE)
  const remarks = rows.flatMap((row) => (row.kind === 'accepted' && row.case.remark?.startsWith('=') ? [row] : []))
  assert.ok(remarks.length > 0)
  for (const row of remarks) {
    assert.equal(row.case.remark, '=HYPERLINK("http://x","查看")')
    assert.ok(row.notes.every((note) => !note.includes('公式')))
  }
})

test('the check finds the table', async () => {
  assert.deepEqual(await checkWorkbook(FILE), { sheetName: '在执及已结案件', headerRow: 3, rows: truth.行数 })
})
