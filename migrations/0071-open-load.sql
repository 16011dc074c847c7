-- 团队与法官在办案件（意见第八条）：how many cases in hand each judge and each team has, by kind of case; kept by the table
-- itself as cases change and never recounted, in parts that nobody waits for (0031).

create table open_load (
  court_id int not null references court,
  -- all zeros for the cases that no team, or no judge, has been given yet
  team_id uuid not null,
  person_id uuid not null,
  case_kind text not null,
  part bigint not null generated always as identity,
  n bigint not null,
  primary key (court_id, person_id, team_id, case_kind, part)
);
-- not forced: the trigger writes as the owner, and the application only reads
select guard_table('open_load', false, false);
grant select on open_load to ecc_app;

create function add_to_open_load(court int, team uuid, person uuid, kind text, difference bigint) returns void
  language plpgsql security definer set search_path = pg_catalog, public
  as $$
  declare
    nobody constant uuid := '00000000-0000-0000-0000-000000000000';
  begin
    update public.open_load set n = n + difference
    where (court_id, person_id, team_id, case_kind, part) = (
      select court_id, person_id, team_id, case_kind, part from public.open_load
      where court_id = court and person_id = coalesce(person, nobody)
        and team_id = coalesce(team, nobody) and case_kind = kind
      order by part limit 1 for update skip locked);
    if not found then
      insert into public.open_load (court_id, team_id, person_id, case_kind, n)
      values (court, coalesce(team, nobody), coalesce(person, nobody), kind, difference);
    end if;
  end $$;
revoke execute on function add_to_open_load(int, uuid, uuid, text, bigint) from public;

create function open_load_added() returns trigger
  language plpgsql security definer set search_path = pg_catalog, public
  as $$
  begin
    perform public.add_to_open_load(court_id, holder_team_id, holder_id, case_kind, count(*))
    from added where state = 'handling'
    group by court_id, holder_team_id, holder_id, case_kind
    order by court_id, holder_team_id, holder_id, case_kind;
    return null;
  end $$;
create function open_load_removed() returns trigger
  language plpgsql security definer set search_path = pg_catalog, public
  as $$
  begin
    perform public.add_to_open_load(court_id, holder_team_id, holder_id, case_kind, -count(*))
    from removed where state = 'handling'
    group by court_id, holder_team_id, holder_id, case_kind
    order by court_id, holder_team_id, holder_id, case_kind;
    return null;
  end $$;
create function open_load_moved() returns trigger
  language plpgsql security definer set search_path = pg_catalog, public
  as $$
  begin
    if old.state = 'handling' then
      perform public.add_to_open_load(old.court_id, old.holder_team_id, old.holder_id, old.case_kind, -1);
    end if;
    if new.state = 'handling' then
      perform public.add_to_open_load(new.court_id, new.holder_team_id, new.holder_id, new.case_kind, 1);
    end if;
    return null;
  end $$;
create trigger load_added after insert on enforcement_case referencing new table as added
  for each statement execute function open_load_added();
create trigger load_removed after delete on enforcement_case referencing old table as removed
  for each statement execute function open_load_removed();
create trigger load_moved after update on enforcement_case for each row
  when ((old.state = 'handling' or new.state = 'handling')
    and (old.court_id, old.holder_team_id, old.holder_id, old.case_kind, old.state)
      is distinct from (new.court_id, new.holder_team_id, new.holder_id, new.case_kind, new.state))
  execute function open_load_moved();

insert into open_load (court_id, team_id, person_id, case_kind, n)
select court_id, coalesce(holder_team_id, '00000000-0000-0000-0000-000000000000'),
  coalesce(holder_id, '00000000-0000-0000-0000-000000000000'), case_kind, count(*)
from enforcement_case where state = 'handling' group by 1, 2, 3, 4;

-- 未分案: few at any time, and the first that the centre looks at
create index case_unassigned on enforcement_case (court_id, filed_on, id) where holder_id is null;
