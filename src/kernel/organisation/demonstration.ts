import { randomUUID } from 'node:crypto'
import { ROLES, type Role } from '#kernel/authorisation/roles.ts'
import type { Database, Tx } from '#kernel/database/database.ts'
import { asOwner } from '#kernel/database/owner.ts'
import { sql } from '#kernel/database/sql.ts'
import type { Services } from '#kernel/matter/acting.ts'
import { machineTime, shiftedTime, type Time, todayOf } from '#kernel/time/time.ts'
import { hashPassword } from './passwords.ts'
import type { TeamView } from './wire.ts'

// The demonstration's people: invented, of every role, in the court of the sample export, the court above it, a sister
// court and the two centres above them. Judges and teams of 吉0193 are those that the sample export names.

export const DEMONSTRATION_PASSWORD = 'yanshi-2021-zhixing'
const STARTS_AT = new Date('2021-09-30T08:30:00+08:00')
const IN_OFFICE_FROM = '2019-01-01'

type TeamKind = TeamView['kind']
const TEAMS = {
  速执团队: 'fast',
  普执团队: 'ordinary',
  特执团队: 'special',
  事务集约团队: 'centralized-affairs',
} as const satisfies Record<string, TeamKind>
type TeamName = keyof typeof TEAMS

/** 'role', or 'role@team' for a post in a team. */
type Seat = Role | `${Role}@${TeamName}`

interface Member {
  username: string
  name: string
  seats: readonly Seat[]
  /** Another account of the same human being, to try that nobody approves what he proposed. */
  sameAs: string | null
  /** Offered on the sign-in page. */
  offered: boolean
}

interface Staff {
  court: string
  teams: readonly TeamName[]
  members: readonly Member[]
}

const one = (username: string, name: string, ...seats: Seat[]): Member => ({
  username,
  name,
  seats,
  sameAs: null,
  offered: true,
})
const unoffered = (member: Member): Member => ({ ...member, offered: false })

const OWN_COURT: Staff = {
  court: '吉0193',
  teams: ['速执团队', '普执团队', '特执团队', '事务集约团队'],
  members: [
    one('linjing', '林静', 'centre.clerk'),
    one('luoxiaoming', '罗晓明', 'centre.head'),
    one('sunhaitao', '孙海涛', 'team.judge@普执团队'),
    one('maguodong', '马国栋', 'director'),
    one('liangzhiyuan', '梁志远', 'president'),
    one('hexiulan', '何秀兰', 'vice-president'),
    one('hanlixin', '韩立新', 'team.judge@速执团队', 'team.head@速执团队'),
    one('zhouwenjing', '周文静', 'team.judge@速执团队'),
    one('dongzhiqiang', '董志强', 'team.judge@普执团队', 'team.head@普执团队'),
    one('yuchunmei', '于春梅', 'team.judge@普执团队'),
    one('xujianguo', '徐建国', 'team.judge@特执团队', 'team.head@特执团队'),
    one('guoyuchen', '郭雨辰', 'team.judge@特执团队'),
    one('songxinyi', '宋欣怡', 'team.judge@事务集约团队', 'team.head@事务集约团队'),
    one('tianye', '田野', 'team.assistant@普执团队'),
    one('jiangxueqin', '姜雪琴', 'team.assistant@速执团队'),
    one('miaofang', '苗芳', 'team.clerk@普执团队'),
    one('qiaobin', '乔斌', 'team.clerk@速执团队'),
    one('wangshuai', '汪帅', 'centre.inquiry-operator'),
    one('caolijuan', '曹丽娟', 'centre.funds-officer'),
    one('duanhong', '段红', 'finance'),
    one('fangmingyu', '方明宇', 'filing'),
    one('shaoyan', '邵岩', 'trial'),
    one('gaofei', '高飞', 'duty.officer'),
    one('renjie', '任杰', 'duty.technician'),
    one('baiguang', '白光', 'inspection'),
    one('xitong', '安宁', 'administrator.system'),
    one('anquan', '严守正', 'administrator.security'),
    one('shenji', '明镜远', 'administrator.audit'),
    one('chensiyu', '陈思宇', 'centre.clerk'),
    { ...one('luoxiaoming2', '罗晓明', 'team.judge@普执团队'), sameAs: 'luoxiaoming' },
  ],
}

const SUPERIOR_COURT: Staff = {
  court: '吉01',
  teams: ['普执团队', '事务集约团队'],
  members: [
    one('zhaoxue', '赵雪', 'centre.clerk'),
    one('fengdawei', '冯大为', 'centre.head'),
    one('pengchao', '彭超', 'director'),
    one('shiyunfei', '石云飞', 'president'),
    unoffered(one('tanghuimin', '唐慧敏', 'vice-president')),
    unoffered(one('jinhao', '金昊', 'team.judge@普执团队', 'team.head@普执团队')),
    unoffered(one('muqing', '穆青山', 'team.judge@事务集约团队')),
    unoffered(one('lvdan', '吕丹', 'team.assistant@普执团队')),
    unoffered(one('xueping', '薛平', 'team.clerk@普执团队')),
    unoffered(one('hourui', '侯锐', 'centre.inquiry-operator')),
    unoffered(one('zoumei', '邹梅', 'centre.funds-officer')),
    unoffered(one('gongjun', '龚军', 'finance')),
    unoffered(one('wanli', '万里红', 'filing')),
    unoffered(one('qianbo', '钱波', 'trial')),
    one('donghui', '佟辉', 'duty.officer'),
    unoffered(one('kangle', '康乐', 'duty.technician')),
    unoffered(one('yinzheng', '尹铮', 'inspection')),
    unoffered(one('xitong01', '平安顺', 'administrator.system')),
    unoffered(one('anquan01', '江守安', 'administrator.security')),
    unoffered(one('shenji01', '梅鉴明', 'administrator.audit')),
  ],
}

