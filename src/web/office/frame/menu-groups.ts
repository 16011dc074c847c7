import { useCallback, useMemo, useSyncExternalStore } from 'react'

// Which groups of the menu somebody has opened or closed, kept on this device under his own name: a desk may have
// several people.

export type OpenGroups = Readonly<Record<string, boolean>>

const NONE = '{}'
const listeners = new Set<() => void>()

function subscribe(listener: () => void): () => void {
  listeners.add(listener)
  return () => void listeners.delete(listener)
}

function kept(key: string): string {
  try {
    return localStorage.getItem(key) ?? NONE
  } catch {
    // A browser that keeps nothing shows the menu as it begins.
    return NONE
  }
}

function readGroups(text: string): OpenGroups {
  try {
    return JSON.parse(text) as OpenGroups
  } catch {
    return {}
  }
}

/** The groups that this person has opened or closed, and how to open or close one. */
export function useOpenGroups(personId: string): [OpenGroups, (group: string, isOpen: boolean) => void] {
  const key = `menu-groups:${personId}`
  const text = useSyncExternalStore(subscribe, () => kept(key))
  const groups = useMemo(() => readGroups(text), [text])
  const keep = useCallback(
    (group: string, isOpen: boolean) => {
      try {
        localStorage.setItem(key, JSON.stringify({ ...readGroups(kept(key)), [group]: isOpen }))
      } catch {
        return
      }
      for (const listener of listeners) listener()
    },
    [key],
  )
  return [groups, keep]
}
