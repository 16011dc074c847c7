import { useQuery } from '@tanstack/react-query'
import type { ListColumns } from '#kernel/lists/wire.ts'
import { address, read } from '#web/office/api.ts'
import { useFilters } from '#web/office/session.ts'

/** The registered columns of a list, and which of them are shown, in their order. */
export interface ShownColumns {
  all: ListColumns['columns']
  keys: string[]
  /** True where somebody chose them: by the address of a link or a saved view, or the reader himself. */
  isChosen: boolean
}

/**
 * Which columns a list shows: those of the address (a link, a saved view), else the reader's own choice, else the
 * list's own. Null until the server has said which there are.
 */
export function useColumns(list: string): ShownColumns | null {
  const [{ columns: linked, scope }] = useFilters()
  const asked = useQuery({
    queryKey: ['list-columns', list],
    queryFn: ({ signal }) => read<ListColumns>(address('list-columns', { list }), signal),
    staleTime: 60_000,
  })
  if (!asked.data) return null
  const all = asked.data.columns
  const known = (linked ?? '').split(',').filter((key) => all.some((column) => column.key === key))
  const isWide = scope !== undefined && scope !== 'own'
  const usual = all.filter(({ shown }) => shown === 'always' || (shown === 'wide' && isWide)).map(({ key }) => key)
  const chosen = known.length > 0 ? [...new Set(known)] : asked.data.chosen
  return { all, keys: chosen ?? usual, isChosen: chosen !== null }
}
