-- 关联案件（意见第十一条）: found across all courts by one function, proposed for concentration, decided, carried out

-- 执行依据文号 as it is compared: brackets and digits of one width, no 第, no leading zeros, one number of its text; null
-- where no year and serial stand in it, so that 无 or 调解书 is no judgment in common.
-- One expression, with its inmost part twice, so that the planner puts it in place of the call.
create function basis_key(basis text) returns text
  language sql immutable parallel safe
  return regexp_replace(replace(coalesce(
    substring(translate(regexp_replace(normalize(basis, NFKC), '\s+', '', 'g'), '〔〕[]【】', '()()()')
      from '\(\d{4}\)[^\d号()]\d{2,4}[^\d号()]+\d+号'),
    substring(translate(regexp_replace(normalize(basis, NFKC), '\s+', '', 'g'), '〔〕[]【】', '()()()')
      from '^[^号]*\(\d{4}\)[^号]*\d+号')), '第', ''), '(\D)0+(\d+号)$', '\1\2');
create index case_basis on enforcement_case (basis_key(basis_number)) where basis_number is not null;

-- The day of birth that an identity number tells, of 18 digits or of the 15 that were given out before 1999.
create function birth_key(type text, number text) returns text
  language sql immutable parallel safe
  return case when type = '居民身份证' then substr(number, 7, 8)
    when number ~ '^\d{15}$' then '19' || substr(number, 7, 6) end;
create index certificate_birth on case_certificate (birth_key(type, number)) where birth_key(type, number) is not null;

-- One index for the search in some courts and for the comparison in all: the number alone leaves a handful of rows.
drop index certificate_number;
create index certificate_number on case_certificate (number, court_id);

-- The only way past the scope of courts, from a case within it; tells of another court's case what a proposal names and
-- nothing else. A name alone relates nobody. One row for each reason; what is still open comes first.
alter table case_certificate no force row level security;
create function related_cases(of_court int, of_case uuid, most int)
  returns table (court_id int, case_id uuid, number text, state text, party text, reason text)
  language sql stable security definer set search_path = pg_catalog, public
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
        from public.case_certificate k
        join public.case_party p on p.court_id = k.court_id and p.case_id = k.case_id and p.seq = k.party_seq
        where public.birth_key(k.type, k.number) = d.birth and p.plain_name = d.plain_name
          and not (k.number = d.number and k.valid)
        limit 2000) f
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
revoke execute on function related_cases(int, uuid, int) from public;
grant execute on function related_cases(int, uuid, int) to ecc_app;

-- The cases that a proposal names, with the reasons for which each was chosen; another choice is another round.
create table related_case (
  court_id int not null references court,
  thing_id uuid not null,
  round int not null check (round > 0),
  case_court_id int not null references court,
  case_id uuid not null,
  number text not null,
  leads boolean not null,
  party text,
  reasons text[] not null,
  score int not null check (score between 0 and 100),
  -- while the proposal is open and names it
  standing boolean not null,
  primary key (court_id, thing_id, round, case_court_id, case_id),
  foreign key (case_court_id, case_id) references enforcement_case (court_id, id),
  check (leads = (cardinality(reasons) = 0)),
  check (case_court_id = court_id or not leads)
);
-- no case in two open proposals, whatever courts they are of
create unique index related_case_standing on related_case (case_court_id, case_id) where standing;
select guard_table('related_case', false, true);
grant select, insert, update on related_case to ecc_app;
