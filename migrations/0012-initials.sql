-- 拼音首字母检索：the first letters of a party's name, surnames read as surnames; empty for what has none

alter table case_party add column initials text not null default '';
create index party_initials on case_party (initials text_pattern_ops) where initials <> '';

create function search_initials(courts int[], pattern text, most int)
  returns table (court_id int, case_id uuid)
  language sql stable security definer set search_path = pg_catalog, public
  as $$
    select distinct p.court_id, p.case_id from public.case_party p
    where p.initials <> '' and p.initials like pattern
      and p.court_id = any(courts)
      and p.court_id = any(nullif(current_setting('ecc.court_ids', true), '')::int[])
    limit most
  $$;
