import assert from 'node:assert/strict'
import { type TestContext, test } from 'node:test'
import type { ReadRow } from './imported-case.ts'
import { caseRow, excelDate, formula, HEAD, type MadeRow, readAll, workbookFile } from './made-workbook.ts'
import { ImportTally } from './tally.ts'

async function read(t: TestContext, rows: readonly MadeRow[]): Promise<ReadRow[]> {
  return (await readAll(workbookFile(t, { rows: [HEAD, ...rows] }))).rows
}

/** What became of each row: its refusal, 重复, or its corrections. */
function outcomes(rows: ReadRow[]): (string | string[])[] {
  return rows.map((row) => (row.kind === 'refused' ? row.reason : row.kind === 'duplicate' ? '重复' : row.toCorrect))
}

function accepted(row: ReadRow | undefined): Extract<ReadRow, { kind: 'accepted' }> {
  assert.equal(row?.kind, 'accepted')
  return row as Extract<ReadRow, { kind: 'accepted' }>
}

test('a row has one reason for refusal, the first in the order', async (t) => {
  const rows = await read(t, [
    caseRow({ 案号: ' \u3000', 立案日期: '待定' }),
    caseRow({ 案号: null, 立案日期: '1980-01-01' }),
    caseRow({ 案号: '2021年执字第12号', 立案日期: '/' }),
    caseRow({ 案号: '（2021）吉0192执2号', 立案日期: '待定' }),
    caseRow({ 案号: '（2021）吉0192执3号', 立案日期: '1980-01-01' }),
    caseRow({ 案号: '（2021）吉01执3号' }),
    caseRow({ 案号: '（2021）吉0193执4号', 立案日期: null }),
    caseRow({ 案号: '（2021）吉0193执5号', 立案日期: 0 }),
    caseRow({ 案号: '（2021）吉0193执6号', 立案日期: '2021-02-30' }),
    caseRow({ 案号: '（2021）吉0193执7号', 立案日期: '1989-12-31' }),
    caseRow({ 案号: '（2021）吉0193执8号', 立案日期: '1990-01-01' }),
    caseRow({ 案号: '（2021）吉0193执9号', 立案日期: excelDate(100) }),
  ])
  assert.deepEqual(outcomes(rows), [
    '缺案号',
    '缺案号',
    '案号格式错误',
    '他院案件',
    '他院案件',
    '他院案件',
    '立案日期无法识别',
    '立案日期无法识别',
    '立案日期无法识别',
    '日期早于1990',
    [],
    '日期早于1990',
  ])
})

test('a refused row keeps its case number as it stood, and Excel’s row number', async (t) => {
  const rows = await read(t, [
    caseRow({ 案号: ' (2021)吉0192执2 ' }),
    caseRow({ 案号: 20210012 }),
    caseRow({ 案号: '\u3000' }),
    caseRow({ 案号: { xml: ' t="e"><v>#N/A</v>' } }),
  ])
  assert.deepEqual(rows, [
    { kind: 'refused', row: 2, rawCaseNumber: ' (2021)吉0192执2 ', reason: '他院案件' },
    { kind: 'refused', row: 3, rawCaseNumber: '20210012', reason: '案号格式错误' },
    { kind: 'refused', row: 4, rawCaseNumber: null, reason: '缺案号' },
    { kind: 'refused', row: 5, rawCaseNumber: '#N/A', reason: '案号格式错误' },
  ])
})

test('a canonical number that stood before is a duplicate and nothing else, also after a refusal', async (t) => {
  const rows = await read(t, [
    caseRow({ 案号: '（2021）吉0193执1号' }),
    caseRow({ 案号: '(2021) 吉0193执1' }),
    caseRow({ 案号: '（2021）吉0193执2号', 立案日期: '待定' }),
    caseRow({ 案号: '(2021)吉0193执2号' }),
    caseRow({ 案号: '(2021)吉0193执2号', 立案日期: '待定' }),
    caseRow({ 案号: '（2021）吉0192执1号' }),
    caseRow({ 案号: '（2021）吉0192执1号' }),
    caseRow({ 案号: '（2021）吉0193执恢1号', 案件类型: '恢复执行' }),
    caseRow({ 案号: '（2020）吉0193执1号' }),
    caseRow({ 案号: '（2021）吉0193执1号之一' }),
  ])
  assert.deepEqual(outcomes(rows), [[], '重复', '立案日期无法识别', '重复', '重复', '他院案件', '重复', [], [], []])
})

test('rows without a readable number are nobody’s duplicates', async (t) => {
  const rows = await read(t, [
    caseRow({ 案号: '2021年执字第12号' }),
    caseRow({ 案号: '2021年执字第12号' }),
    caseRow({ 案号: null }),
    caseRow({ 案号: null }),
  ])
  assert.deepEqual(outcomes(rows), ['案号格式错误', '案号格式错误', '缺案号', '缺案号'])
})

test('all reasons to correct stand together, in their order', async (t) => {
  const rows = await read(t, [
    caseRow({
      立案日期: '2021-10-01',
      执行依据文号: ' ',
      被执行人: '\u3000',
      被执行人证件号码: '123',
      '申请执行标的(元)': -1,
      结案日期: '2021-09-30',
    }),
  ])
  assert.deepEqual(outcomes(rows), [
    [
      '缺被执行人',
      '证件号码校验错误',
      '标的金额错误',
      '立案日期晚于导出日期',
      '结案早于立案',
      '证件数与当事人数不符',
      '缺执行依据',
    ],
  ])
})

