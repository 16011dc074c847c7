import assert from 'node:assert/strict'
import { enforcementCase } from '#cases/case/case.ts'
import { formsOfKind } from '#kernel/matter/issuing.ts'
import { articleTest } from '#test/articles.ts'
import { startTestServer } from '#test/harness.ts'
import { pdfText } from '#test/pdf-text.ts'
import { ANSWERS, fileOf, issue, openCase, prepare, withAddresses, wordText } from '#test/suite/issuing.ts'

articleTest(
  ['9'],
  'every form of a case: issued, numbered, PDF and Word file say what the case and the answers say',
  async (t) => {
    const server = await startTestServer(t)
    const { filing, judge, president, director, head, judgeId } = await prepare(server)
    const made = await openCase(filing, judgeId)
    await withAddresses(judge, made.id)
    const closed = await openCase(filing, judgeId)
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
      const id = action === 'closingNotice' ? closed.id : made.id
      const hand = action === 'jointExecution' ? head : judge
      server.time.pass({ minutes: 1 })
      const document = await issue(hand, [president, director], id, action)
      assert.equal(document.title, form.title)
      const [pdf, word] = [await fileOf(server, document.id, 'pdf'), await fileOf(server, document.id, 'word')]
      const text = pdfText(pdf).replace(/—\d+—/g, '')
      assert.equal(text, wordText(word), `${form.title}: the PDF says what the Word file says`)
      assert.ok(text.startsWith(`长春新区人民法院${form.title}`), form.title)
      assert.ok(text.includes(document.number), form.title)
      const said = Object.entries(ANSWERS[action] ?? {}).filter(([name]) => spec.ask?.[name]?.type === 'text')
      for (const [, value] of said)
        assert.ok(text.includes(String(value).replace(/\s/g, '')), `${form.title}: ${value}`)
      if (action !== 'riskNotice' && action !== 'entrustmentLetter')
        assert.ok(text.includes('𠮷㛃·买买提') || action === 'jointExecution', form.title)
      assert.ok(!/[{}]|undefined|null/.test(text), form.title)
    }
  },
)
