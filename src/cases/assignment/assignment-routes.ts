import { z } from 'zod'
import { enforcementCase } from '#cases/case/case.ts'
import { newCaseBody } from '#cases/case/case-opening.ts'
import { holdsRole } from '#kernel/authorisation/may.ts'
import { BUSINESS_ROLES, type Role } from '#kernel/authorisation/roles.ts'
import type { Row } from '#kernel/database/database.ts'
import { sql } from '#kernel/database/sql.ts'
import { type Call, type Route, route } from '#kernel/http/route.ts'
import type { Session } from '#kernel/matter/acting.ts'
import { readable } from '#kernel/matter/readable.ts'
import { numbersOn, setNumber } from '#kernel/settings/dated-setting.ts'
import { isOn, type On } from '#kernel/time/time.ts'
import { type DrawnFrom, draw, PLAIN_WEIGHT } from './draw.ts'
import { groundRoutes } from './ground-routes.ts'
import { RECORD_READERS } from './grounds.ts'
import { WEIGHTS } from './judges.ts'
import { boardOf } from './load-board.ts'
import { representativeRoutes } from './representatives.ts'
import { type AssignmentView, assignmentView, loadBoard, type WeightList, weightList } from './wire.ts'

// 分案: how each case came to its judge, drawn again before the reader's eyes; what each judge has in hand; weights.

const idParam = z.strictObject({ id: z.uuid('编号格式有误') })

const WEIGHT_SETTERS: readonly Role[] = ['centre.head', 'director']

const CASE_KINDS = newCaseBody.shape.kind.options

const weightBody = z.strictObject({
  kind: z.enum(CASE_KINDS, '请选择案件类型'),
  hundredths: z.int('请填写整数').min(1, '不能小于1').max(10_000, '不能超过10000'),
  fromOn: z.string().refine(isOn, '请填写起始日期'),
  source: z.string().trim().min(1, '请填写依据').max(100, '不能超过100字'),
})

export function assignmentRoutes(): Route[] {
  return [
    route({
      method: 'GET',
      path: '/cases/:id/assignments',
      summary: '分案记录与重演',
      articles: ['10'],
      access: RECORD_READERS,
      perThing: true,
      params: idParam,
      reply: z.object({ items: z.array(assignmentView) }),
      handle: async (call) => {
        const thing = await readable(call, enforcementCase, call.params.id)
        const rows = await call.tx.query<Row>(sql`
          select * from case_assignment where court_id = ${thing.courtId} and case_id = ${thing.id} order by seq desc`)
        return { items: rows.map(assignmentOf) }
      },
    }),
    route({
      method: 'GET',
      path: '/judge-loads',
      summary: '团队与法官在办负荷',
      articles: ['8', '10'],
      access: BUSINESS_ROLES,
      reply: loadBoard,
      handle: (call) => boardOf(call, call.actor.courtId),
    }),
    ...weightRoutes(),
    ...groundRoutes(),
    ...representativeRoutes(),
  ]
}

function assignmentOf(row: Row): AssignmentView {
  const from = row.drawn_from as DrawnFrom | null
  return {
    seq: row.seq as number,
    at: (row.at as Date).toISOString(),
    by: row.by_name as string,
    mode: row.mode as AssignmentView['mode'],
    judge: row.judge_name as string,
    team: row.team_name as string | null,
    reason: row.reason as string | null,
    draw: from && drawView(from, row.judge_id as string),
  }
}

/** The draw made again from what is stored: nothing else is asked. */
function drawView(from: DrawnFrom, judgeId: string): NonNullable<AssignmentView['draw']> {
  const again = draw(from)
  return {
    on: from.on,
    track: from.track,
    specialisms: [...from.specialisms],
    weights: Object.entries(from.weights).map(([kind, hundredths]) => ({ kind, hundredths })),
    seed: from.seed,
    candidates: from.candidates.map(({ id, name, team, open, reasons }) => ({
      id,
      name,
      team: team?.name ?? null,
      open: Object.entries(open).map(([kind, cases]) => ({ kind, cases })),
      loadHundredths: again.loads[id] ?? 0,
      reasons: [...reasons],
      isLeast: again.least.includes(id),
      isDrawn: again.judgeId === id,
    })),
    agrees: again.judgeId === judgeId,
  }
}

function weightRoutes(): Route[] {
  return [
    route({
      method: 'GET',
      path: '/assignment-weights',
      summary: '分案权重',
      articles: ['10'],
      access: BUSINESS_ROLES,
      query: z.strictObject({ on: z.string().refine(isOn, '日期有误').optional() }),
      reply: weightList,
      handle: (call) => weights(call, call.query.on ?? call.on),
    }),
    route({
      method: 'POST',
      path: '/assignment-weights',
      summary: '设置分案权重',
      articles: ['10'],
      access: WEIGHT_SETTERS,
      body: weightBody,
      reply: weightList,
      handle: async (call: Call<unknown, unknown, z.infer<typeof weightBody>>) => {
        const { kind, hundredths, fromOn, source } = call.body
        await setNumber(call, { name: WEIGHTS, key: kind, n: hundredths, fromOn, source })
        call.audit.push({
          verb: 'assignment.weight',
          summary: { 案件类型: kind, 权重: hundredths / PLAIN_WEIGHT, 自: fromOn, 依据: source },
        })
        return weights(call, fromOn)
      },
    }),
  ]
}

async function weights({ tx, actor }: Session, on: On): Promise<WeightList> {
  const set = await numbersOn(tx, actor.courtId, WEIGHTS, on)
  return {
    items: CASE_KINDS.map((kind) => {
      const one = set.get(kind)
      return {
        kind,
        hundredths: one?.n ?? PLAIN_WEIGHT,
        fromOn: one?.fromOn ?? null,
        source: one?.source ?? null,
        setBy: one?.setBy ?? null,
      }
    }),
    mayEdit: holdsRole(actor, WEIGHT_SETTERS),
  }
}