test('each reason to correct at its boundary', async (t) => {
  const changes: [Parameters<typeof caseRow>[0], string[]][] = [
    [{ '申请执行标的(元)': 0 }, []],
    [{ '申请执行标的(元)': null }, ['标的金额错误']],
    [{ '申请执行标的(元)': '待核' }, ['标的金额错误']],
    [{ 立案日期: '2021-09-30' }, []],
    [{ 立案日期: '2021-10-01' }, ['立案日期晚于导出日期']],
    [{ 结案日期: '2021-03-05' }, []],
    [{ 结案日期: '2021-03-04' }, ['结案早于立案']],
    [{ 结案日期: '2021-02-30' }, []],
    [{ 被执行人: null, 被执行人证件号码: null }, ['缺被执行人']],
    [{ 被执行人: '、', 被执行人证件号码: null }, ['缺被执行人']],
    [{ 申请执行人: '甲、丙' }, ['证件数与当事人数不符']],
    [{ 申请执行人证件号码: '11010519491231002x' }, []],
    [{ 申请执行人证件号码: '110105194912310021' }, ['证件号码校验错误']],
    [{ 申请执行人证件号码: null }, ['证件数与当事人数不符']],
    [{ 执行依据文号: { xml: ' t="e"><v>#REF!</v>' } }, ['缺执行依据']],
  ]
  const rows = await read(
    t,
    changes.map(([change], index) => caseRow({ 案号: `（2021）吉0193执${index + 1}号`, ...change })),
  )
  assert.deepEqual(
    outcomes(rows),
    changes.map(([, reasons]) => reasons),
  )
})

test('rows 合计 and rows wholly empty are not counted; anything else is', async (t) => {
  const path = workbookFile(t, {
    rows: [
      HEAD,
      caseRow({ 序号: 1 }),
      [null, null, ' ', '\u3000'],
      [],
      ['合 计', null, null, null, null, null, null, null, null, null, 100],
      caseRow({ 案号: '合计' }),
      [null, '合计'],
      ['说明：本表由系统导出'],
    ],
  })
  const { rows, notes } = await readAll(path)
  assert.deepEqual(outcomes(rows), [[], '缺案号'])
  assert.deepEqual(notes.slice(-2), ['工作表“明细”：空行2行，未计入', '工作表“明细”：合计行3行，未计入'])
})

test('the kind is what the export says; the type code fills a gap and a disagreement is noted', async (t) => {
  const [plain, gap, other] = await read(t, [
    caseRow(),
    caseRow({ 案号: '（2021）吉0193执保2号', 案件类型: null }),
    caseRow({ 案号: '（2021）吉0193执恢3号', 案件类型: '首次执行' }),
  ])
  assert.deepEqual([accepted(plain).case.kind, accepted(plain).notes], ['首次执行', []])
  assert.equal(accepted(gap).case.kind, '财产保全执行')
  assert.equal(accepted(other).case.kind, '首次执行')
  assert.deepEqual(accepted(other).notes, ['第4行C列“案件类型”为“首次执行”，与案号类型代字“执恢”（恢复执行）不一致'])
})

test('an unreadable date other than the filing date is no date, with a note that names the cell', async (t) => {
  const [row] = await read(t, [
    caseRow({
      执行通知书发出日期: '待定',
      结案日期: '2021.9.1',
      中止日期: excelDate(44_400),
      '案款到账金额(元)': '若干',
    }),
  ])
  const { case: imported, notes } = accepted(row)
  assert.deepEqual([...imported.facts], [['结案日期', '2021-09-01']])
  assert.equal(imported.suspendedOn, '2021-07-23')
  assert.equal(imported.arrivedFen, null)
  assert.deepEqual(notes, [
    '第2行N列“执行通知书发出日期”“待定”不是日期，按无日期处理',
    '第2行Q列“案款到账金额”“若干”不是有效金额，按空白处理',
  ])
})

test('a formula counts by its cached value, with a note; text that begins with = is text', async (t) => {
  const [row, number] = await read(t, [
    caseRow({
      案号: formula('（2021）吉0193执1号'),
      立案日期: { xml: ' s="1"><f>TODAY()</f><v>44260</v>' },
      '申请执行标的(元)': { xml: '><f>1+1</f><v>2.5</v>' },
      承办人: { xml: '><f t="shared" si="0"/>' },
      备注: '=1+1',
    }),
    caseRow({ 案号: '（2021）吉0193执2号', 备注: formula('=x') }),
  ])
  const { case: imported, notes } = accepted(row)
  assert.deepEqual(
    [imported.filedOn, imported.amountFen, imported.judge, imported.remark],
    ['2021-03-05', 250n, null, '=1+1'],
  )
  assert.deepEqual(notes, [
    '第2行B列“案号”是公式，按其缓存值读取',
    '第2行D列“立案日期”是公式，按其缓存值读取',
    '第2行K列“申请执行标的”是公式，按其缓存值读取',
    '第2行L列“承办人”是公式且没有缓存值，按空白处理',
  ])
  assert.equal(accepted(number).case.remark, '=x')
})

test('the tally adds up what was read', async (t) => {
  const tally = new ImportTally()
  const rows = await read(t, [
    caseRow({ '申请执行标的(元)': '1,000.01' }),
    caseRow(),
    caseRow({ 案号: '（2021）吉0193执2号', '申请执行标的(元)': -5 }),
    caseRow({ 案号: '执3' }),
  ])
  for (const row of rows) tally.add(row)
  assert.deepEqual(tally.counts(), {
    rows: 4,
    duplicates: 1,
    accepted: 2,
    refused: [{ row: 5, caseNumber: '执3', reason: '案号格式错误' }],
    toCorrect: [{ caseNumber: '（2021）吉0193执2号', reasons: ['标的金额错误'] }],
    amountFen: '100001',
  })
})