const SISTER_COURT: Staff = {
  court: '吉0104',
  teams: ['普执团队'],
  members: [
    one('panlin', '潘琳', 'centre.clerk'),
    unoffered(one('dujuan', '杜鹃', 'centre.head')),
    unoffered(one('xiongwei', '熊伟', 'director')),
    unoffered(one('hujianping', '胡建平', 'president')),
    one('jiating', '贾婷', 'team.judge@普执团队', 'team.head@普执团队'),
    unoffered(one('guanxin', '关欣', 'team.clerk@普执团队')),
    unoffered(one('xitong0104', '常安', 'administrator.system')),
    unoffered(one('anquan0104', '卫明理', 'administrator.security')),
    unoffered(one('shenji0104', '鉴一清', 'administrator.audit')),
  ],
}

const HIGHER_CENTRES: readonly Staff[] = [
  { court: '吉', teams: [], members: [one('weiran', '魏然', 'centre.clerk')] },
  { court: '最高法', teams: [], members: [one('dingyi', '丁毅', 'centre.clerk')] },
]

const STAFFS: readonly Staff[] = [OWN_COURT, SUPERIOR_COURT, SISTER_COURT, ...HIGHER_CENTRES]

/** Puts the demonstration's people, teams and posts into a database that has nobody yet; false where it has. */
export async function loadPeople(url: string): Promise<boolean> {
  const passwordHash = await hashPassword(DEMONSTRATION_PASSWORD)
  return asOwner(url, 'write', async (tx) => {
    await tx.run(sql`lock table demonstration in share row exclusive mode`)
    if (await tx.maybe(sql`select 1 from person limit 1`)) return false
    for (const staff of STAFFS) await loadStaff(tx, staff, passwordHash)
    await tx.run(sql`insert into demonstration (started_at, starts_at) values (${machineTime.now()}, ${STARTS_AT})`)
    return true
  })
}

async function loadStaff(tx: Tx, staff: Staff, passwordHash: string): Promise<void> {
  const { id: courtId } = await tx.one<{ id: number }>(sql`select id from court where code = ${staff.court}`)
  const teams = new Map<string, string>()
  for (const name of staff.teams) {
    const id = randomUUID()
    teams.set(name, id)
    await tx.run(sql`insert into team (court_id, id, name, kind) values (${courtId}, ${id}, ${name}, ${TEAMS[name]})`)
  }
  const naturalIds = new Map<string, string>()
  for (const { username, name, seats, sameAs } of staff.members) {
    const id = randomUUID()
    const naturalId = naturalIds.get(sameAs ?? '') ?? randomUUID()
    naturalIds.set(username, naturalId)
    await tx.run(sql`
      insert into person (court_id, id, natural_id, name) values (${courtId}, ${id}, ${naturalId}, ${name})`)
    await tx.run(sql`
      insert into account (court_id, id, person_id, username, password_hash)
      values (${courtId}, ${randomUUID()}, ${id}, ${username}, ${passwordHash})`)
    for (const seat of seats) {
      const [role, team = ''] = seat.split('@')
      await tx.run(sql`
        insert into post (court_id, id, person_id, role, team_id, from_on)
        values (${courtId}, ${randomUUID()}, ${id}, ${role}, ${teams.get(team) ?? null}, ${IN_OFFICE_FROM})`)
    }
  }
}

/** The demonstration's own clock (演示日期), where the database holds one; undefined in earnest. */
export async function demonstrationTime(url: string, machine: Time = machineTime): Promise<Time | undefined> {
  return asOwner(url, 'read', async (tx) => {
    const row = await tx.maybe<{ started_at: Date; starts_at: Date }>(
      sql`select started_at, starts_at from demonstration`,
    )
    return row && shiftedTime(row.started_at, row.starts_at, machine)
  })
}

export interface DemonstrationAccount {
  username: string
  password: string
  name: string
  roles: string[]
}

/** The accounts to try the demonstration with, the usual first; none in earnest. */
export async function demonstrationAccounts(database: Database): Promise<DemonstrationAccount[]> {
  return database.read({ courtIds: [] }, async (tx) => {
    if (!(await tx.maybe(sql`select 1 from demonstration`))) return []
    const courts = await tx.query<{ code: string; name: string }>(sql`select code, name from court`)
    const names = new Map(courts.map((court) => [court.code, court.name]))
    return STAFFS.flatMap(({ court, members }) =>
      members
        .filter(({ offered }) => offered)
        .map((member) => ({
          username: member.username,
          password: DEMONSTRATION_PASSWORD,
          name: member.name,
          roles: rolesOf(member, court === OWN_COURT.court ? null : (names.get(court) ?? null)),
        })),
    )
  })
}

/** 速执团队员额法官、负责人: a team is named once, however many posts somebody has in it. */
function rolesOf({ seats }: Member, courtName: string | null): string[] {
  const labels: string[] = []
  let last: string | undefined
  for (const seat of seats) {
    const [role, team] = seat.split('@') as [Role, string | undefined]
    const label = role === 'team.head' ? '负责人' : ROLES[role].label
    labels.push(team === undefined || team === last ? label : `${team}${label}`)
    last = team
  }
  return courtName === null ? labels : [courtName, ...labels]
}

/** What the sign-in page tells of the demonstration: its date and accounts; null in earnest. */
export async function shownDemonstration(
  services: Pick<Services, 'database' | 'time'>,
): Promise<{ on: string; accounts: DemonstrationAccount[] } | null> {
  const accounts = await demonstrationAccounts(services.database)
  return accounts.length === 0 ? null : { on: todayOf(services.time), accounts }
}
