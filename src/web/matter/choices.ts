import { useQuery } from '@tanstack/react-query'
import type { DocumentList } from '#kernel/documents/wire.ts'
import type { CourtView, PersonView, TeamView } from '#kernel/organisation/wire.ts'
import { address, read } from '#web/office/api.ts'
import { useMe } from '#web/office/session.ts'

// What a field of kind 'person', 'team' or 'court' offers.

export interface Choice {
  value: string
  label: string
}

/** 速执团队 员额法官、团队负责人: the posts held now, a team named once. */
function officeOf(posts: PersonView['posts']): string {
  const current = posts.filter(({ toOn }) => toOn === null)
  const teams = [...new Set(current.flatMap(({ team }) => team ?? []))]
  return [teams.join('、'), current.map(({ label }) => label).join('、')].filter(Boolean).join(' ')
}

/** People of the own court (or those a role allows) whose name holds `q`. */
export function usePeopleChoices(among: string | undefined, q: string) {
  return useQuery({
    queryKey: ['people', 'choices', among, q],
    queryFn: async ({ signal }): Promise<Choice[]> => {
      const query = { role: among, q, limit: 50 }
      const { items } = await read<{ items: PersonView[] }>(address('people', query), signal)
      return items.map(({ id, name, courtName, posts }) => ({
        value: id,
        label: `${name}　${officeOf(posts) || courtName}`,
      }))
    },
    staleTime: 60_000,
  })
}

/** Teams of the own court. */
export function useTeamChoices(enabled = true) {
  return useQuery({
    queryKey: ['teams', 'choices'],
    queryFn: async ({ signal }): Promise<Choice[]> => {
      const answer = await read<{ items?: TeamView[]; teams?: TeamView[] }>('teams?scope=own', signal)
      return (answer.items ?? answer.teams ?? []).map(({ id, name, kindLabel }) => ({
        value: id,
        label: `${name}（${kindLabel}）`,
      }))
    },
    staleTime: 60_000,
    enabled,
  })
}

/** Courts by code: those below the own one, or every other court. */
export function useCourtChoices(among: string | undefined) {
  const me = useMe().data
  return useQuery({
    queryKey: ['courts', 'choices', among],
    queryFn: async ({ signal }): Promise<Choice[]> => {
      const courts =
        among === 'subordinate' ? (me?.courts ?? []) : (await read<{ items: CourtView[] }>('courts', signal)).items
      return courts.filter(({ id }) => id !== me?.court.id).map(({ code, name }) => ({ value: code, label: name }))
    },
    staleTime: 300_000,
    enabled: me !== undefined,
  })
}

/** Documents of the own court that stand, by their number or title. */
export function useDocumentChoices(q: string) {
  return useQuery({
    queryKey: ['documents', 'choices', q],
    queryFn: async ({ signal }): Promise<Choice[]> => {
      const { items } = await read<DocumentList>(address('documents', { q, voided: 'false', limit: 50 }), signal)
      return items.map(({ id, title, number, issuedOn }) => ({ value: id, label: `${title}　${number}　${issuedOn}` }))
    },
    staleTime: 10_000,
  })
}
