import assert from 'node:assert/strict'
import { articleTest } from '#test/articles.ts'
import { startTestServer } from '#test/harness.ts'
import { pdfText } from '#test/pdf-text.ts'
import { holderOf } from '#test/suite/cast.ts'
import { formText, opensWell } from '#test/suite/form-text.ts'
import { fileOf, wordText } from '#test/suite/issuing.ts'
import { supervisionLetter } from './supervision-letter.ts'

const AT_ONCE = 50
/** Every seventh has a character that no font draws: it is refused while it holds the series. */
const REFUSED_EACH = 7
const LANES = 6

const isRefused = (index: number) => index % REFUSED_EACH === REFUSED_EACH - 1
const requirementOf = (index: number) =>
  `请立即办理第${index + 1}项，向${isRefused(index) ? '𪚥' : '𠮷㛃'}·买买提说明原因`

articleTest(
  ['9', '36.1'],
  'fifty letters of supervision at once, some refused: numbered without gap or double, each says its order',
  async (t) => {
    const server = await startTestServer(t)
    const [centre, head] = [
      await server.as('linjing'),
      await server.as((await holderOf(server, '吉0193', 'centre.head')).username),
    ]
    await head.put('/document-settings', { name: '发文机关代字', value: '长新法' })
    const judge = await holderOf(server, '吉0193', 'team.judge')
    const orders: { id: string; version: number; number: string }[] = []
    for (let index = 0; index < AT_ONCE; index += 1) {
      const order = {
        source: '本院督办',
        target: '承办人',
        handler: judge.personId,
        requirement: requirementOf(index),
        answerOn: '2021-10-15',
      }
      orders.push(await centre.do('/supervision-orders', order))
    }
    // Several at a time, all of which wait for the same series.
    const waiting = [...orders]
    const codes = new Map<string, string>()
    const lane = async () => {
      for (let one = waiting.shift(); one; one = waiting.shift()) {
        const reply = await centre.post(`/supervision-orders/${one.id}/issueLetter`, { version: one.version })
        codes.set(one.id, reply.status === 200 ? 'issued' : reply.body.code)
      }
    }
    await Promise.all(Array.from({ length: LANES }, lane))
    assert.deepEqual(
      orders.map(({ id }) => codes.get(id)),
      orders.map((_, index) => (isRefused(index) ? 'document.characters' : 'issued')),
    )
    const rows = await server.sql<{ id: string; number: string; serial: number; thing_id: string }>(
      'select id, number, serial, thing_id from issued_document order by serial',
    )
    assert.deepEqual(
      rows.map(({ number }) => number),
      rows.map((_, index) => `长新法督〔2021〕${index + 1}号`),
    )
    const made = orders.filter((_, index) => !isRefused(index))
    assert.deepEqual(new Set(rows.map(({ thing_id }) => thing_id)), new Set(made.map(({ id }) => id)))
    assert.equal(rows.length, made.length)
    const [refused] = orders.filter((_, index) => isRefused(index))
    const still = await centre.read(`/supervision-orders/${refused?.id}`)
    assert.equal(still.version, refused?.version, 'what was refused has not changed')
    for (const row of [rows[0], rows.at(-1)]) {
      const at = orders.findIndex(({ id }) => id === row?.thing_id)
      const word = await fileOf(server, row?.id ?? '', 'word')
      const expected = formText(supervisionLetter.blocks, {
        法院: '长春新区人民法院',
        文书编号: row?.number ?? '',
        主送: judge.name,
        来源: '本院督办',
        编号: orders[at]?.number ?? '',
        执行案号: null,
        问题节点: null,
        督办要求: requirementOf(at),
        回复期限: '2021年10月15日',
        日期: '2021年9月30日',
      })
      assert.equal(pdfText(await fileOf(server, row?.id ?? '', 'pdf')).replace(/—1—/g, ''), expected)
      assert.equal(wordText(word), expected)
      opensWell(word, '督办函')
    }
  },
)
