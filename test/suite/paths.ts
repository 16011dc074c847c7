import type { FieldValue } from '#kernel/matter/field.ts'
import { type Kind, whosOf } from '#kernel/matter/matter.ts'

// Planning, without a server: how a state of a kind is reached, and with which answers at the opening.

export type Opening = Readonly<Record<string, FieldValue>>

export interface Path {
  opening: Opening
  steps: readonly string[]
}

/** The shortest way to each state that a person can reach with one of these openings. */
export function pathsOf(kind: Kind, openings: readonly Opening[]): Map<string, Path> {
  const found = new Map<string, Path>()
  for (const opening of openings) {
    const queue: { state: string; steps: string[] }[] = [{ state: kind.opens.to, steps: [] }]
    const seen = new Set([kind.opens.to])
    for (let next = queue.shift(); next; next = queue.shift()) {
      const known = found.get(next.state)
      if (!known || known.steps.length > next.steps.length) found.set(next.state, { opening, steps: next.steps })
      for (const [name, action] of Object.entries(kind.actions)) {
        const possible = action.to && action.from.includes(next.state) && (!action.when || action.when.test(opening))
        if (!possible || !action.to || seen.has(action.to) || whosOf(action.by).every((who) => who === 'system'))
          continue
        seen.add(action.to)
        queue.push({ state: action.to, steps: [...next.steps, name] })
      }
    }
  }
  return found
}

/** Openings that together let every condition be true and false: each option of each choice field, once. */
export function openingsOf(kind: Kind, base: Opening): Opening[] {
  const openings = [base]
  for (const [name, field] of Object.entries(kind.fields)) {
    for (const option of field.options ?? []) openings.push({ ...base, [name]: option })
  }
  return openings
}
