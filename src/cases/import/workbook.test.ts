import assert from 'node:assert/strict'
import { readdirSync, readlinkSync } from 'node:fs'
import { test } from 'node:test'
import { readExport } from './export-reading.ts'
import type { ReadRow } from './imported-case.ts'
import {
  caseRow,
  excelDate,
  fileOf,
  HEAD,
  type MadeEntry,
  partsOf,
  readAll,
  sheetXml,
  workbookFile,
  zipOf,
} from './made-workbook.ts'

// What different programs write, and what a table may look like.

function accepted(row: ReadRow | undefined): Extract<ReadRow, { kind: 'accepted' }> {
  assert.equal(row?.kind, 'accepted')
  return row as Extract<ReadRow, { kind: 'accepted' }>
}

function changed(parts: MadeEntry[], name: string, change: (data: string) => string): MadeEntry[] {
  return parts.map((part) => (part.name === name ? { ...part, data: change(String(part.data)) } : part))
}

const SHEET = 'xl/worksheets/sheet1.xml'

test('the header may stand in row 4 under merged titles, with its words broken and bracketed anyhow', async (t) => {
  const head = HEAD.map((word) =>
    word.replace('(元)', '（ 元 ）').replace('案号', '案\n号').replace('立案日期', ' 立 案\u3000日期*'),
  )
  const path = workbookFile(t, {
    rows: [['执行案件明细表（案号、立案日期齐全）'], ['案件基本信息', '当事人'], [], head, caseRow()],
  })
  const { rows, notes } = await readAll(path)
  assert.equal(accepted(rows[0]).row, 5)
  assert.equal(accepted(rows[0]).case.amountFen, 10000n)
  assert.equal(notes.filter((note) => !note.includes('表中没有以下各列')).length, 0)
})

test('columns may stand in any order; unknown, repeated and missing ones are noted', async (t) => {
  const head = [...HEAD, '原案号', '案由'].reverse()
  const row = [...caseRow({ 案由: '借款' }), '（2019）吉0193执9号', '重复的案由'].reverse()
  const { rows, notes } = await readAll(workbookFile(t, { rows: [head, row] }))
  const { case: imported } = accepted(rows[0])
  assert.equal(imported.caseNumber.canonical, '（2021）吉0193执1号')
  assert.equal(imported.debtors.parties[0]?.name, '乙某')
  assert.deepEqual(notes, [
    '工作表“明细”：“案由”有两列，P列未导入',
    '工作表“明细”：B列“原案号”不在导入范围，已忽略',
    '工作表“明细”：表中没有以下各列，按空白处理：承办团队、报告财产令发出日期、首次网络查控发起日期、传统查控日期、约谈申请执行人日期、限制消费日期、纳入失信日期、案款到账日期、案款发放日期、终本约谈日期、结案方式',
  ])
})

test('a head of two rows, merged downwards, is one header', async (t) => {
  const upper = HEAD.map((word) => (word.endsWith('日期') && word !== '立案日期' ? '流程节点' : word))
  const lower = HEAD.map((word) => (word.endsWith('日期') && word !== '立案日期' ? word : null))
  const path = workbookFile(t, { rows: [upper, lower, caseRow({ 结案日期: '2021-09-01' })] })
  const { rows } = await readAll(path)
  assert.equal(rows.length, 1)
  assert.equal(accepted(rows[0]).case.facts.get('结案日期'), '2021-09-01')
})

test('a column in 万元 is converted, with a note', async (t) => {
  const head = HEAD.map((word) => word.replace('申请执行标的(元)', '申请执行标的（万元）'))
  const { rows, notes } = await readAll(workbookFile(t, { rows: [head, caseRow({ '申请执行标的(元)': 1.5 })] }))
  assert.equal(accepted(rows[0]).case.amountFen, 1500000n)
  assert.ok(notes.includes('工作表“明细”：K列“申请执行标的”以万元计，已换算为元'))
})

test('dates of a workbook that counts from 1904', async (t) => {
  const rows = [HEAD, caseRow({ 立案日期: excelDate(42_798), 结案日期: { xml: ' s="2"><v>42808.75</v>' } })]
  const path = workbookFile(t, { rows, from1904: true })
  const { case: imported } = accepted((await readAll(path)).rows[0])
  assert.deepEqual([imported.filedOn, imported.facts.get('结案日期')], ['2021-03-05', '2021-03-15'])
})

test('a number is a date by its format only', async (t) => {
  const { rows } = await readAll(
    workbookFile(t, {
      rows: [
        HEAD,
        caseRow({ 立案日期: { xml: ' s="3"><v>44260</v>' } }),
        caseRow({ 案号: '（2021）吉0193执2号', 立案日期: 44_260 }),
        caseRow({ 案号: '（2021）吉0193执3号', '申请执行标的(元)': { xml: ' s="3"><v>44260</v>' } }),
      ],
    }),
  )
  assert.deepEqual(
    rows.map((row) => (row.kind === 'refused' ? row.reason : row.kind)),
    ['立案日期无法识别', '立案日期无法识别', 'accepted'],
  )
  assert.equal(accepted(rows[2]).case.amountFen, 4426000n)
})

