import assert from 'node:assert/strict'
import { test } from 'node:test'
import { addDays, addMonths } from '#kernel/time/time.ts'
import { articleTest } from '#test/articles.ts'
import { startTestServer, type TestServer } from '#test/harness.ts'
import { PDF } from '#test/suite/cast.ts'
import { derivedSuite } from '#test/suite/derived-suite.ts'
import { percentOf } from './report-routes.ts'
import { specialReport } from './special-report.ts'

// The months of 吉0193 in the autumn of 2021: 8 October is the first working day of October, 1 November that of its
// month.

const months = new WeakMap<TestServer, number>()

/** The last day of another past month each time. */
function pastMonth(server: TestServer): string {
  const n = (months.get(server) ?? 0) + 1
  months.set(server, n)
  return addDays(addMonths('2021-09-01', 1 - n), -1)
}

derivedSuite(specialReport, {
  openings: async () => [{ monthEndOn: '2021-08-31' }],
  answers: { open: async (server) => ({ monthEndOn: pastMonth(server) }) },
})

async function act(server: TestServer, by: string, path: string, name: string, answers: object = {}) {
  const client = await server.as(by)
  const { version } = await client.read(path)
  return client.post(`${path}/${name}`, { ...answers, version })
}

async function done(server: TestServer, by: string, path: string, name: string, answers: object = {}) {
  const reply = await act(server, by, path, name, answers)
  assert.equal(reply.status, 200, `${name}: ${reply.text}`)
  return reply.body
}

/** An entry of the ledger, confirmed; gives its path. */
async function listed(server: TestServer, name: string, amountFen: string): Promise<string> {
  await (await server.as('fangmingyu')).do('/cases', {
    kind: '首次执行',
    filedOn: '2021-09-01',
    amountFen,
    creditors: [{ name: '某甲公司' }],
    debtors: [{ name }],
  })
  const { items } = await (await server.as('linjing')).read('/special-parties?state=proposed')
  const path = `/special-parties/${items[0].id}`
  await done(server, 'linjing', path, 'confirm')
  return path
}

async function cleared(server: TestServer, path: string, clearedOn: string): Promise<void> {
  await (await server.as('linjing')).upload(`${path}/attachments`, { document: 'proof' }, PDF)
  await done(server, 'linjing', path, 'reportCleared', { clearedOn, clearedWay: '全部履行', clearedFen: '90000' })
  await done(server, 'luoxiaoming', path, 'confirmCleared')
}

async function removed(server: TestServer, path: string): Promise<void> {
  const { approval, version } = await done(server, 'linjing', path, 'remove', { reason: '列入有误' })
  await (await server.as('maguodong')).do(`/approvals/${approval.id}/approve`, { version })
}

const reports = async (server: TestServer) => (await (await server.as('linjing')).read('/special-reports')).items

interface Told {
  of: Record<string, [n: number, amountFen: string]>
  clearedFen: string
  rate: { numerator: number; denominator: number; percent: string | null }
}

async function figures(server: TestServer, path: string, category = '合计'): Promise<Told> {
  const { rows } = await (await server.as('luoxiaoming')).read(`${path}/figures`)
  const row = rows.find((one: { category: string }) => one.category === category)
  const pairs = row.figures.map((one: { name: string; n: number; amountFen: string }) => [
    one.name,
    [one.n, one.amountFen],
  ])
  return { of: Object.fromEntries(pairs), clearedFen: row.clearedFen, rate: row.rate }
}

/** September: one office and one firm listed. October: one more listed, one cleared, one taken out. */
async function twoMonths(server: TestServer) {
  const office = await listed(server, '某县人民政府', '100000')
  const firm = await listed(server, '某市城投有限公司', '200000')
  const [september] = await reports(server)
  server.time.travelTo('2021-10-08T08:30:00+08:00')
  await server.app.worker.sweep()
  const other = await listed(server, '某县财政局', '400000')
  await cleared(server, office, '2021-10-08')
  await removed(server, firm)
  return { september: `/special-reports/${september.id}`, office, firm, other }
}

