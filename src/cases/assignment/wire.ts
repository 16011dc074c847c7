import { z } from 'zod'

// How assignments cross the wire. Loads and weights are in hundredths of a case.

const openByKind = z.array(z.object({ kind: z.string(), cases: z.number().int() }))

export const candidateView = z.object({
  id: z.string(),
  name: z.string(),
  team: z.string().nullable(),
  open: openByKind,
  loadHundredths: z.number().int(),
  /** Why not; empty for whoever may. */
  reasons: z.array(z.string()),
  /** Among those who had least in hand, between whom the lot decided. */
  isLeast: z.boolean(),
  isDrawn: z.boolean(),
})

export const assignmentView = z.object({
  seq: z.number().int(),
  at: z.string(),
  by: z.string(),
  mode: z.enum(['drawn', 'named']),
  judge: z.string(),
  team: z.string().nullable(),
  reason: z.string().nullable(),
  /** What it was drawn from; null where the judge was named. */
  draw: z
    .object({
      on: z.string(),
      track: z.string().nullable(),
      specialisms: z.array(z.string()),
      weights: z.array(z.object({ kind: z.string(), hundredths: z.number().int() })),
      seed: z.string(),
      candidates: z.array(candidateView),
      /** Drawn again from the record alone: whether the same judge comes out. */
      agrees: z.boolean(),
    })
    .nullable(),
})
export type AssignmentView = z.infer<typeof assignmentView>

export const judgeLoad = z.object({
  id: z.string(),
  name: z.string(),
  teams: z.array(z.string()),
  open: openByKind,
  cases: z.number().int(),
  loadHundredths: z.number().int(),
  specialisms: z.array(z.string()),
  /** Until when he is away, today included; null where he is present. */
  awayUntil: z.string().nullable(),
})
export type JudgeLoad = z.infer<typeof judgeLoad>

export const loadBoard = z.object({
  judges: z.array(judgeLoad),
  teams: z.array(
    z.object({
      id: z.string(),
      name: z.string(),
      kindLabel: z.string(),
      judges: z.number().int(),
      cases: z.number().int(),
      loadHundredths: z.number().int(),
    }),
  ),
  /** In 执行 with no judge yet. */
  unassigned: z.number().int(),
})
export type LoadBoard = z.infer<typeof loadBoard>

export const weightList = z.object({
  items: z.array(
    z.object({
      kind: z.string(),
      hundredths: z.number().int(),
      /** Null where the court has set none and a case counts as one. */
      fromOn: z.string().nullable(),
      source: z.string().nullable(),
      setBy: z.string().nullable(),
    }),
  ),
  mayEdit: z.boolean(),
})
export type WeightList = z.infer<typeof weightList>

/** What this reader may enter: for himself, or for a judge whom he names. */
export const groundKind = z.object({
  kind: z.enum(['leave', 'specialism', 'relation', 'participation']),
  label: z.string(),
  about: z.string().nullable(),
  reasons: z.array(z.string()),
  enters: z.enum(['own', 'others']).nullable(),
})
export type GroundKindView = z.infer<typeof groundKind>

export const groundView = z.object({
  id: z.string(),
  personId: z.string(),
  judge: z.string(),
  kind: z.enum(['leave', 'specialism', 'relation', 'participation']),
  kindLabel: z.string(),
  about: z.string().nullable(),
  reason: z.string(),
  fromOn: z.string(),
  toOn: z.string().nullable(),
  by: z.string(),
  at: z.string(),
  /** Who ended it before its time, and why. */
  ended: z.object({ by: z.string(), reason: z.string() }).nullable(),
  mayEnd: z.boolean(),
})
export type GroundView = z.infer<typeof groundView>

export const groundList = z.object({
  items: z.array(groundView),
  next: z.string().nullable(),
  kinds: z.array(groundKind),
})
