-- 三员分立：whose account it is can't be changed afterwards so that one human being holds what excludes each other

create function guard_natural_person() returns trigger
  language plpgsql security definer set search_path = pg_catalog, public
  as $$
  begin
    perform pg_advisory_xact_lock(hashtextextended(new.natural_id::text, 0));
    if exists (
      select from public.post mine, public.post p
      join public.person h on h.court_id = p.court_id and h.id = p.person_id
      where mine.court_id = new.court_id and mine.person_id = new.id
        and h.natural_id = new.natural_id and (h.court_id, h.id) <> (new.court_id, new.id) and p.role <> mine.role
        and (p.role like 'administrator.%' or mine.role like 'administrator.%')
        and daterange(p.from_on, p.to_on + 1) && daterange(mine.from_on, mine.to_on + 1)
    ) then
      raise exception 'three administrators are three people without any other post'
        using errcode = 'check_violation', constraint = 'three_administrators', table = 'person';
    end if;
    return new;
  end $$;
create trigger natural_person before update of natural_id on person
  for each row execute function guard_natural_person();
