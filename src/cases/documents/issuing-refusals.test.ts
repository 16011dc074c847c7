import assert from 'node:assert/strict'
import { test } from 'node:test'
import { CLOSING_WAYS } from '#cases/case/case.ts'
import { readCertificate } from '#cases/case/certificate.ts'
import type { Client } from '#test/client.ts'
import { startTestServer } from '#test/harness.ts'
import { ended } from '#test/http/bulk-jobs.ts'
import { pdfText } from '#test/pdf-text.ts'
import { ANSWERS, fileOf, issue, openCase, prepare, withAddresses } from '#test/suite/issuing.ts'

// What the law asks of a document beyond its fields: each limit at its boundary, refused and not, and what then stands
// in the document.

/** The refusal of an act with these answers in the place of the usual ones; null where it is taken. */
async function refusal(hand: Client, id: string, action: string, more: object) {
  const { version } = await hand.read(`/cases/${id}`)
  const body = { version, ...ANSWERS[action], ...more }
  const { status, body: said } = await hand.post(`/cases/${id}/${action}`, body)
  return status === 200 ? null : { status, code: said.code, message: said.message, rule: said.rule }
}

test('the rest that a 终本裁定书 names follows from what it says was realised', async (t) => {
  const server = await startTestServer(t)
  const { clerk, judge, president, judgeId } = await prepare(server)
  const made = await openCase(clerk, judgeId)
  await withAddresses(judge, made.id)
  const beyond = await refusal(judge, made.id, 'terminationRuling', { achieved: '12345679' })
  assert.deepEqual(beyond, {
    status: 422,
    code: 'ruling.achieved-beyond',
    message: '已实现债权123456.79元超过申请执行标的123456.78元',
    rule: '终本规定第六条',
  })
  const look = `/cases/${made.id}/documents/terminationRuling`
  assert.deepEqual((await judge.read(look)).missing, [], 'the rest is not missed before the judge has answered')
  const seen = await judge.post(`${look}/preview`, { ...ANSWERS.terminationRuling, achieved: '12345679' })
  assert.equal(seen.body.code, 'ruling.achieved-beyond', 'what would be refused is not shown either')
  const ruling = await issue(judge, [president], made.id, 'terminationRuling', { achieved: '2345678' })
  const text = pdfText(await fileOf(server, ruling.id, 'pdf'))
  assert.ok(text.includes('已实现债权23456.78元，尚有100000元未实现'), text)
})

/** An identity number of somebody born on this day, with the check character that agrees. */
function identityOf(birthOn: string): string {
  const first = `220104${birthOn.replaceAll('-', '')}001`
  return [...'0123456789X'].map((last) => first + last).find((number) => readCertificate(number).valid) ?? ''
}

test('a 失信决定书 lists debtors of the case who are of age, for the term that the ground has', async (t) => {
  const server = await startTestServer(t)
  const { clerk, judge, president, director, judgeId } = await prepare(server)
  const made = await openCase(clerk, judgeId, {
    debtors: [
      { name: '某甲·乙', certificates: [identityOf('2003-09-30')] },
      { name: '某丙', certificates: [identityOf('2003-10-01')] },
      { name: '某公司', certificates: ['91350100M000100Y43'] },
    ],
  })
  const refused = async (more: object) => await refusal(judge, made.id, 'dishonestyDecision', more)
  const untermed = '有履行能力而拒不履行生效法律文书确定义务'
  const refusals: [object, string, RegExp, string][] = [
    [{ whom: '某公司', ground: untermed }, 'dishonesty.term-excess', /没有期限/, '失信规定第二条'],
    [{ whom: '某公司', term: null }, 'dishonesty.term-missing', /“违反财产报告制度”/, '失信规定第二条'],
    [{ whom: '某公司、某丁；某戊' }, 'dishonesty.not-debtor', /：某丁、某戊$/, '失信规定第一条'],
    [{ whom: '甲龘' }, 'dishonesty.not-debtor', /：甲龘$/, '失信规定第一条'],
    [{ whom: '、' }, 'dishonesty.not-debtor', /：、$/, '失信规定第一条'],
    [{ whom: '某公司\n某丙' }, 'dishonesty.minor', /：某丙$/, '失信规定第四条'],
  ]
  for (const [more, code, message, rule] of refusals) {
    const said = await refused(more)
    assert.deepEqual([said?.status, said?.code, said?.rule], [422, code, rule], JSON.stringify(more))
    assert.match(said?.message, message)
  }
  assert.equal((await refused({ whom: '某公司', term: '六年' }))?.status, 400)
  const hands = [president, director]
  const termed = await issue(judge, hands, made.id, 'dishonestyDecision', { whom: '某甲·乙，某公司', term: '五年' })
  const LISTING = '《最高人民法院关于公布失信被执行人名单信息的若干规定》'
  const text = pdfText(await fileOf(server, termed.id, 'pdf'))
  assert.ok(text.includes(`${LISTING}第一条、${LISTING}第二条的规定，决定`), text)
  assert.ok(text.includes('纳入失信被执行人名单，期限为五年。'), text)
  server.time.pass({ minutes: 1 })
  const endless = { whom: '某公司', ground: untermed, term: null }
  const untimed = await issue(judge, hands, made.id, 'dishonestyDecision', endless)
  const other = pdfText(await fileOf(server, untimed.id, 'pdf'))
  assert.ok(other.includes(`${LISTING}第一条的规定，决定`) && other.includes('纳入失信被执行人名单。'), other)
})

