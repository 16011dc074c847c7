import { chaptersWith } from '#app'
import type { Tx } from '#kernel/database/database.ts'
import { identifier, join, type Sql, sql } from '#kernel/database/sql.ts'

// What must hold in the database whatever was killed, whoever wrote: each is a question for rows that break it.

interface Invariant {
  sentence: string
  breaks: Sql
}

const KINDS = chaptersWith().flatMap(({ kinds }) => kinds)

/** Every thing of every kind. */
const THINGS = join(
  KINDS.map(({ id, table }) => sql`select ${id}::text as kind, court_id, id, state from ${identifier(table)}`),
  ' union all ',
)

const INVARIANTS: readonly Invariant[] = [
  {
    sentence: '督办编号有断号或重号',
    breaks: sql`
      select s.court_id, s.last, count(o.id) as found from number_series s
      left join matter_supervision_order o on o.court_id = s.court_id
        and o.number like '%〔' || s.year || '〕%'
      where s.series = 'supervision-order' group by s.court_id, s.series, s.year, s.last
      having count(distinct o.number) <> s.last or count(o.id) <> s.last
        or max(substring(o.number from '〕(\\d+)号')::int) <> s.last`,
  },
  {
    sentence: '执复案号有断号或重号',
    breaks: sql`
      select s.court_id, s.last, count(c.id) as found from number_series s
      left join enforcement_case c on c.court_id = s.court_id and c.filed_year = s.year
        and 'case:' || c.type_code = s.series
      where s.series = 'case:执复' group by s.court_id, s.series, s.year, s.last
      having count(c.id) <> s.last or min(c.serial) <> 1 or max(c.serial) <> s.last`,
  },
  {
    sentence: '操作记录的序号有断',
    breaks: sql`
      select court_id, thing_id, count(*) from act_log group by court_id, thing_id
      having min(seq) <> 1 or max(seq) <> count(*)`,
  },
  {
    sentence: '操作记录前后状态不相接',
    breaks: sql`
      select court_id, thing_id, seq from (
        select *, lag(to_state) over (partition by court_id, thing_id order by seq) as before from act_log) l
      where from_state is not null and from_state is distinct from before`,
  },
  {
    sentence: '现状态不是操作记录推出的状态',
    breaks: sql`
      select t.court_id, t.id, t.state, l.to_state from (${THINGS}) t
      left join lateral (
        select to_state from act_log l where l.court_id = t.court_id and l.thing_id = t.id order by seq desc limit 1
      ) l on true
      where t.state is distinct from l.to_state`,
  },
  {
    sentence: '版本号与操作次数不符',
    breaks: sql`
      select t.court_id, t.id, t.version from (
        select court_id, id, version from enforcement_case where export_as_of_on is null
        union all select court_id, id, version from matter_supervision_order) t
      where t.version <> (select count(*) from act_log l where l.court_id = t.court_id and l.thing_id = t.id)`,
  },
  {
    sentence: '操作记录与审计记录不是一一对应',
    breaks: sql`
      select coalesce(l.thing_id, a.thing_id) as id, coalesce(l.verb, a.verb) as verb, l.n as acts, a.n as entries
      from (select thing_id, kind || '.' || action as verb, count(*) as n from act_log
        where action <> 'import' group by 1, 2) l
      full join (select thing_id, verb, count(*) as n from audit
        where split_part(verb, '.', 1) = any(${KINDS.map(({ id }) => id)}) group by 1, 2) a using (thing_id, verb)
      where l.n is distinct from a.n`,
  },
  {
    sentence: '超期节点没有恰好一件督办',
    breaks: sql`
      select n.clock_id, count(o.id) from node_order n
      left join matter_supervision_order o on o.court_id = n.court_id and o.id = n.order_id
      group by n.court_id, n.clock_id, n.due_on, n.order_id having count(o.id) <> 1
      union all
      select order_id, count(*) from node_order group by order_id having count(*) <> 1
      union all
      select o.id, 0 from matter_supervision_order o where o.source = '节点超期' and o.opener_id is null
        and not exists (select from node_order n where n.court_id = o.court_id and n.order_id = o.id)`,
  },
  {
    sentence: '已超期的节点没有督办',
    breaks: sql`
      select k.id, k.label from clock k join clock_rung r on r.court_id = k.court_id and r.clock_id = k.id
        and r.due_on = k.due_on and r.rung = 'overdue'
      where k.kind = 'case' and k.watched and k.done_on is null and not k.backlog and k.label not like '%内控%'
        and not exists (select from node_order n where n.court_id = k.court_id and n.clock_id = k.id
          and n.due_on = k.due_on)`,
  },
  {
    sentence: '同一事项的同一消息发了两次',
    breaks: sql`
      select thing_id, title, to_person_id, to_role, to_team_id, at, count(*) from outbox
      group by 1, 2, 3, 4, 5, 6 having count(*) > 1`,
  },
  {
    sentence: '案件只写了一半',
    breaks: sql`
      select c.id, c.number from enforcement_case c where
        not exists (select from case_fact f where f.court_id = c.court_id and f.case_id = c.id and name = 'filed')
        or not exists (select from act_log l where l.court_id = c.court_id and l.thing_id = c.id)
        or ((c.creditor_names <> '' or c.debtor_names <> '') and not exists (
          select from case_party p where p.court_id = c.court_id and p.case_id = c.id))`,
  },
  {
    sentence: '保存的数量与重新统计不符',
    breaks: sql`
      select * from (select kind, court_id, state, count(*) as n from (${THINGS}) things group by 1, 2, 3) t
      full join (select kind, court_id, state, sum(n) as kept from state_count group by 1, 2, 3) k
        using (kind, court_id, state)
      where coalesce(n, 0) <> coalesce(kept, 0)`,
  },
  {
    sentence: '防重复提交的编号没有存下答复',
    breaks: sql`select key from idempotency where status is null or answer is null`,
  },
]

/** The sentences of what does not hold, each with the first rows that break it. */
export async function brokenInvariants(tx: Tx): Promise<string[]> {
  const found: string[] = []
  for (const { sentence, breaks } of INVARIANTS) {
    const rows = await tx.query(breaks)
    if (rows.length > 0) found.push(`${sentence}（${rows.length}）：${shown(rows.slice(0, 3))}`)
  }
  return found
}

function shown(rows: readonly unknown[]): string {
  return JSON.stringify(rows, (_, value: unknown) => (typeof value === 'bigint' ? String(value) : value))
}
