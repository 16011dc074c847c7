-- 双因素登录与重新验证身份（意见第三十五条、第三十六条第七项）

-- The secret of an authenticator, sealed by a key outside the database. One that was not yet confirmed by a code waits
-- beside the one in use.
create table second_factor (
  court_id int not null references court,
  account_id uuid not null,
  secret bytea,
  next_secret bytea,
  confirmed_at timestamptz,
  -- the last step of which a code was used: it and all before it are used up
  used_step bigint not null default 0,
  primary key (court_id, account_id),
  foreign key (court_id, account_id) references account (court_id, id),
  check ((secret is null) = (confirmed_at is null))
);

create table recovery_code (
  court_id int not null references court,
  account_id uuid not null,
  digest bytea not null,
  used_at timestamptz,
  primary key (court_id, account_id, digest),
  foreign key (court_id, account_id) references second_factor (court_id, account_id) on delete cascade
);

select guard_table(name, false, true) from unnest(array['second_factor', 'recovery_code']) name;
grant select, insert, update, delete on second_factor, recovery_code to ecc_app;

-- when the person behind a session last proved who he is; null where nobody has since it was opened
alter table session add column proved_at timestamptz;

-- Whether somebody owes a second factor is kept in memory with his posts: a change of it moves the same number on.
create trigger people_changed after insert or update of confirmed_at or delete on second_factor
  for each row execute function count_people_change();
create function count_demonstration_change() returns trigger
  language plpgsql security definer set search_path = pg_catalog, public
  as $$
  begin
    update public.court set people_version = people_version + 1;
    return null;
  end $$;
create trigger people_changed after insert or delete on demonstration
  for each row execute function count_demonstration_change();
