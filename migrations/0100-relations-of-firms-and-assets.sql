-- 关联案件（意见第十一条）: two more grounds. Firms that one person represents (法定代表人), and cases about one asset.

-- Who represents a firm that is a party, as it stands now; what was said before is in the record of acts.
create table case_legal_representative (
  court_id int not null,
  case_id uuid not null,
  plain_name text not null,
  party text not null,
  name text not null check (name <> ''),
  type text not null,
  number text not null check (number <> ''),
  valid boolean not null,
  recorded_name text not null,
  recorded_at timestamptz not null,
  primary key (court_id, case_id, plain_name),
  foreign key (court_id, case_id) references enforcement_case (court_id, id)
);
create index legal_representative_number on case_legal_representative (number, court_id);
-- not forced: related_cases runs as the owner and applies the scope itself
select guard_table('case_legal_representative', false, false);
grant select, insert, update on case_legal_representative to ecc_app;

-- 财产标识 of what a case is about, as numbers are compared: from each clue or inquiry that names one, while it holds.
create table case_asset (
  court_id int not null,
  case_id uuid not null,
  key text not null check (key <> ''),
  -- the clue or the inquiry that names it
  source_id uuid not null,
  primary key (court_id, case_id, key, source_id),
  foreign key (court_id, case_id) references enforcement_case (court_id, id)
);
create index asset_key on case_asset (key, court_id);
select guard_table('case_asset', false, false);
grant select, insert, delete on case_asset to ecc_app;

-- As before, with the two grounds. Neither tells a name: who represents a firm of another court's case, and what that firm
-- is called, is more than a proposal needs. Of those born on one day there are some dozens in a million cases, of one name
-- there may be thousands: the day is looked up first, whatever the planner expects, and no table is ever read as a whole.
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
    ), represented as materialized (
      select r.plain_name, r.number from asked a
      join public.case_legal_representative r on r.court_id = a.court_id and r.case_id = a.id
      where r.valid and r.type = '居民身份证' and exists (
        select from public.case_party p where p.court_id = r.court_id and p.case_id = r.case_id
          and p.plain_name = r.plain_name and p.side = 'debtor')
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
      union all
      select f.* from asked a
      join public.case_asset own on own.court_id = a.court_id and own.case_id = a.id
      cross join lateral (
        select s.court_id, s.case_id, null::int, 'asset' from public.case_asset s
        where s.key = own.key limit 2000) f
      union all
      -- another firm of the same person; the same firm is found by its code
      select f.* from represented r cross join lateral (
        select o.court_id, o.case_id, null::int, 'representative' from public.case_legal_representative o
        where o.number = r.number and o.valid and o.plain_name <> r.plain_name and exists (
          select from public.case_party p where p.court_id = o.court_id and p.case_id = o.case_id
            and p.plain_name = o.plain_name and p.side = 'debtor')
        limit 2000) f
    )
    select c.court_id, c.id, c.number, c.state, p.name, f.reason
    from (select distinct * from found) f
    join public.enforcement_case c on c.court_id = f.court_id and c.id = f.case_id
    left join public.case_party p on p.court_id = f.court_id and p.case_id = f.case_id and p.seq = f.party_seq
    where (c.court_id, c.id) <> (of_court, of_case) and (f.party_seq is null or p.side = 'debtor')
    order by (c.state in ('handling', 'suspended')) desc,
      array_position(array['certificate', 'judgment', 'asset', 'birth-faulty', 'birth', 'representative'], f.reason),
      c.filed_on desc, c.id
    limit most
  $$;
