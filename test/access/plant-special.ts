import { randomUUID } from 'node:crypto'
import type { TestServer } from '#test/harness.ts'
import { AT, markOf, type Place } from './marks.ts'
import { plantFile, plantLog } from './plant-things.ts'
import { put } from './put.ts'

interface Base {
  courtId: number
  teamId: string
  judgeId: string
  caseId: string
  caseNumber: string
}

/** An entry of the ledger on a planted case, and the report of a month that counts it. */
export async function plantSpecial(server: TestServer, place: Place, base: Base) {
  const { courtId: court_id, caseId: case_id } = base
  const mark = markOf(place, 'thing')
  const [specialPartyId, specialReportId] = [randomUUID(), randomUUID()]
  const opened = { court_id, opened_at: AT, opener_name: mark }
  const listed = { number: `${mark}特殊主体〔2021〕${specialPartyId.slice(0, 8)}号`, category: '党政机关' }
  const stands = { case_number: base.caseNumber, party: `${mark}被执行人`, holder_name: `${mark}法官` }
  await put(server, 'matter_special_party', {
    ...opened,
    ...listed,
    ...stands,
    id: specialPartyId,
    state: 'listed',
    case_id,
    holder_id: base.judgeId,
    holder_team_id: base.teamId,
    ground: mark,
    progress: mark,
    amount_fen: 100,
    listed_on: '2021-08-02',
  })
  await put(server, 'special_party_open', { court_id, case_id, category: listed.category })
  const ground = { court_id, case_id, rule: 'government-name', party: stands.party, category: listed.category }
  await put(server, 'special_party_ground', { ...ground, found_at: AT })
  await put(server, 'matter_special_report', {
    ...opened,
    id: specialReportId,
    number: `${mark}特殊主体月报〔2021〕${specialReportId.slice(0, 8)}号`,
    state: 'drafted',
    month_end_on: '2021-08-31',
    remark: mark,
  })
  await server.sql(
    `insert into special_report_month (court_id, month_end_on) values ($1, '2021-08-31') on conflict do nothing`,
    [court_id],
  )
  await put(server, 'special_report_line', {
    court_id,
    ...listed,
    ...stands,
    report_id: specialReportId,
    entry_id: specialPartyId,
    case_id,
    listed_on: '2021-08-02',
    was_open: false,
    amount_fen: 100,
    cleared_fen: 0,
  })
  const about = { courtId: court_id, kind: 'special-party', thingId: specialPartyId }
  await plantLog(server, mark, { ...about, toState: 'listed' })
  const report = { courtId: court_id, kind: 'special-report', thingId: specialReportId }
  await plantLog(server, mark, { ...report, toState: 'drafted' })
  const specialAttachmentId = await plantFile(server, mark, { ...about, document: 'measure' })
  return { specialPartyId, specialReportId, specialAttachmentId }
}
