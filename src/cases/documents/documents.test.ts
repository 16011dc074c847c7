import assert from 'node:assert/strict'
import { enforcementCase } from '#cases/case/case.ts'
import type { Form } from '#kernel/documents/form.ts'
import { formsOfKind } from '#kernel/matter/issuing.ts'
import { articleTest } from '#test/articles.ts'
import { startTestServer } from '#test/harness.ts'
import { type PdfPage, pdfPages, pdfText } from '#test/pdf-text.ts'
import { formText, opensWell, type Values } from '#test/suite/form-text.ts'
import { ANSWERS, fileOf, issue, openCase, prepare, SETTINGS, withAddresses, wordText } from '#test/suite/issuing.ts'

const CODE = '《中华人民共和国民事诉讼法》'
const CONSUMPTION = '《最高人民法院关于限制被执行人高消费及有关消费的若干规定》'

/** The law as it stood on the day of the demonstration, 30 September 2021. */
const LAW = {
  依据执行通知: `${CODE}第二百四十条`,
  依据报告财产: `${CODE}第二百四十一条`,
  依据冻结划拨: `${CODE}第二百四十二条`,
  依据提取收入: `${CODE}第二百四十三条`,
  依据查封扣押: `${CODE}第二百四十四条`,
  依据迟延履行: `${CODE}第二百五十三条`,
  依据限制措施: `${CODE}第二百五十五条`,
  依据中止执行: `${CODE}第二百五十六条`,
  依据终结执行: `${CODE}第二百五十七条`,
  依据裁定: `${CODE}第一百五十四条第一款第（十一）项`,
  依据妨害执行: `${CODE}第一百一十一条第一款第（六）项`,
  依据罚拘限度: `${CODE}第一百一十五条`,
  依据罚拘批准: `${CODE}第一百一十六条`,
  依据委托执行: `${CODE}第二百二十九条`,
  依据终本: '《最高人民法院关于适用〈中华人民共和国民事诉讼法〉的解释》第五百一十九条',
  依据失信期限: '《最高人民法院关于公布失信被执行人名单信息的若干规定》第二条',
  依据失信: '《最高人民法院关于公布失信被执行人名单信息的若干规定》第一条',
  依据限制消费: `${CONSUMPTION}第一条`,
  依据限制项目: `${CONSUMPTION}第三条`,
  依据财产调查: '《最高人民法院关于民事执行中财产调查若干问题的规定》第三条',
}

/** What `openCase` and `withAddresses` say of a case, in the words of a document. */
const CASE = {
  法院: '长春新区人民法院',
  今日: '2021年9月30日',
  案由: '民间借贷纠纷',
  立案日期: '2021年9月29日',
  执行依据: '（2021）吉0193民初7号民事判决',
  申请执行标的: '123456.78元',
  申请执行标的大写: '壹拾贰万叁仟肆佰伍拾陆元柒角捌分',
  申请执行人姓名: '甲龘',
  被执行人姓名: '𠮷㛃·买买提',
  申请执行人: [{ 名称: '甲龘', 身份信息: '统一社会信用代码91350100M000100Y43', 住址: '长春市甲龘路1号' }],
  被执行人: [
    {
      名称: '𠮷㛃·买买提',
      身份信息: '男，1949年12月31日出生，公民身份号码110105194912310038',
      住址: '长春市𠮷㛃·买买提路1号',
    },
  ],
}

/** What the answers are called in a document, and how those read there that are no plain text. */
const SAID: Readonly<Record<string, Values>> = {
  executionRuling: { 依据措施: `${LAW.依据冻结划拨}、${LAW.依据提取收入}、${LAW.依据查封扣押}` },
  fineDecision: { 罚款金额: '50000元', 交款期限: '2021年10月15日' },
  detentionDecision: { 拘留天数: '15' },
  terminationRuling: { 已实现债权: '0元', 未到位金额: '123456.78元' },
  executionNotice: { 金钱给付: '金钱给付', 履行内容: null },
  jointExecution: { 法院: '长春市中级人民法院' },
  closingNotice: { 到位金额: '123456.78元', 结案方式: '执行完毕' },
  dishonestyDecision: { 纳入期限: '二年' },
}

const NUMBERS: Readonly<Record<string, (caseNumber: string) => string>> = {
  consumptionLimit: (number) => `${number}之一`,
  executionRuling: (number) => `${number}之一`,
  suspensionRuling: (number) => `${number}之二`,
  endingRuling: (number) => `${number}之三`,
  fineDecision: () => '（2021）吉0193司惩1号',
  detentionDecision: () => '（2021）吉0193司惩2号',
  entrustmentLetter: () => '长新法委〔2021〕1号',
}

