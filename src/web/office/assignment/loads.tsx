import { useQuery } from '@tanstack/react-query'
import type { JudgeLoad, LoadBoard } from '#cases/assignment/wire.ts'
import { address, read } from '#web/office/api.ts'
import { Loaded, Nothing } from '#web/office/parts/condition.tsx'
import { count, hundredths } from '#web/office/parts/format.ts'
import { Go } from '#web/office/parts/go.tsx'
import { Word } from '#web/office/parts/page-head.tsx'
import { type Column, Table } from '#web/office/parts/table.tsx'

type TeamLoad = LoadBoard['teams'][number]

const TEAMS: Column<TeamLoad>[] = [
  { key: 'name', title: '团队', whole: true, lead: true, cell: (team) => <strong>{team.name}</strong> },
  { key: 'kind', title: '类别', whole: true, cell: (team) => team.kindLabel },
  { key: 'judges', title: '员额法官', right: true, whole: true, cell: (team) => count(team.judges) },
  {
    key: 'cases',
    title: '在办案件',
    right: true,
    whole: true,
    cell: (team) => <Go to={address('/cases', { team: team.id, state: 'handling' })}>{count(team.cases)}</Go>,
  },
  { key: 'load', title: '在办负荷', right: true, whole: true, cell: (team) => hundredths(team.loadHundredths) },
]

const JUDGES: Column<JudgeLoad>[] = [
  { key: 'name', title: '法官', whole: true, lead: true, cell: (judge) => <strong>{judge.name}</strong> },
  { key: 'team', title: '团队', whole: true, cell: (judge) => judge.teams.join('、') },
  {
    key: 'present',
    title: '在岗',
    whole: true,
    cell: ({ awayUntil }) => (awayUntil ? <Word tone="warn">请假至 {awayUntil}</Word> : <Word tone="good">在岗</Word>),
  },
  { key: 'specialisms', title: '专长', cell: (judge) => judge.specialisms.join('、') || '—' },
  {
    key: 'open',
    title: '在办案件类型',
    cell: (judge) => judge.open.map(({ kind, cases }) => `${kind} ${count(cases)}`).join('，') || '—',
  },
  {
    key: 'cases',
    title: '在办案件',
    right: true,
    whole: true,
    cell: (judge) => <Go to={address('/cases', { judge: judge.id, state: 'handling' })}>{count(judge.cases)}</Go>,
  },
  { key: 'load', title: '在办负荷', right: true, whole: true, cell: (judge) => hundredths(judge.loadHundredths) },
]

/** What each judge and each team has in hand. */
export function LoadView() {
  const asked = useQuery({
    queryKey: ['judge-loads'],
    queryFn: ({ signal }) => read<LoadBoard>('judge-loads', signal),
  })
  return (
    <Loaded asked={asked} rows={10}>
      {({ judges, teams, unassigned }) => (
        <div className="stack">
          <p className="soft">
            在办负荷为在执案件按本院分案权重折算的件数。
            {unassigned > 0 ? `现有未分案案件 ${count(unassigned)} 件。` : '没有未分案的案件。'}
          </p>
          <h3>法官</h3>
          {judges.length === 0 ? (
            <Nothing title="没有在任的员额法官">由安全管理员在“人员与团队”中授予岗位。</Nothing>
          ) : (
            <Table label="法官在办负荷" columns={JUDGES} rows={judges} rowKey={({ id }) => id} />
          )}
          <h3>团队</h3>
          {teams.length === 0 ? (
            <Nothing title="没有团队" />
          ) : (
            <Table label="团队在办负荷" columns={TEAMS} rows={teams} rowKey={({ id }) => id} />
          )}
        </div>
      )}
    </Loaded>
  )
}