test('shared strings: rich text is joined, phonetic hints are left out, escapes and entities resolved', async (t) => {
  const strings = `<sst xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">
<si><r><t>买买提</t></r><r><rPr><b/></rPr><t>·吐尔逊</t></r><rPh sb="0" eb="1"><t>mai</t></rPh></si>
<si><t xml:space="preserve">甲&amp;乙_x000D_
丙&#20849;_x005F_x_x0000_</t></si><si/></sst>`
  const parts = partsOf({
    rows: [
      HEAD,
      caseRow({
        申请执行人: { xml: ' t="s"><v>0</v>' },
        备注: { xml: ' t="s"><v>1</v>' },
        案由: { xml: ' t="s"><v>2</v>' },
      }),
    ],
  })
  const linked = changed(parts, 'xl/_rels/workbook.xml.rels', (data) =>
    data.replace(
      '</Relationships>',
      '<Relationship Id="rId3" Type="x/sharedStrings" Target="/xl/sharedStrings.xml"/></Relationships>',
    ),
  )
  const path = fileOf(t, zipOf([...linked, { name: 'xl/sharedStrings.xml', data: strings }]))
  const { case: imported } = accepted((await readAll(path)).rows[0])
  assert.equal(imported.creditors.parties[0]?.name, '买买提·吐尔逊')
  assert.equal(imported.remark, '甲&乙\r\n丙共_x')
  assert.equal(imported.cause, null)
})

test('prefixed names, single quotes, comments, cells and rows without a place: all are XML', async (t) => {
  const cells = (values: readonly unknown[]): string =>
    values.map((value) => `<x:c t='inlineStr'><x:is><x:t><![CDATA[${value ?? ''}]]></x:t></x:is></x:c>`).join('')
  const data = `<?xml version='1.0'?><!-- 导出 --><x:worksheet xmlns:x='http://purl.oclc.org/ooxml/spreadsheetml/main'>
<x:sheetData><x:row>${cells(HEAD)}</x:row><x:row a="1>0">${cells(caseRow())}</x:row></x:sheetData></x:worksheet>`
  const path = fileOf(t, zipOf(changed(partsOf({ rows: [] }), SHEET, () => data)))
  const row = accepted((await readAll(path)).rows[0])
  assert.equal(row.row, 2)
  assert.equal(row.case.amountFen, 10000n)
})

test('the first sheet counts, wherever its part lies and whatever the others hold', async (t) => {
  const parts = partsOf({ rows: [['另一张表']] })
  const two = changed(parts, 'xl/workbook.xml', (data) =>
    data.replace('<sheet name="明细"', '<sheet name="首表" sheetId="9" r:id="rId9"/><sheet name="明细"'),
  )
  const linked = changed(two, 'xl/_rels/workbook.xml.rels', (data) =>
    data.replace('</Rel', `<Relationship Id="rId9" Type="x/worksheet" Target="../xl/worksheets/Z.xml"/></Rel`),
  )
  const path = fileOf(
    t,
    zipOf([...linked, { name: 'xl\\worksheets\\z.xml', data: sheetXml({ rows: [HEAD, caseRow()] }) }]),
  )
  const { rows, notes } = await readAll(path)
  assert.equal(accepted(rows[0]).row, 2)
  assert.ok(notes.every((note) => note.startsWith('工作表“首表”')))
})

test('an identity number typed as a number is flagged and noted', async (t) => {
  const { rows } = await readAll(
    workbookFile(t, { rows: [HEAD, caseRow({ 被执行人证件号码: { xml: '><v>4.4052418800101E+17</v>' } })] }),
  )
  const row = accepted(rows[0])
  assert.deepEqual(row.toCorrect, ['证件号码校验错误'])
  assert.deepEqual(row.notes, ['第2行J列“被执行人证件号码”以数字存放，末几位已失真，请以文本重新录入'])
})

test('two readings of one file at a time do not disturb each other, and one may be left early', async (t) => {
  const rows = [
    HEAD,
    ...Array.from({ length: 3000 }, (_, index) => caseRow({ 案号: `（2021）吉0193执${index + 1}号` })),
  ]
  const path = workbookFile(t, { rows })
  const [first, second] = await Promise.all([readAll(path), readAll(path)])
  assert.equal(first.rows.length, 3000)
  assert.deepEqual(first.rows.at(-1), second.rows.at(-1))
  for await (const row of readExport(path, { courtCode: '吉0193', asOfOn: '2021-09-30' })) {
    if (row.row === 10) break
  }
  assert.ok(!openFiles().includes(path))
})

/** What this process has open, as Linux tells it. */
function openFiles(): string[] {
  return readdirSync('/proc/self/fd').flatMap((descriptor) => {
    try {
      return [readlinkSync(`/proc/self/fd/${descriptor}`)]
    } catch {
      return []
    }
  })
}