articleTest(
  ['19', '32'],
  'in the morning of the first working day: figures, their cases, one return, frozen',
  async (t) => {
    const server = await startTestServer(t)
    await listed(server, '某县人民政府', '100000')
    const [one, ...more] = await reports(server)
    assert.deepEqual([one.state, one.dueOn, more.length], ['collecting', '2021-10-08', 0])
    const path = `/special-reports/${one.id}`
    const early = await act(server, 'linjing', path, 'generate')
    assert.equal(early.body.code, 'special-report.month-running')
    server.time.travelTo('2021-10-08T08:29:59+08:00')
    await server.app.worker.sweep()
    assert.equal((await reports(server))[0].state, 'collecting')
    server.time.travelTo('2021-10-08T08:30:00+08:00')
    await server.app.worker.sweep()
    const [next, drafted] = await reports(server)
    assert.deepEqual([next.state, next.values.monthEndOn, drafted.state], ['collecting', '2021-10-31', 'drafted'])
    const told = await server.sql(`select to_role from outbox where thing_id = $1 and title like '%超期%'`, [one.id])
    assert.deepEqual(told, [], 'nothing was late')
    assert.deepEqual(await figures(server, path), {
      of: {
        opening: [0, '0'],
        entered: [1, '100000'],
        cleared: [0, '0'],
        removed: [0, '0'],
        closing: [1, '100000'],
        base: [1, '100000'],
      },
      clearedFen: '0',
      rate: { numerator: 0, denominator: 1, percent: '0.00' },
    })
    assert.equal((await figures(server, path, '军队')).rate.percent, null)
    await done(server, 'linjing', path, 'submit', { remark: '本月新增一件' })
    assert.equal((await act(server, 'linjing', path, 'confirm')).status, 403)
    await done(server, 'luoxiaoming', path, 'sendBack', { reason: '请说明清理计划' })
    await done(server, 'linjing', path, 'submit', { remark: '本月新增一件，计划年内清理' })
    const confirmed = await done(server, 'luoxiaoming', path, 'confirm')
    assert.equal(confirmed.state, 'confirmed')
    assert.equal((await (await server.as('luoxiaoming')).read(`${path}/figures`)).isFrozen, true)
  },
)

articleTest(
  ['19', '32'],
  'every figure is the number of the cases in its list, and months join without a gap',
  async (t) => {
    const server = await startTestServer(t)
    await twoMonths(server)
    server.time.travelTo('2021-11-01T08:30:00+08:00')
    await server.app.worker.sweep()
    const [, october] = await reports(server)
    const path = `/special-reports/${october.id}`
    const all = await figures(server, path)
    assert.deepEqual(all, {
      of: {
        opening: [2, '300000'],
        entered: [1, '400000'],
        cleared: [1, '100000'],
        removed: [1, '200000'],
        closing: [1, '400000'],
        base: [2, '500000'],
      },
      clearedFen: '90000',
      rate: { numerator: 1, denominator: 2, percent: '50.00' },
    })
    const head = await server.as('luoxiaoming')
    for (const name of ['opening', 'entered', 'cleared', 'removed', 'closing', 'base']) {
      for (const category of ['', '党政机关', '国有企业', '军队']) {
        const found: { amountFen: string; category: string }[] = []
        let after = ''
        do {
          const narrowed = category === '' ? '' : `&category=${category}`
          const page = await head.read(`${path}/entries?figure=${name}${narrowed}&limit=1${after}`)
          found.push(...page.items)
          after = page.next === null ? '' : `&after=${page.next}`
        } while (after !== '')
        const { of: told }: Told = category === '' ? all : await figures(server, path, category)
        const sum = found.reduce((total, one) => total + BigInt(one.amountFen), 0n)
        assert.deepEqual([found.length, String(sum)], told[name], `${name} ${category}`)
      }
    }
  },
)

test('a case in two categories counts once in 合计, with its amount and in the rate', async (t) => {
  const server = await startTestServer(t)
  const office = await listed(server, '某县人民政府', '100000')
  await listed(server, '某县财政局', '400000')
  const clerk = await server.as('linjing')
  const { caseNumber } = (await clerk.read(office)).values
  const opened = { caseNumber, party: '某县人民政府', category: '国有企业', ground: '出资企业', amountFen: '90000' }
  const { id } = await clerk.do('/special-parties', opened)
  const again = `/special-parties/${id}`
  await done(server, 'linjing', again, 'confirm')
  const [september] = await reports(server)
  server.time.travelTo('2021-10-08T08:30:00+08:00')
  await server.app.worker.sweep()
  const before = await figures(server, `/special-reports/${september.id}`)
  assert.deepEqual(
    [before.of.entered, before.of.closing],
    [
      [2, '500000'],
      [2, '500000'],
    ],
  )
  await cleared(server, office, '2021-10-08')
  await cleared(server, again, '2021-10-08')
  server.time.travelTo('2021-11-01T08:30:00+08:00')
  await server.app.worker.sweep()
  const path = `/special-reports/${(await reports(server))[1].id}`
  const all = await figures(server, path)
  assert.deepEqual(
    [all.of.opening, all.of.cleared, all.of.closing, all.clearedFen, all.rate],
    [[2, '500000'], [1, '100000'], [1, '400000'], '90000', { numerator: 1, denominator: 2, percent: '50.00' }],
  )
  const firms = await figures(server, path, '国有企业')
  assert.deepEqual([firms.of.cleared, firms.clearedFen, firms.rate.percent], [[1, '90000'], '90000', '100.00'])
})

