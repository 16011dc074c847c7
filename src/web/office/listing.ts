import { useInfiniteQuery } from '@tanstack/react-query'
import { address, read } from './api.ts'
import type { Page } from './wire.ts'

/** A list read page by page with the server's cursor. `query` holds filters; a change of them starts again. */
export function useListing<T>(path: string, query: Record<string, string | undefined>, enabled = true) {
  const asked = useInfiniteQuery({
    queryKey: [path, query],
    queryFn: ({ pageParam, signal }) =>
      read<Page<T>>(address(path, { ...query, after: pageParam, limit: '50' }), signal),
    initialPageParam: '',
    getNextPageParam: (last) => last.next ?? undefined,
    enabled,
  })
  return { ...asked, items: asked.data?.pages.flatMap((page) => page.items) ?? [] }
}

export type Listing<T> = ReturnType<typeof useListing<T>>