test('a 罚款决定书 keeps within what the law of its day allows for a person and for a unit', async (t) => {
  const server = await startTestServer(t)
  const { clerk, judge, judgeId } = await prepare(server)
  const tried = async (fined: string, fineFen: string) => {
    const made = await openCase(clerk, judgeId)
    return refusal(judge, made.id, 'fineDecision', { fined, fineFen })
  }
  const refusals = [
    ['个人', '0', '对个人的罚款为人民币十万元以下，不能是0元'],
    ['个人', '10000001', '对个人的罚款为人民币十万元以下，不能是100000.01元'],
    ['单位', '4999999', '对单位的罚款为人民币五万元以上一百万元以下，不能是49999.99元'],
    ['单位', '100000001', '对单位的罚款为人民币五万元以上一百万元以下，不能是1000000.01元'],
  ] as const
  const said = { status: 422, code: 'fine.beyond', rule: '《中华人民共和国民事诉讼法》第一百一十五条' }
  for (const [fined, fineFen, message] of refusals) assert.deepEqual(await tried(fined, fineFen), { ...said, message })
  const taken = [
    ['个人', '1'],
    ['个人', '10000000'],
    ['单位', '5000000'],
    ['单位', '100000000'],
  ] as const
  for (const [fined, fineFen] of taken) assert.equal(await tried(fined, fineFen), null, `${fined} ${fineFen}`)
  server.time.travelTo('2022-01-04T09:00:00+08:00')
  for (const client of [clerk, judge]) await client.signIn()
  assert.equal((await tried('单位', '1'))?.rule, '《中华人民共和国民事诉讼法》第一百一十八条')
})

test('罚款 and 拘留 rest on the article of the obstruction that is named, by its number of the day', async (t) => {
  const server = await startTestServer(t)
  const { clerk, judge, president, director, judgeId } = await prepare(server)
  const cited = async (action: string, obstruction: string) => {
    server.time.pass({ minutes: 1 })
    const made = await openCase(clerk, judgeId)
    const { id } = await issue(judge, [president, director], made.id, action, { obstruction })
    const text = pdfText(await fileOf(server, id, 'pdf'))
    assert.ok(text.includes(`𠮷㛃·买买提${obstruction}，其行为妨害了民事诉讼。`), text)
    return /依照《中华人民共和国民事诉讼法》(第.*?)、《/.exec(text)?.[1]
  }
  const [hidden, report] = [
    '隐藏、转移、变卖、毁损已被查封、扣押的财产，或者转移已被冻结的财产',
    '拒绝报告、虚假报告或者无正当理由逾期报告财产',
  ]
  const duty = '以暴力、威胁或者其他方法阻碍司法工作人员执行职务'
  const unhelpful = '有义务协助执行的单位拒不协助执行'
  assert.equal(await cited('fineDecision', hidden), '第一百一十一条第一款第（三）项')
  assert.equal(await cited('detentionDecision', duty), '第一百一十一条第一款第（五）项')
  assert.equal(await cited('detentionDecision', report), '第二百四十一条')
  assert.equal(await cited('fineDecision', unhelpful), '第一百一十四条第一款')
  server.time.travelTo('2022-01-04T09:00:00+08:00')
  for (const client of [clerk, judge, president, director]) await client.signIn()
  assert.equal(await cited('fineDecision', unhelpful), '第一百一十七条第一款')
  assert.equal(await cited('fineDecision', report), '第二百四十八条')
})

test('a 结案通知书 tells of what was fulfilled; in bulk each case that ended otherwise says so', async (t) => {
  const server = await startTestServer(t)
  const { clerk, judge, judgeId } = await prepare(server)
  const closed = async (way: string) => {
    const made = await openCase(clerk, judgeId)
    const arrived = { version: made.version, node: '案款到账', on: '2021-09-30', arrivedFen: '100' }
    const { version } = await judge.do(`/cases/${made.id}/recordNode`, arrived)
    await judge.do(`/cases/${made.id}/close`, { version, on: '2021-09-30', way })
    return made
  }
  const fulfilled = await closed('执行完毕')
  const others = []
  for (const way of CLOSING_WAYS.filter((one) => one !== '执行完毕')) {
    const { id, caseNumber } = await closed(way)
    const said = await refusal(judge, id, 'closingNotice', {})
    assert.deepEqual([said?.status, said?.code], [409, 'closing-notice.way'])
    assert.equal(said?.message, `本案结案方式为“${way}”，不能签发结案通知书`)
    others.push(caseNumber)
  }
  const filed = { list: 'cases', action: 'closingNotice', answers: ANSWERS.closingNotice, filter: {}, count: 5 }
  const job = await clerk.do('/bulk-jobs', filed)
  assert.deepEqual([(await ended(clerk, job.id)).done, others.length], [1, 4])
  const { items } = await clerk.read(`/bulk-jobs/${job.id}/items?state=refused`)
  assert.deepEqual(items.map((one: { number: string }) => one.number).sort(), others.sort())
  for (const { reason } of items) assert.match(reason, /不能签发结案通知书/)
  const { items: issued } = await clerk.read('/documents')
  assert.deepEqual(
    issued.map((one: { subject: { number: string } }) => one.subject.number),
    [fulfilled.caseNumber],
  )
})

