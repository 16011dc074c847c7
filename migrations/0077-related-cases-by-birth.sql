-- 关联案件比对的速度: of those born on one day there are some dozens in a million cases, of one name there may be thousands.
-- The day is looked up first, whatever the planner expects of either, and no table is ever read as a whole.
create or replace function related_cases(of_court int, of_case uuid, most int)
  returns table (court_id int, case_id uuid, number text, state text, party text, reason text)
  language sql stable security definer set search_path = pg_catalog, public set enable_seqscan = off
  as $$
    with asked as materialized (
      select c.court_id, c.id, public.basis_key(c.basis_number) as basis from public.enforcement_case c
      where c.court_id = of_court and c.id = of_case
        and c.court_id = any(nullif(current_setting('ecc.court_ids', true), '')::int[])
    ), debtor as materialized (
      select distinct p.plain_name, k.type, k.number, k.valid, public.birth_key(k.type, k.number) as birth
      from asked a
      join public.case_party p on p.court_id = a.court_id and p.case_id = a.id and p.side = 'debtor'
      join public.case_certificate k
        on k.court_id = p.court_id and k.case_id = p.case_id and k.party_seq = p.seq
    ), found as (
      select f.* from debtor d cross join lateral (
        select k.court_id, k.case_id, k.party_seq, 'certificate' as reason from public.case_certificate k
        where k.number = d.number and k.type = d.type and k.valid limit 2000) f
      -- eighteen times the same digit passes the check and stands for no number at all
      where d.valid and d.type in ('居民身份证', '统一社会信用代码') and d.number !~ '^(.)\1*$'
      union all
      select f.* from debtor d cross join lateral (
        select k.court_id, k.case_id, k.party_seq,
          case when d.valid and k.valid then 'birth' else 'birth-faulty' end
        from (
          select k.court_id, k.case_id, k.party_seq, k.number, k.valid from public.case_certificate k
          where public.birth_key(k.type, k.number) = d.birth limit 5000) k
        join public.case_party p on p.court_id = k.court_id and p.case_id = k.case_id and p.seq = k.party_seq
        where p.plain_name = d.plain_name and not (k.number = d.number and k.valid)) f
      union all
      select f.* from asked a cross join lateral (
        select c.court_id, c.id, null::int, 'judgment' from public.enforcement_case c
        where public.basis_key(c.basis_number) = a.basis and c.basis_number is not null limit 2000) f
    )
    select c.court_id, c.id, c.number, c.state, p.name, f.reason
    from found f
    join public.enforcement_case c on c.court_id = f.court_id and c.id = f.case_id
    left join public.case_party p on p.court_id = f.court_id and p.case_id = f.case_id and p.seq = f.party_seq
    where (c.court_id, c.id) <> (of_court, of_case) and (f.party_seq is null or p.side = 'debtor')
    order by (c.state in ('handling', 'suspended')) desc,
      array_position(array['certificate', 'judgment', 'birth-faulty', 'birth'], f.reason), c.filed_on desc, c.id
    limit most
  $$;