articleTest(
  ['9'],
  'every form of a case: issued, numbered, opened; the PDF says the form’s wording with what was entered, and no more',
  async (t) => {
    const server = await startTestServer(t)
    const { clerk, judge, president, director, judgeId, judgeName } = await prepare(server)
    // 协同执行 is decided by the court above.
    const above = await prepare(server, '吉01')
    const theirs = await openCase(above.clerk, above.judgeId)
    const made = await openCase(clerk, judgeId)
    await withAddresses(judge, made.id)
    const closed = await openCase(clerk, judgeId)
    await judge.do(`/cases/${closed.id}/recordNode`, {
      version: closed.version,
      node: '案款到账',
      on: '2021-09-30',
      arrivedFen: '12345678',
    })
    const { version } = await judge.read(`/cases/${closed.id}`)
    await judge.do(`/cases/${closed.id}/close`, { version, on: '2021-09-30', way: '执行完毕' })

    const forms = formsOfKind(enforcementCase)
    assert.deepEqual(forms.map(({ action }) => action).sort(), Object.keys(ANSWERS).sort())
    for (const { action, form, spec } of forms) {
      const isAbove = action === 'jointExecution'
      const of = isAbove ? theirs : action === 'closingNotice' ? closed : made
      const approvers = isAbove ? [above.director] : [president, director]
      server.time.pass({ minutes: 1 })
      const document = await issue(isAbove ? above.head : judge, approvers, of.id, action)
      assert.equal(document.title, form.title)
      assert.equal(document.number, NUMBERS[action]?.(of.caseNumber) ?? of.caseNumber, form.title)
      const [pdf, word] = [await fileOf(server, document.id, 'pdf'), await fileOf(server, document.id, 'word')]
      const answers = Object.entries(ANSWERS[action] ?? {}).map(([name, value]) => [
        spec.ask?.[name]?.label ?? name,
        String(value),
      ])
      const expected = formText(form.blocks, {
        ...LAW,
        ...CASE,
        ...SETTINGS,
        承办人: judgeName,
        案号: of.caseNumber,
        文书编号: document.number,
        日期: form.family === 'court' ? '二〇二一年九月三十日' : '2021年9月30日',
        ...Object.fromEntries(answers),
        ...SAID[action],
      })
      const pages = pdfPages(pdf)
      const text = pdfText(pdf).replace(/—\d+—/g, '')
      assert.equal(text, expected, `${form.title}: the PDF`)
      assert.equal(wordText(word), expected, `${form.title}: the Word file`)
      opensWell(word, form.title)
      standsWell(form, pages, document.number)
    }
  },
)

const POINTS_PER_MM = 72 / 25.4
const [A4_WIDTH, A4_HEIGHT] = [595.3, 841.9]
const [LEFT, RIGHT, TOP, BOTTOM] = [28, 26, 37, 35].map((mm) => mm * POINTS_PER_MM) as [number, number, number, number]
/** 三号, 二号, 四号. */
const [BODY, TITLE, SMALL] = [16, 22, 14]

/** Page, margins, sizes and places of GB/T 9704-2012 and 法〔2016〕221号; where the two differ, by the form's family. */
function standsWell({ title, family, blocks }: Form, pages: readonly PdfPage[], number: string): void {
  const isNumber = (text: string) => text.replace(/\s/g, '') === `—${pages.length}—`
  for (const { width, height, pieces } of pages) {
    assert.deepEqual([width, height], [A4_WIDTH, A4_HEIGHT], title)
    for (const { x, y, size, text } of pieces) {
      assert.ok([BODY, TITLE, SMALL].includes(size), `${title}: ${text} in ${size} points`)
      assert.ok(x >= LEFT - 1 && x < width - RIGHT, `${title}: ${text} begins at ${x}`)
      const isInside = y > BOTTOM - 1 && y + size * 0.88 < height - TOP + 1
      assert.ok(isInside || (size === SMALL && y < BOTTOM), `${title}: ${text} stands at ${y}`)
    }
  }
  const last = pages.at(-1)?.pieces.filter(({ y }) => y < BOTTOM) ?? []
  assert.ok(isNumber(last.map(({ text }) => text).join('')), `${title}: a page says which it is`)
  const pieces = pages.flatMap((page) => page.pieces)
  const beginning = pieces.findIndex(({ size }) => size !== TITLE)
  const head = pieces[beginning]
  assert.ok(head && number.startsWith(head.text.trim()), `${title}: the number under the title`)
  // Of rulings the number stands at the right margin; of letters it is centred under the title.
  assert.equal(head.x > A4_WIDTH / 2, family === 'court', `${title}: the number begins at ${head.x}`)
  if (family !== 'court' || !blocks.some((block) => block.kind === 'paragraph' && block.style === 'dated')) return
  const date = pieces.find(({ text }) => text === '二〇二一年九月三十日')
  // Four characters from the right.
  const end = A4_WIDTH - RIGHT - 4 * BODY
  assert.ok(date && Math.abs(date.x + 10 * BODY - end) < 1, `${title}: the date begins at ${date?.x}`)
}
