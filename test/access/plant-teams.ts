import { randomUUID } from 'node:crypto'
import type { TestServer } from '#test/harness.ts'
import { AT, markOf, type Place } from './marks.ts'
import { type Base, plantFile, plantLog } from './plant-things.ts'
import { put } from './put.ts'

// A task order, and what stands for and against a judge in an assignment, marked in every text.

/** A task order that a team holds. */
export async function plantTask(server: TestServer, place: Place, { courtId, teamId }: Base) {
  const mark = markOf(place, 'thing')
  const taskId = randomUUID()
  await put(server, 'matter_task_order', {
    court_id: courtId,
    id: taskId,
    number: `${mark}任务〔2021〕${taskId.slice(0, 8)}号`,
    state: 'given',
    opened_at: AT,
    opener_name: mark,
    holder_team_id: teamId,
    holder_name: `${mark}团队`,
    team: teamId,
    case_number: mark,
    task: '送达',
    requirement: `${mark}要求`,
    taker: mark,
    result: mark,
  })
  const about = { courtId, kind: 'task-order', thingId: taskId }
  await plantLog(server, mark, { ...about, toState: 'given' })
  return { taskId, taskAttachmentId: await plantFile(server, mark, { ...about, document: 'papers' }) }
}

/** Leave of the judge that has ended, what he declared, whoever speaks in his case, how it came to him, settings. */
export async function plantGrounds(
  server: TestServer,
  place: Place,
  { courtId: court_id, judgeId, caseId }: Base & { caseId: string },
): Promise<string> {
  const [mark, hidden] = [markOf(place, 'thing'), markOf(place, 'private')]
  const groundId = randomUUID()
  const own = { court_id, person_id: judgeId, recorded_at: AT }
  const ended = { from_on: '2021-09-01', to_on: '2021-09-02', ended_by: mark, end_reason: mark }
  await put(server, 'assignment_ground', {
    ...own,
    ...ended,
    id: groundId,
    kind: 'leave',
    reason: mark,
    recorded_by: mark,
  })
  await put(server, 'assignment_ground', {
    ...own,
    id: randomUUID(),
    kind: 'specialism',
    about: mark,
    plain_about: mark,
    reason: mark,
    from_on: '2021-09-01',
    recorded_by: mark,
  })
  // What a judge declares is read in his own court alone.
  const about = place === 'own' ? '某律师' : hidden
  await put(server, 'assignment_ground', {
    ...own,
    id: randomUUID(),
    kind: 'relation',
    about,
    plain_about: about,
    reason: '系近亲属',
    from_on: '2021-09-01',
    recorded_by: about,
  })
  const ofCase = { court_id, case_id: caseId, seq: 1 }
  await put(server, 'case_representative', {
    ...ofCase,
    party: `${mark}被执行人`,
    name: mark,
    firm: mark,
    recorded_name: mark,
    recorded_at: AT,
  })
  await put(server, 'case_assignment', {
    ...ofCase,
    mode: 'named',
    judge_id: judgeId,
    judge_name: mark,
    team_name: mark,
    reason: mark,
    by_name: mark,
    at: AT,
  })
  const setting = { court_id, from_on: '2021-01-01', n: 100, source: mark, set_by: mark, set_at: AT }
  await put(server, 'dated_setting', { ...setting, name: 'assignment.weight', key: '首次执行' })
  await put(server, 'dated_setting', { ...setting, name: 'staffing', key: '/finance' })
  return groundId
}
