-- 三员分立、岗位起止、操作记录按时间查阅（意见第五条、第三十六条第七项）

-- not forced: the guard below runs as the owner and must see a human being's posts in every court
alter table person no force row level security;
alter table post no force row level security;

-- whose account it is stays as it was registered
revoke update on person from ecc_app;
grant update (name) on person to ecc_app;

-- to_on is the last day; a post taken away before it began has its last day on the eve of its first
alter table post drop constraint post_check;
alter table post add constraint post_term check (to_on is null or to_on >= from_on - 1);

-- One human being, under whatever account and in whatever court, holds at most one of the three administrators' posts,
-- and none of them beside a post of business.
create function guard_three_administrators() returns trigger
  language plpgsql security definer set search_path = pg_catalog, public
  as $$
  declare
    human uuid;
  begin
    select natural_id into human from public.person where court_id = new.court_id and id = new.person_id;
    -- two posts given at the same moment wait for each other
    perform pg_advisory_xact_lock(hashtextextended(human::text, 0));
    if exists (
      select from public.post p join public.person h on h.court_id = p.court_id and h.id = p.person_id
      where h.natural_id = human and (p.court_id, p.id) <> (new.court_id, new.id) and p.role <> new.role
        and (p.role like 'administrator.%' or new.role like 'administrator.%')
        and daterange(p.from_on, p.to_on + 1) && daterange(new.from_on, new.to_on + 1)
    ) then
      raise exception 'three administrators are three people without any other post'
        using errcode = 'check_violation', constraint = 'three_administrators', table = 'post';
    end if;
    return new;
  end $$;
create trigger three_administrators before insert or update on post
  for each row execute function guard_three_administrators();

create index audit_at on audit (court_id, at);
