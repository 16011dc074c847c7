import { Button } from 'antd'
import { useState } from 'react'
import type { PersonView } from '#kernel/organisation/wire.ts'
import { useListing } from '#web/office/listing.ts'
import { FilterBar, FilterText } from '#web/office/parts/filter-bar.tsx'
import { PageHead, Word } from '#web/office/parts/page-head.tsx'
import { postWords } from '#web/office/parts/post-words.ts'
import { type Column, ListingTable } from '#web/office/parts/table.tsx'
import { Tabs } from '#web/office/parts/tabs.tsx'
import { useFilters, useMe } from '#web/office/session.ts'
import { NewPerson } from './new-person.tsx'
import { PersonDrawer } from './person-drawer.tsx'
import { StaffingTable } from './staffing.tsx'
import { TeamTable } from './teams.tsx'

const ACCOUNT_STATES: Record<PersonView['accountState'], [string, string]> = {
  active: ['在用', 'good'],
  stopped: ['已停用', 'rest'],
  locked: ['已锁定', 'warn'],
  none: ['无账号', 'rest'],
}

/** What this reader keeps: accounts (系统管理员) or posts (安全管理员); the server decides again on each act. */
export interface Keeping {
  accounts: boolean
  posts: boolean
}

function useKeeping(): Keeping {
  const roles = useMe().data?.posts.map(({ role }) => role) ?? []
  return { accounts: roles.includes('administrator.system'), posts: roles.includes('administrator.security') }
}

/** An account's state in a word. */
export function AccountState({ state }: { state: PersonView['accountState'] }) {
  const [text, tone] = ACCOUNT_STATES[state]
  return <Word tone={tone}>{text}</Word>
}

const ACCOUNT_COLUMNS: Column<PersonView>[] = [
  {
    key: 'username',
    title: '账号',
    cell: (person) => (person.username ? <span lang="en">{person.username}</span> : '—'),
  },
  { key: 'state', title: '账号状态', whole: true, cell: (person) => <AccountState state={person.accountState} /> },
]

function postsNow({ posts }: PersonView): string {
  const current = posts.filter(({ toOn }) => toOn === null)
  return postWords(current) || '—'
}

/** Accounts are shown to those who keep accounts or posts; everyone else sees people and posts. */
function columnsOf(keeps: Keeping, open: (person: PersonView) => void): Column<PersonView>[] {
  const name = (person: PersonView) => (
    <button type="button" className="text-button" onClick={() => open(person)}>
      {person.name}
    </button>
  )
  return [
    { key: 'name', title: '姓名', whole: true, lead: true, cell: name },
    { key: 'court', title: '法院', cell: (person) => person.courtName },
    { key: 'posts', title: '现任岗位', cell: postsNow },
    ...(keeps.accounts || keeps.posts ? ACCOUNT_COLUMNS : []),
  ]
}

function PeopleTable({ keeps }: { keeps: Keeping }) {
  const [{ scope, q }] = useFilters()
  const listing = useListing<PersonView>('people', { scope, q })
  const [openId, setOpenId] = useState<string | null>(null)
  const person = listing.items.find(({ id }) => id === openId) ?? null
  return (
    <>
      <FilterBar>
        <FilterText name="q" label="姓名" />
      </FilterBar>
      <ListingTable
        label="人员"
        columns={columnsOf(keeps, ({ id }) => setOpenId(id))}
        listing={listing}
        rowKey={({ id }) => id}
        empty={<>可调整姓名，或切换法院范围。</>}
      />
      <PersonDrawer person={person} keeps={keeps} close={() => setOpenId(null)} />
    </>
  )
}

/** People with their posts and accounts, and the teams. */
export function PeoplePage() {
  const keeps = useKeeping()
  const [isAdding, setAdding] = useState(false)
  // The administrators keep people and hold no business of the court.
  const isBusiness = useMe().data?.posts.some(({ role }) => !role.startsWith('administrator.')) ?? false
  return (
    <>
      <PageHead title="人员与团队" about="岗位有起止日期；账号停用后，已登录的立即退出。">
        {keeps.accounts ? (
          <Button type="primary" onClick={() => setAdding(true)}>
            新增人员
          </Button>
        ) : null}
      </PageHead>
      <section className="box" aria-label="人员与团队">
        <Tabs
          label="人员与团队"
          tabs={[
            { key: 'people', title: '人员', body: <PeopleTable keeps={keeps} /> },
            { key: 'teams', title: '团队', body: <TeamTable /> },
            ...(isBusiness ? [{ key: 'staffing', title: '编制', body: <StaffingTable /> }] : []),
          ]}
        />
      </section>
      {isAdding ? <NewPerson close={() => setAdding(false)} /> : null}
    </>
  )
}
