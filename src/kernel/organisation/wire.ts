import { z } from 'zod'

export const courtView = z.object({
  id: z.number().int(),
  code: z.string(),
  name: z.string(),
  level: z.enum(['supreme', 'high', 'intermediate', 'basic']),
  parentId: z.number().int().nullable(),
})
export type CourtView = z.infer<typeof courtView>

export const meView = z.object({
  person: z.object({ id: z.string(), name: z.string() }),
  court: courtView,
  posts: z.array(z.object({ role: z.string(), label: z.string(), team: z.string().nullable() })),
  /** Own court first, then the courts below it, where the reader's posts look that far. */
  courts: z.array(courtView),
  today: z.string(),
  /** The demonstration's date where it runs on one; null in earnest. */
  demonstrationOn: z.string().nullable(),
  /** Entries of the menu that this reader may open, each with how many wait there. */
  menu: z.array(
    z.object({
      chapter: z.string(),
      group: z.string().nullable(),
      name: z.string(),
      path: z.string(),
      waiting: z.number().int(),
    }),
  ),
  unreadNotices: z.number().int(),
  /** 'due': the posts ask for one and there is none yet; until then nothing else is answered. */
  secondFactor: z.enum(['on', 'off', 'due']),
  /** Minutes without use after which the session ends. */
  idleMinutes: z.number().int(),
})
export type MeView = z.infer<typeof meView>

/** The own second factor. */
export const factorView = z.object({
  isOn: z.boolean(),
  /** The posts ask for it. */
  isDue: z.boolean(),
  confirmedAt: z.string().nullable(),
  recoveryLeft: z.number().int(),
})
export type FactorView = z.infer<typeof factorView>

export const personView = z.object({
  id: z.string(),
  name: z.string(),
  courtName: z.string(),
  username: z.string().nullable(),
  accountState: z.enum(['active', 'stopped', 'locked', 'none']),
  /** Whether the account signs in with a second factor; null for readers who do not keep accounts or posts. */
  secondFactor: z.boolean().nullable(),
  posts: z.array(
    z.object({
      id: z.string(),
      role: z.string(),
      label: z.string(),
      team: z.string().nullable(),
      fromOn: z.string(),
      toOn: z.string().nullable(),
    }),
  ),
})
export type PersonView = z.infer<typeof personView>

export const staffingView = z.object({
  on: z.string(),
  items: z.array(
    z.object({
      teamId: z.string().nullable(),
      unit: z.string(),
      role: z.string(),
      label: z.string(),
      /** Null where the court has set none. */
      standard: z.number().int().nullable(),
      fromOn: z.string().nullable(),
      source: z.string().nullable(),
      setBy: z.string().nullable(),
      people: z.array(z.string()),
      actual: z.number().int(),
    }),
  ),
  mayEdit: z.boolean(),
})
export type StaffingView = z.infer<typeof staffingView>

export const teamView = z.object({
  id: z.string(),
  name: z.string(),
  kind: z.enum(['fast', 'ordinary', 'special', 'centralized-affairs']),
  kindLabel: z.string(),
  members: z.array(z.object({ id: z.string(), name: z.string(), role: z.string(), label: z.string() })),
  openCases: z.number().int(),
})
export type TeamView = z.infer<typeof teamView>
