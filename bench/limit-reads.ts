// The limit of reading: for each question one statement that gives the whole answer as JSON.

const STATE_WORDS = `case c.state when 'handling' then '在执' when 'suspended' then '中止'
  when 'closed' then '已结' else '终本' end`

const rowOf = (on: string, more = '') => `json_build_object('id', c.id, 'courtId', c.court_id, 'courtName', t.name,
  'caseNumber', c.number, 'kind', c.case_kind, 'cause', c.cause, 'filedOn', c.filed_on, 'stateLabel', ${STATE_WORDS},
  'creditors', c.creditor_names, 'debtors', c.debtor_names, 'amountFen', c.amount_fen::text, 'judge', c.holder_name,
  'team', c.team_name, 'nextNode', case when c.next_node is not null then json_build_object('name', c.next_node,
    'dueOn', c.next_due_on, 'state', case when c.next_due_on < ${on} then 'overdue' else 'running' end) end,
  'toCorrect', c.to_correct, 'warningsOpen', c.open_warnings${more})`

/** $1 court, $2 state, $3 the day. */
export const LIST = `
  select coalesce(json_agg(j), '[]')::text as json from (
    select ${rowOf('$3::date')} as j from enforcement_case c join court t on t.id = c.court_id
    where c.court_id = $1 and c.state = $2 order by coalesce(c.next_due_on, date '9999-12-31'), c.id limit 50) page`

/** $1 court, $2 single characters and pairs of what is searched, $3 the pattern, $4 the day. */
export const SEARCH = `
  with found as materialized (
    select distinct case_id from case_party where grams @> $2::text[] and plain_name like $3 and court_id = $1)
  select coalesce(json_agg(j), '[]')::text as json from (
    select ${rowOf('$4::date')} as j from enforcement_case c join court t on t.id = c.court_id
    where c.court_id = $1 and c.id in (select case_id from found)
    order by coalesce(c.next_due_on, date '9999-12-31'), c.id limit 50) page`

const CLOCK_STATE = `case when k.due_on is null then
    case when not k.suspended then 'uncomputed' when k.done_on is null then 'suspended' else 'met' end
  when k.done_on is not null then case when k.done_on <= k.due_on then 'met' else 'late' end
  when $3::date <= k.due_on then 'running' else 'overdue' end`

const MASKED = `case when length(x.number) < 12 then substr(x.number, 1, 1) || repeat('*', length(x.number) - 1)
  else substr(x.number, 1, 6) || repeat('*', length(x.number) - 10) || right(x.number, 4) end`

const AT = (column: string) => `to_char(${column} at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')`

/** $1 court, $2 case, $3 the day; all but what the reader may do (abilities), which depends on no row. */
export const CASE = `
  select ${rowOf(
    '$3::date',
    `,
  'version', c.version, 'basisNumber', c.basis_number, 'remark', c.remark, 'closedOn', c.closed_on,
  'closingWay', c.closing_way, 'arrivedFen', c.arrived_fen::text,
  'judgeRef', case when c.holder_id is not null then json_build_object('id', c.holder_id, 'name', c.holder_name) end,
  'court', json_build_object('id', t.id, 'code', t.code, 'name', t.name),
  'parties', (select coalesce(json_agg(json_build_object('side', p.side, 'name', p.name, 'certificates', (
      select coalesce(json_agg(json_build_object('type', x.type, 'masked', ${MASKED}, 'valid', x.valid) order by x.seq),
        '[]') from case_certificate x
      where x.court_id = p.court_id and x.case_id = p.case_id and x.party_seq = p.seq)) order by p.seq), '[]')
    from case_party p where p.court_id = c.court_id and p.case_id = c.id),
  'facts', (select coalesce(json_agg(json_build_object('name', f.name, 'on', f.fact_on, 'amountFen',
      f.amount_fen::text, 'source', f.source, 'reason', f.reason, 'recordedAt', ${AT('f.recorded_at')})), '[]')
    from (select distinct on (name) * from case_fact where court_id = c.court_id and case_id = c.id
      order by name, seq desc) f),
  'clocks', (select coalesce(json_agg(json_build_object('id', k.id, 'name', k.label, 'internal', r.internal,
      'state', ${CLOCK_STATE}, 'doneOn', k.done_on, 'note', k.note, 'due', k.explanation)
      order by (k.done_on is null) desc, k.due_on, k.label, k.round), '[]')
    from clock k join clock_rule r on r.id = k.rule_id and r.version = k.rule_version
    where k.court_id = c.court_id and k.thing_id = c.id and not k.dropped),
  'log', (select coalesce(json_agg(json_build_object('seq', l.seq, 'action', l.action, 'fromState', l.from_state,
      'toState', l.to_state, 'actor', l.actor_name, 'at', ${AT('l.at')}, 'onDate', l.on_date, 'answers', l.answers)
      order by l.seq desc), '[]')
    from act_log l where l.court_id = c.court_id and l.thing_id = c.id),
  'attachments', (select coalesce(json_agg(json_build_object('id', a.id, 'document', a.document, 'name', a.name,
      'mediaType', a.media_type, 'sizeBytes', a.size_bytes, 'digest', a.digest, 'by', a.by_name, 'at', ${AT('a.at')})
      order by a.at), '[]')
    from attachment a where a.court_id = c.court_id and a.thing_id = c.id),
  'notes', c.notes,
  'warnings', (select coalesce(json_agg(json_build_object('id', w.id, 'rule', w.rule, 'finding', w.finding,
      'backlog', w.backlog, 'openedAt', ${AT('w.opened_at')}, 'openedBy', w.opened_by, 'closedAt', w.closed_at,
      'explanation', w.explanation) order by w.opened_at), '[]')
    from case_warning w where w.court_id = c.court_id and w.case_id = c.id and w.closed_at is null),
  'approval', (select json_build_object('id', v.id, 'action', v.action, 'proposer', v.proposer_name)
    from approval v where v.court_id = c.court_id and v.thing_id = c.id and v.state = 'pending'),
  'matters', (select coalesce(json_agg(json_build_object('kind', 'supervision-order', 'id', m.id, 'number', m.number,
      'state', m.state) order by m.opened_at desc), '[]')
    from matter_supervision_order m where m.court_id = c.court_id and m.case_id = c.id)`,
  )}::text as json
  from enforcement_case c join court t on t.id = c.court_id where c.court_id = $1 and c.id = $2`

