import { z } from 'zod'
import { plainName } from '#cases/case/name-grams.ts'
import { holdsRole, type PersonActor } from '#kernel/authorisation/may.ts'
import type { Role } from '#kernel/authorisation/roles.ts'
import { isOn } from '#kernel/time/time.ts'

// What stands for or against a judge in an assignment: leave and specialism, which his court knows, and what he
// declares of himself for 回避. Each with its dates; none is ever changed, only ended.

export const GROUND_KINDS = ['leave', 'specialism', 'relation', 'participation'] as const
export type GroundKind = (typeof GROUND_KINDS)[number]

interface GroundSpec {
  label: string
  /** What it names; null where it names nothing. */
  about: string | null
  reasons: readonly [string, ...string[]]
  /** Who may enter it for another; a judge enters everything but his specialism for himself. */
  by: readonly Role[]
}

export const GROUNDS: Readonly<Record<GroundKind, GroundSpec>> = {
  leave: {
    label: '请假',
    about: null,
    reasons: ['休假', '病假', '产假', '出差', '培训', '借调'],
    by: ['team.head', 'centre.clerk', 'centre.head'],
  },
  specialism: {
    label: '专长',
    about: '案由或案件类型',
    reasons: ['本院分工'],
    by: ['centre.head', 'director'],
  },
  relation: {
    label: '回避关系',
    about: '当事人或代理人',
    reasons: ['系近亲属', '有利害关系', '有其他可能影响公正办理的关系'],
    by: [],
  },
  participation: {
    label: '曾参与',
    about: '案号或执行依据文号',
    reasons: ['曾参与审判', '曾参与办理', '曾任证人、鉴定人或代理人'],
    by: [],
  },
}

/** Who reads what judges declare of themselves, beside the judge himself. */
export const DECLARATION_READERS: readonly Role[] = ['centre.head', 'director', 'president', 'inspection']

/** Whose declarations stand in a record is not for everybody of the court. */
export const RECORD_READERS: readonly Role[] = [
  'president',
  'vice-president',
  'director',
  'centre.head',
  'centre.clerk',
  'inspection',
]

export const groundBody = z
  .strictObject({
    personId: z.uuid('请选择法官'),
    kind: z.enum(GROUND_KINDS, '请选择类别'),
    about: z.string().trim().max(100, '不能超过100字').optional(),
    reason: z.string().trim().max(40),
    fromOn: z.string().refine(isOn, '请填写起始日期'),
    toOn: z.string().refine(isOn, '请填写截止日期').optional(),
  })
  .superRefine(({ kind, about, reason, fromOn, toOn }, context) => {
    const spec = GROUNDS[kind]
    const fault = (path: string, message: string) => context.addIssue({ code: 'custom', path: [path], message })
    if (spec.about !== null && plainName(about ?? '') === '') fault('about', `请填写${spec.about}`)
    if (spec.about === null && about !== undefined) fault('about', '没有这一栏')
    if (!spec.reasons.includes(reason)) fault('reason', '请选择')
    if (kind === 'leave' && toOn === undefined) fault('toOn', '请填写截止日期')
    if (toOn !== undefined && toOn < fromOn) fault('toOn', '不能早于起始日期')
  })
export type GroundBody = z.infer<typeof groundBody>

/** Whether somebody may enter or end a ground of this kind for a judge. */
export function mayKeep(actor: PersonActor, kind: GroundKind, personId: string): boolean {
  const isOwn = actor.personId === personId && kind !== 'specialism' && holdsRole(actor, ['team.judge'])
  return isOwn || holdsRole(actor, GROUNDS[kind].by)
}
