import { useQuery } from '@tanstack/react-query'
import { useNavigate, useSearch } from '@tanstack/react-router'
import type { KindView } from '#kernel/matter/wire.ts'
import type { MeView } from '#kernel/organisation/wire.ts'
import { read } from './api.ts'

// Who sits here, what the court knows of kinds, and which court the lists are taken for.

/** The signed-in person with posts, courts and menu. */
export function useMe() {
  return useQuery({ queryKey: ['me'], queryFn: ({ signal }) => read<MeView>('me', signal), staleTime: 60_000 })
}

/** The date that counts as today on this server; empty until known. */
export function useToday(): string {
  return useMe().data?.today ?? ''
}

/** Every kind of matter that this reader may see. */
export function useKinds() {
  return useQuery({
    queryKey: ['kinds'],
    queryFn: async ({ signal }) => (await read<{ kinds: KindView[] }>('kinds', signal)).kinds,
    staleTime: 300_000,
  })
}

/** The filters in the address and a way to change them; a change replaces the entry in the history. */
export function useFilters(): [Record<string, string>, (patch: Record<string, string | undefined>) => void] {
  const search = useSearch({ strict: false }) as Record<string, string>
  const navigate = useNavigate()
  const change = (patch: Record<string, string | undefined>) => {
    const merged = Object.fromEntries(Object.entries({ ...search, ...patch }).filter(([, value]) => value))
    void navigate({ to: '.', search: merged as never, replace: true })
  }
  return [search, change]
}

/** The court or subtree that lists are taken for: 'own', 'subtree' or a court's code. */
export function useScope(): string {
  return useFilters()[0].scope ?? 'own'
}
