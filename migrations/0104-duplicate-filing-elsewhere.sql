-- 重复立案 in several courts (执行程序解释第二条): which cases of other courts were filed no later than these on the same basis
-- between the same parties. Past the scope of courts like related_cases, for cases of a court within it, which may not be
-- stored yet; tells court and number alone, and only to whoever knows basis and parties already.

-- A list of names as a set: who comes first, and what spaces stand, makes no other party.
create function name_set(names text) returns text[]
  language sql immutable parallel safe
  return array(select distinct n from unnest(string_to_array(regexp_replace(names, '\s', '', 'g'), '、')) n
    where n <> '' order by n);

create function filed_elsewhere(of_court int, cases jsonb)
  returns table (case_id uuid, court_id int, number text)
  language sql stable security definer set search_path = pg_catalog, public set enable_seqscan = off
  as $$
    with asked as materialized (
      select o.id, public.basis_key(o.basis_number) as basis, o.filed_on, public.name_set(o.creditor_names) as creditors,
        public.name_set(o.debtor_names) as debtors
      from jsonb_to_recordset(cases)
        as o(id uuid, basis_number text, filed_on date, creditor_names text, debtor_names text)
      where of_court = any(nullif(current_setting('ecc.court_ids', true), '')::int[])
    )
    select o.id, f.court_id, f.number
    from asked o
    cross join lateral (
      -- by the index of the basis first: of one basis there are few cases
      select c.* from public.enforcement_case c
      where public.basis_key(c.basis_number) = o.basis and c.basis_number is not null
      limit 200) f
    where f.case_kind = '首次执行' and f.court_id <> of_court
      -- ways of closing after which another court may enforce: 终结执行 is that of a case that was given to another court
      and coalesce(f.closing_way, '') not in ('销案', '驳回申请', '终结执行') and f.filed_on <= o.filed_on
      and public.name_set(f.creditor_names) = o.creditors and public.name_set(f.debtor_names) && o.debtors
    order by f.filed_on, f.number
  $$;
revoke execute on function filed_elsewhere(int, jsonb) from public;
grant execute on function filed_elsewhere(int, jsonb) to ecc_app;
