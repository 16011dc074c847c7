import { useQuery } from '@tanstack/react-query'
import type { TeamView } from '#kernel/organisation/wire.ts'
import { address, read } from '#web/office/api.ts'
import { Loaded, Nothing } from '#web/office/parts/condition.tsx'
import { count } from '#web/office/parts/format.ts'
import { Go } from '#web/office/parts/go.tsx'
import { type Column, Table } from '#web/office/parts/table.tsx'
import { useScope } from '#web/office/session.ts'

/** Each member once, with all posts in the team. */
function membersOf({ members }: TeamView): string[] {
  const labels = new Map<string, string[]>()
  for (const { id, label } of members) labels.set(id, [...(labels.get(id) ?? []), label])
  return [...labels].map(([id, posts]) => `${members.find((member) => member.id === id)?.name}（${posts.join('、')}）`)
}

const COLUMNS: Column<TeamView>[] = [
  { key: 'name', title: '团队', whole: true, lead: true, cell: (team) => <strong>{team.name}</strong> },
  { key: 'kind', title: '类别', whole: true, cell: (team) => team.kindLabel },
  {
    key: 'members',
    title: '成员',
    cell: (team) => membersOf(team).join('、') || '—',
  },
  {
    key: 'cases',
    title: '在办案件',
    right: true,
    whole: true,
    cell: (team) => <Go to={address('/cases', { team: team.id, state: 'handling' })}>{count(team.openCases)}</Go>,
  },
]

/** Teams with their members and how many cases they hold. */
export function TeamTable() {
  const scope = useScope()
  const asked = useQuery({
    queryKey: ['teams', scope],
    queryFn: async ({ signal }) => {
      const answer = await read<{ items?: TeamView[]; teams?: TeamView[] }>(address('teams', { scope }), signal)
      return answer.items ?? answer.teams ?? []
    },
  })
  return (
    <Loaded asked={asked}>
      {(teams) =>
        teams.length === 0 ? (
          <Nothing title="没有团队" />
        ) : (
          <Table label="团队" columns={COLUMNS} rows={teams} rowKey={({ id }) => id} />
        )
      }
    </Loaded>
  )
}
