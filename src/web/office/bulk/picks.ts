import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import type { BulkActionView } from '#kernel/bulk/wire.ts'
import { address, read } from '#web/office/api.ts'

/** What this reader may start in bulk from a list; none until known. */
export function useOffers(list: string): BulkActionView[] {
  const asked = useQuery({
    queryKey: ['bulk-actions', list],
    queryFn: async ({ signal }) =>
      (await read<{ items: BulkActionView[] }>(address('bulk-actions', { list }), signal)).items,
    staleTime: 60_000,
  })
  return asked.data ?? []
}

/** Picks of a list whose lines have ids, for its table; undefined where this reader may do nothing in bulk. */
export function useBulkPicks<T extends { id: string }>(
  list: string,
  rows: readonly T[],
  query: Record<string, string | undefined>,
  name: (row: T) => string,
) {
  const offers = useOffers(list)
  const picks = usePicks(
    rows.map(({ id }) => id),
    JSON.stringify(query),
  )
  const pick = { chosen: picks.ids, toggle: picks.toggle, toggleAll: picks.toggleLoaded, may: () => true, name }
  return { offers, picks, pick: offers.length > 0 ? pick : undefined }
}

export interface Picks {
  ids: ReadonlySet<string>
  /** Everything that matches, also what has not been loaded. */
  isAll: boolean
  toggle: (id: string) => void
  toggleLoaded: () => void
  takeAll: () => void
  clear: () => void
}

/** What is picked in a list. Other filters are another list: the picks of the former one fall away. */
export function usePicks(loaded: readonly string[], question: string): Picks {
  const none = { question, ids: new Set<string>(), isAll: false }
  const [stored, setStored] = useState(none)
  const { ids, isAll } = stored.question === question ? stored : none
  const set = (to: ReadonlySet<string>, all = false) => setStored({ question, ids: new Set(to), isAll: all })
  return {
    ids: isAll ? new Set(loaded) : ids,
    isAll,
    toggle: (id) => {
      const next = new Set(isAll ? loaded : ids)
      if (!next.delete(id)) next.add(id)
      set(next)
    },
    toggleLoaded: () => set(isAll || ids.size > 0 ? new Set() : new Set(loaded)),
    takeAll: () => set(new Set(loaded), true),
    clear: () => set(new Set()),
  }
}
