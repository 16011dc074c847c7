-- 本院设置（有起始日期）：numbers that a court sets for itself, from a day on: the standard of its staffing (意见第五条), the
-- weight of a kind of case in 分案 (第十条). Appended, never changed; on a day the last entry that had begun counts.
create table dated_setting (
  court_id int not null references court,
  name text not null,
  key text not null,
  from_on date not null,
  seq bigint not null generated always as identity,
  n int not null check (n >= 0),
  -- what it rests on: the decision or the paper
  source text not null check (source <> ''),
  set_by text not null,
  set_at timestamptz not null,
  primary key (court_id, name, key, from_on, seq)
);
select guard_table('dated_setting', false, true);
grant select, insert on dated_setting to ecc_app;