articleTest(
  ['19'],
  'figures of a confirmed month stand, whatever becomes of the ledger, and whoever asks',
  async (t) => {
    const server = await startTestServer(t)
    const { september, other } = await twoMonths(server)
    const before = await figures(server, september)
    await done(server, 'linjing', september, 'submit', { remark: '无' })
    await done(server, 'luoxiaoming', september, 'confirm')
    await done(server, 'linjing', other, 'correct', { amountFen: '1', paidFen: '0', reason: '笔误' })
    await server.sql(`update matter_special_party set amount_fen = 7 where amount_fen = 200000`)
    assert.deepEqual(await figures(server, september), before)
    assert.deepEqual(before.of.closing, [2, '300000'], 'what left in October was there at the end of September')
    const refused = server.sql('delete from special_report_line where report_id = $1', [september.split('/').at(-1)])
    await assert.rejects(refused, { code: '23001' })
  },
)

articleTest(['19'], 'what changed since the submission is not confirmed; overdue, the director is told', async (t) => {
  const server = await startTestServer(t)
  const { september, firm } = await twoMonths(server)
  await done(server, 'linjing', september, 'submit', { remark: '无' })
  await server.sql('update matter_special_party set amount_fen = 5 where id = $1', [firm.split('/').at(-1)])
  const changed = await act(server, 'luoxiaoming', september, 'confirm')
  assert.equal(changed.body.code, 'special-report.changed')
  const page = await (await server.as('luoxiaoming')).read(september)
  assert.deepEqual([page.state, page.dueOn], ['submitted', '2021-10-12'])
  server.time.travelTo('2021-10-13T00:00:00+08:00')
  await server.app.worker.sweep()
  const director = await server.as('maguodong')
  const titles = (await director.read('/notices')).items.map(({ title }: { title: string }) => title)
  assert.ok(
    titles.some((title: string) => title.startsWith('逾期提醒')),
    titles.join(),
  )
  await done(server, 'luoxiaoming', september, 'sendBack', { reason: '台账有变更' })
  await done(server, 'linjing', september, 'submit', { remark: '已重新统计' })
  await done(server, 'luoxiaoming', september, 'confirm')
  assert.deepEqual((await figures(server, september)).of.closing, [2, '100005'])
})

articleTest(['19'], 'a report by hand: the last day of a month that has begun, and one for each month', async (t) => {
  const server = await startTestServer(t)
  const clerk = await server.as('linjing')
  const refused = async (monthEndOn: string) => {
    const { body } = await clerk.post('/special-reports', { monthEndOn })
    return [body.code, body.fields[0]?.path]
  }
  assert.deepEqual(await refused('2021-08-30'), ['request.invalid', 'monthEndOn'])
  assert.deepEqual(await refused('2021-10-31'), ['request.invalid', 'monthEndOn'])
  await clerk.do('/special-reports', { monthEndOn: '2021-08-31' })
  assert.deepEqual(await refused('2021-08-31'), ['special-report.exists', 'monthEndOn'])
  assert.equal((await reports(server)).length, 1)
})

articleTest(['19'], 'a clockwork that stood still for two months leaves none of them out', async (t) => {
  const server = await startTestServer(t)
  await listed(server, '某县人民政府', '100000')
  server.time.travelTo('2021-12-06T09:00:00+08:00')
  await server.app.worker.sweep()
  const found = (await reports(server)).map((one: { state: string; values: { monthEndOn: string } }) => [
    one.values.monthEndOn,
    one.state,
  ])
  assert.deepEqual(found.toSorted(), [
    ['2021-09-30', 'drafted'],
    ['2021-10-31', 'drafted'],
    ['2021-11-30', 'drafted'],
    ['2021-12-31', 'collecting'],
  ])
})

test('a rate has two places, rounded half up, and none where there is nothing to clear', () => {
  assert.deepEqual(
    [percentOf(1, 3), percentOf(2, 3), percentOf(1, 8), percentOf(1, 1), percentOf(0, 5), percentOf(0, 0)],
    ['33.33', '66.67', '12.50', '100.00', '0.00', null],
  )
  assert.equal(percentOf(1, 80_000), '0.00')
  assert.equal(percentOf(1, 20_000), '0.01')
})