const item = (words: string) => `json_build_object('id', i.id, 'kind', i.kind, 'path', i.path, 'thingId', i.thing_id,
  'number', i.number, 'title', i.title, 'why', ${words}, 'dueOn', i.due_on, 'state', i.state, 'action', i.action,
  'due', i.due)`

/** A clerk's day. $1 court, $2 the day. */
export const WORKBENCH = `
  with items as (
    (select k.id, 'case' as kind, '/cases' as path, c.id as thing_id, c.number, k.label as title, k.due_on,
      case when k.due_on < $2::date then 'overdue' else 'running' end as state, '办理' as action, k.explanation as due,
      k.label || case when k.due_on < $2::date then '已超期' || ($2::date - k.due_on) || '天'
        when k.due_on = $2::date then '今天到期' else '还有' || (k.due_on - $2::date) || '天到期' end as why
    from clock k join enforcement_case c on c.court_id = k.court_id and c.id = k.thing_id
    where k.court_id = $1 and k.kind = 'case' and k.watched and not k.backlog
      and k.due_on <= $2::date + 7
    order by k.due_on, k.id limit 100)
    union all
    (select m.id, 'supervision-order', '/supervision-orders', m.id, m.number, m.node, k.due_on,
      case when k.due_on < $2::date then 'overdue' else 'running' end, '改派', k.explanation, '事项督办'
    from matter_supervision_order m left join lateral (select due_on, explanation from clock
      where court_id = m.court_id and thing_id = m.id and done_on is null order by due_on limit 1) k on true
    where m.court_id = $1 and m.state not in ('completed', 'revoked')
    order by k.due_on nulls last, m.opened_at limit 100)
  )
  select json_build_object(
    'mustToday', (select coalesce(json_agg(j), '[]') from (
      select ${item('i.why')} as j from items i where i.due_on is null or i.due_on <= $2::date
      order by i.due_on limit 50) must),
    'dueSoon', (select coalesce(json_agg(j), '[]') from (
      select ${item('i.why')} as j from items i where i.due_on > $2::date order by i.due_on limit 50) soon),
    'started', '[]'::json,
    'counts', json_build_object(
      'mustToday', (select count(*) from items where due_on is null or due_on <= $2::date),
      'dueSoon', (select count(*) from items where due_on > $2::date),
      'started', 0,
      'figures', (select json_build_object('backlog', count(*) filter (where k.backlog and k.due_on < $2::date),
          'overdue', count(distinct k.thing_id) filter (where k.due_on < $2::date),
          'soon', count(distinct k.thing_id) filter (where k.due_on >= $2::date))
        from clock k where k.court_id = $1 and k.kind = 'case' and k.watched and k.backlog in (false, true)
          and k.due_on <= $2::date + 7),
      'warnings', (select count(*) from case_warning where court_id = $1 and closed_at is null
        and explained_at is null and not backlog),
      'toCorrect', (select count(*) from enforcement_case where court_id = $1 and cardinality(to_correct) > 0),
      'lateMatters', (select count(distinct thing_id) from clock where court_id = $1 and kind <> 'case'
        and done_on is null and watched and due_on < $2::date)))::text as json`

/** What the database alone finds of a case's related ones. $1 court, $2 case; the scope is set before it is asked. */
export const RELATED = `
  select coalesce(json_agg(json_build_object('caseNumber', f.number, 'court', t.name, 'state', f.state,
    'party', f.party, 'reason', f.reason)), '[]')::text as json
  from (select set_config('ecc.court_ids', '{' || $1::int || '}', false) as held) s
  cross join lateral related_cases(case when s.held <> '' then $1::int end, $2::uuid, 200) f
  join court t on t.id = f.court_id`

/** Cases by court and state, counted anew: $1 the court that asks for all below it. */
export const RECOUNT = `
  select coalesce(json_agg(json_build_object('id', id, 'code', code, 'name', name, 'states', states)), '[]')::text
    as json
  from (select t.id, t.code, t.name, json_object_agg(c.state, c.n) as states
    from (select court_id, state, count(*) as n from enforcement_case group by court_id, state) c
    join court t on t.id = c.court_id where t.line @> array[$1::int] group by t.id, t.code, t.name) courts`
