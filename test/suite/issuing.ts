import assert from 'node:assert/strict'
import type { Role } from '#kernel/authorisation/roles.ts'
import { parseXml, textOf } from '#kernel/documents/xml-tree.ts'
import { readZip } from '#kernel/documents/zip-file.ts'
import type { Client } from '#test/client.ts'
import type { TestServer } from '#test/harness.ts'
import { holderOf } from '#test/suite/cast.ts'

// A court that issues documents: its settings made, its people signed in, a case with names that few fonts know.

/** What a court says of itself. */
export const SETTINGS = {
  发文机关代字: '长新法',
  收款户名: '长春新区人民法院执行款专户',
  开户银行: '某银行长春新区支行',
  收款账号: '6200000000001234567',
  法院地址: '长春新区某路1号',
  联系电话: '0431-12345678',
}

/** Answers for each act that issues: what a judge would write, with names that few fonts know. */
export const ANSWERS: Readonly<Record<string, Record<string, unknown>>> = {
  executionNotice: { within: '三日内' },
  disclosureOrder: { within: '收到本令后五日内' },
  assetDeclaration: {},
  riskNotice: {},
  proofOfService: {
    papers: '执行通知书一份、报告财产令一份',
    receiver: '𠮷㛃·买买提',
    address: '长春市二道区某街2号',
    way: '直接送达',
  },
  closingNotice: { fulfilment: '被执行人已将全部款项交付本院' },
  consumptionLimit: { whom: '𠮷㛃·买买提', president: '钱院长' },
  dishonestyDecision: {
    whom: '𠮷㛃·买买提',
    ground: '违反财产报告制度',
    facts: '被执行人逾期拒不报告财产',
    term: '二年',
    president: '钱院长',
  },
  fineDecision: {
    punished: '𠮷㛃·买买提',
    identity: '男，公民身份号码110105194912310038',
    address: '长春市二道区某街2号',
    obstruction: '拒不履行人民法院已经发生法律效力的判决、裁定',
    facts: '被执行人隐匿车辆',
    superior: '长春市中级人民法院',
    president: '钱院长',
    fined: '个人',
    fineFen: '5000000',
    payBy: '2021-10-15',
  },
  detentionDecision: {
    punished: '𠮷㛃·买买提',
    identity: '男，公民身份号码110105194912310038',
    address: '长春市二道区某街2号',
    obstruction: '拒不履行人民法院已经发生法律效力的判决、裁定',
    facts: '被执行人隐匿车辆',
    superior: '长春市中级人民法院',
    president: '钱院长',
    days: 15,
  },
  terminationRuling: {
    course: '经网络查控和实地调查，未发现可供执行的财产',
    achieved: '0',
    opinion: '申请执行人表示同意',
    signers: '审判长　甲某\n审判员　乙某\n审判员　丙某\n书记员　丁某',
  },
  executionRuling: {
    ground: '被执行人未履行生效法律文书确定的义务',
    measure: '冻结',
    property: '被执行人名下某银行账户内的存款人民币123456.78元',
    term: '一年',
    signers: '审判员　甲某\n书记员　丁某',
  },
  suspensionRuling: {
    ground: '申请人表示可以延期执行',
    facts: '申请执行人甲龘向本院书面表示可以延期执行',
    signers: '审判员　甲某\n书记员　丁某',
  },
  endingRuling: {
    ground: '申请人撤销申请',
    facts: '申请执行人甲龘向本院撤销执行申请',
    signers: '审判员　甲某\n书记员　丁某',
  },
  entrustmentLetter: {
    court: '沈阳市某区人民法院',
    reason: '被执行人在我院辖区内无财产，在你院辖区有房产',
    matter: '执行被执行人名下的房产',
    papers: '申请执行书、执行依据副本各一份',
  },
  jointExecution: {
    courts: '长春市某区人民法院',
    reason: '案情重大，可能暴力抗法',
    people: '执行干警二十人、司法警察十人',
    command: '总指挥戊某、现场指挥己某',
    time: '2021年10月8日6时',
    place: '长春新区人民法院执行指挥中心',
  },
}

export async function openCase(clerk: Client, judgeId: string, more: object = {}) {
  return clerk.do('/cases', {
    kind: '首次执行',
    cause: '民间借贷纠纷',
    filedOn: '2021-09-29',
    basisNumber: '（2021）吉0193民初7号民事判决',
    amountFen: '12345678',
    judgeId,
    creditors: [{ name: '甲龘', certificates: ['91350100M000100Y43'] }],
    debtors: [{ name: '𠮷㛃·买买提', certificates: ['110105194912310038'] }],
    ...more,
  })
}

/** What a court says of itself in its documents. */
export async function setSettings(server: TestServer, username: string): Promise<void> {
  const head = await server.as(username)
  const said: { name: keyof typeof SETTINGS; value: string | null }[] = (await head.read('/document-settings')).items
  for (const { name } of said.filter(({ value }) => value === null)) {
    assert.equal((await head.put('/document-settings', { name, value: SETTINGS[name] })).status, 200)
  }
}

export async function prepare(server: TestServer, courtCode = '吉0193') {
  const username = async (role: Role) => (await holderOf(server, courtCode, role)).username
  const clerk = await server.as(courtCode === '吉0193' ? 'linjing' : await username('centre.clerk'))
  const head = await server.as(await username('centre.head'))
  await setSettings(server, await username('centre.head'))
  const member = await holderOf(server, courtCode, 'team.judge')
  const judge = await server.as(member.username)
  const president = await server.as(await username('president'))
  const director = await server.as(await username('director'))
  return { clerk, head, judge, president, director, judgeId: member.personId, judgeName: member.name }
}

/** Records where the parties are found, which raises the case's version; gives the case as it stands then. */
export async function withAddresses(judge: Client, id: string) {
  for (const party of ['甲龘', '𠮷㛃·买买提']) {
    await judge.do(`/cases/${id}/addresses`, { party, address: `长春市${party}路1号`, phone: null, source: '户籍地' })
  }
  return judge.read(`/cases/${id}`)
}

/** Issues by an act, and where it asks for approval lets whoever may decide each step; returns the newest document. */
export async function issue(hand: Client, approvers: readonly Client[], id: string, action: string, more: object = {}) {
  const one = await hand.read(`/cases/${id}`)
  let after = await hand.do(`/cases/${id}/${action}`, { version: one.version, ...ANSWERS[action], ...more })
  for (let { approval } = after; approval; { approval } = after) {
    const { version } = after
    const replies = await Promise.all(
      approvers.map((client) => client.post(`/approvals/${approval.id}/approve`, { version })),
    )
    assert.ok(
      replies.some((reply) => reply.status === 200),
      replies.map((reply) => reply.text).join(),
    )
    after = await hand.read(`/cases/${id}`)
  }
  return (await hand.read(`/cases/${id}/documents`)).items[0]
}

export async function fileOf(server: TestServer, id: string, as: 'word' | 'pdf'): Promise<Buffer> {
  const [row] = await server.sql<{ digest: string }>(
    'select digest from document_file where document_id = $1 and format = $2',
    [id, as],
  )
  const pieces: Buffer[] = []
  for await (const piece of server.app.services.blobs.read(row?.digest ?? '')) pieces.push(piece as Buffer)
  return Buffer.concat(pieces)
}

export function wordText(word: Buffer): string {
  const part = readZip(word, { parts: 50, unpackedBytes: 10_000_000 }).get('word/document.xml')
  return textOf(parseXml(part?.toString() ?? '')).replace(/\s/g, '')
}
