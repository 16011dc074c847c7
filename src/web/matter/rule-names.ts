import { useQuery } from '@tanstack/react-query'
import { read } from '#web/office/api.ts'
import type { RuleRow } from '#web/office/wire.ts'

/** The rules of limits; they change a few times a year. */
export function useRules(enabled = true) {
  return useQuery({
    queryKey: ['rules'],
    queryFn: ({ signal }) => read<{ rules: RuleRow[] }>('rules', signal),
    staleTime: 300_000,
    retry: false,
    enabled,
  })
}

/** Names of the nodes of a case that have a limit, as [value, label] for a filter. */
export function useNodeNames(): [string, string][] {
  const rules = useRules().data?.rules ?? []
  const names = rules.filter(({ id }) => id.startsWith('node.')).map(({ label }) => label)
  return [...new Set(names)].map((name) => [name, name])
}