test('an 执行裁定书 names the term of what it takes; a release has none and rests on an article of its own', async (t) => {
  const server = await startTestServer(t)
  const { clerk, judge, judgeId } = await prepare(server)
  const made = await openCase(clerk, judgeId)
  await withAddresses(judge, made.id)
  const said = { status: 422, rule: '《最高人民法院关于适用〈中华人民共和国民事诉讼法〉的解释》第四百八十七条' }
  for (const measure of ['冻结', '查封', '扣押']) {
    const [code, message] = ['ruling.term-missing', `${measure}须写明控制期限`]
    assert.deepEqual(await refusal(judge, made.id, 'executionRuling', { measure, term: null }), {
      ...said,
      code,
      message,
    })
  }
  for (const measure of ['解除冻结', '解除查封', '解除扣押']) {
    const [code, message] = ['ruling.term-excess', `${measure}没有控制期限`]
    assert.deepEqual(await refusal(judge, made.id, 'executionRuling', { measure }), { ...said, code, message })
    server.time.pass({ minutes: 1 })
    const { id } = await issue(judge, [], made.id, 'executionRuling', { measure, property: '某处房产', term: null })
    const text = pdfText(await fileOf(server, id, 'pdf'))
    const cited =
      '依照《最高人民法院关于人民法院民事执行中查封、扣押、冻结财产的规定》第二十八条、《中华人民共和国民事诉讼法》第一百五十四条'
    assert.ok(text.includes(cited) && text.includes(`${measure}某处房产。`), text)
  }
  assert.equal(await refusal(judge, made.id, 'executionRuling', { measure: '划拨', term: null }), null)
})

test('a basic court decides on no 协同执行; it reports to the court above', async (t) => {
  const server = await startTestServer(t)
  const { clerk, head, judgeId } = await prepare(server)
  const made = await openCase(clerk, judgeId)
  assert.deepEqual(await refusal(head, made.id, 'jointExecution', {}), {
    status: 409,
    code: 'joint-execution.basic',
    message: '基层人民法院不能作出协同执行决定书',
    rule: '指导意见第二十五条',
  })
  assert.equal((await server.sql('select 1 from approval')).length, 0)
})

test('an 执行通知书 demands what the basis orders: money, something else, or both; never nothing', async (t) => {
  const server = await startTestServer(t)
  const { clerk, judge, judgeId } = await prepare(server)
  const [yard, money] = [
    '将某处房屋腾空交付申请执行人',
    '向申请执行人支付123456.78元（大写：壹拾贰万叁仟肆佰伍拾陆元柒角捌分）',
  ]
  const demanded = async (more: object, content: string | null) => {
    const made = await openCase(clerk, judgeId, more)
    const { missing } = await judge.read(`/cases/${made.id}/documents/executionNotice`)
    assert.deepEqual(missing, [])
    const said = await refusal(judge, made.id, 'executionNotice', { content })
    if (said) return [said.status, said.code]
    const [{ id }] = (await judge.read(`/cases/${made.id}/documents`)).items
    const text = pdfText(await fileOf(server, id, 'pdf'))
    assert.ok(text.includes('加倍支付迟延履行期间的债务利息或者支付迟延履行金'), text)
    return /一、(.*?)二、/.exec(text)?.[1]
  }
  const [nothing, handover] = [{ amountFen: null }, { duty: '交付财物' }]
  assert.equal(await demanded({}, null), `${money}；`)
  assert.equal(await demanded({}, yard), `${money}；${yard}；`)
  assert.equal(await demanded(handover, null), `${money}；`)
  assert.equal(await demanded({ ...handover, ...nothing }, yard), `${yard}；`)
  assert.equal(await demanded({ ...handover, amountFen: '0' }, yard), `${yard}；`)
  assert.equal(await demanded({ amountFen: '0' }, yard), `${yard}；`)
  const refused = [422, 'execution-notice.no-duty']
  assert.deepEqual(await demanded({ ...handover, ...nothing }, null), refused)
  assert.deepEqual(await demanded({ duty: '完成行为', amountFen: '0' }, null), refused)
  assert.deepEqual(await demanded({ amountFen: '0' }, null), refused)
})
