import { z } from 'zod'
import { holdsRole } from '#kernel/authorisation/may.ts'
import { ROLE_NAMES, type Role } from '#kernel/authorisation/roles.ts'
import type { Tx } from '#kernel/database/database.ts'
import { type Call, type Route, route } from '#kernel/http/route.ts'
import type { Session } from '#kernel/matter/acting.ts'
import { fieldProblem } from '#kernel/problem/problem.ts'
import { isOn, type On } from '#kernel/time/time.ts'
import { addYear, type CalendarChange, changeDay, differs, loadYear } from './store.ts'

const EDITORS: readonly Role[] = ['administrator.security']
const FIRST_YEAR = 1990
const LAST_YEAR = 2200

const on = z.string('请填写日期').refine(isOn, '请填写日期')
const kind = z.enum(['off', 'work'], '请选择放假或上班')
const name = z.string('请填写名称').trim().min(1, '请填写名称').max(50, '不能超过50字')
const year = z.coerce.number('请填写年份').int('请填写年份').min(FIRST_YEAR, '年份过早').max(LAST_YEAR, '年份过晚')
const calendarDay = z.strictObject({ on, kind, name })

const yearView = z.object({
  year: z.number().int(),
  known: z.boolean(),
  notice: z.string().nullable(),
  days: z.array(z.object({ on: z.string(), kind, name: z.string() })),
  versions: z.array(
    z.object({ version: z.number().int(), at: z.string(), by: z.string(), reason: z.string(), on: z.string() }),
  ),
  mayEdit: z.boolean(),
})

/** Who counts the due dates again that a change touches; the calendar itself knows no clocks. */
interface Recount {
  /** Files the change in its own transaction; returns the id under which it is followed. */
  file(tx: Tx, change: CalendarChange): Promise<string>
  wake(): void
}

/** The calendar by which limits are counted (民事诉讼法第八十五条). */
export function calendarRoutes(recount: Recount): Route[] {
  return [
    route({
      method: 'GET',
      path: '/calendar',
      summary: '工作日历',
      articles: ['17'],
      access: ROLE_NAMES,
      query: z.strictObject({ year: year.optional() }),
      reply: yearView,
      handle: (call) => showYear(call, call.query.year ?? Number(call.on.slice(0, 4))),
    }),
    route({
      method: 'PUT',
      path: '/calendar/days',
      summary: '修改日历中的一天',
      articles: ['17'],
      access: EDITORS,
      reauth: true,
      body: z.strictObject({
        on,
        kind,
        name,
        reason: z.string('请填写依据或理由').trim().min(1, '请填写依据或理由').max(500, '不能超过500字'),
      }),
      reply: z.object({ version: z.number().int(), notice: z.string(), recountId: z.string() }),
      handle: (call) => editDay(call, recount),
    }),
    route({
      method: 'POST',
      path: '/calendar/years',
      summary: '录入年度放假安排',
      articles: ['17'],
      access: EDITORS,
      reauth: true,
      body: z.strictObject({
        year,
        notice: z.string('请填写通知名称').trim().min(1, '请填写通知名称').max(200, '不能超过200字'),
        days: z.array(calendarDay).max(100, '天数过多'),
      }),
      reply: yearView,
      status: 201,
      handle: (call) => enterYear(call, recount),
    }),
  ]
}

async function showYear(session: Session, asked: number): Promise<z.infer<typeof yearView>> {
  const stored = await loadYear(session.tx, asked)
  return {
    year: asked,
    known: stored !== undefined,
    notice: stored?.notice ?? null,
    days: stored?.days ?? [],
    versions: (stored?.changes ?? []).map((change) => ({ ...change, at: change.at.toISOString() })),
    mayEdit: stored !== undefined && holdsRole(session.actor, EDITORS),
  }
}

type DayBody = { on: On; kind: 'off' | 'work'; name: string; reason: string }

async function editDay(call: Call<unknown, unknown, DayBody>, recount: Recount) {
  const { tx, actor, at, body, audit } = call
  const version = await changeDay(tx, { ...body, by: actor.name, at })
  const label = body.kind === 'off' ? '放假' : '上班'
  audit.push({ verb: 'calendar.day', summary: { 日期: body.on, 改为: label, 名称: body.name, 理由: body.reason } })
  const change = { fromOn: body.on, toOn: body.on, newYear: false }
  const reason = `${body.on}改为${label}（${body.name}）`
  const recountId = await recount.file(tx, { ...change, reason, by: actor.name, at })
  recount.wake()
  const notice = `第${version}版；跨过这一天的期限正在重新计算，届满日有变动的列入期限变动清单，并通知承办人`
  return { version, notice, recountId }
}

type NewYear = { year: number; notice: string; days: { on: On; kind: 'off' | 'work'; name: string }[] }

async function enterYear(call: Call<unknown, unknown, NewYear>, recount: Recount) {
  const { tx, actor, at, body, audit } = call
  const seen = new Set<On>()
  const faults = body.days.flatMap((day, index) => {
    const path = `days.${index}.on`
    if (!day.on.startsWith(`${body.year}-`)) return [{ path, message: '不在该年度内' }]
    if (!differs(day))
      return [{ path, message: day.kind === 'off' ? '周六周日不必列为放假' : '周一至周五不必列为上班' }]
    if (seen.has(day.on)) return [{ path, message: '同一天列了两次' }]
    seen.add(day.on)
    return []
  })
  if (faults.length > 0) throw fieldProblem(faults)
  await addYear(tx, body.year, body.notice, body.days)
  const span = { fromOn: `${body.year}-01-01`, toOn: `${body.year}-12-31`, newYear: true }
  await recount.file(tx, { ...span, reason: `录入${body.year}年放假安排`, by: actor.name, at })
  recount.wake()
  audit.push({ verb: 'calendar.year', summary: { 年度: body.year, 依据: body.notice, 天数: body.days.length } })
  return showYear(call, body.year)
}
