-- 岗位与账号即时生效：how often anything about a court's people has changed. Who keeps in memory what a person may do
-- asks for this number with each request, and reads anew where it has moved.

alter table court add column people_version bigint not null default 0;

create function count_people_change() returns trigger
  language plpgsql security definer set search_path = pg_catalog, public
  as $$
  begin
    if tg_op <> 'INSERT' then
      update public.court set people_version = people_version + 1 where id = old.court_id;
    end if;
    if tg_op = 'INSERT' or (tg_op = 'UPDATE' and new.court_id <> old.court_id) then
      update public.court set people_version = people_version + 1 where id = new.court_id;
    end if;
    return null;
  end $$;
create trigger people_changed after insert or update or delete on post
  for each row execute function count_people_change();
create trigger people_changed after update or delete on person
  for each row execute function count_people_change();
-- wrong passwords are counted in the same row: they change nothing about who may do what
create trigger people_changed after update of court_id, id, person_id, state or delete on account
  for each row execute function count_people_change();

-- How far a person sees follows from the courts below his own.
create function count_court_change() returns trigger
  language plpgsql security definer set search_path = pg_catalog, public
  as $$
  begin
    update public.court set people_version = people_version + 1
    where (tg_op <> 'DELETE' and id = any(new.line)) or (tg_op <> 'INSERT' and id = any(old.line));
    return null;
  end $$;
create trigger court_changed after insert or update of line or delete on court
  for each row execute function count_court_change();
