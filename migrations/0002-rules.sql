-- 日历与期限规则：法律作为数据，带来源、版本与有效期

create table calendar_year (
  year int primary key check (year between 1990 and 2200),
  notice text not null,
  version int not null default 1
);

-- only days that differ from Monday to Friday: 'off' on a weekday, 'work' on a weekend
create table calendar_day (
  on_date date primary key,
  year int not null references calendar_year,
  kind text not null check (kind in ('off', 'work')),
  name text not null
);

create table calendar_change (
  id bigint generated always as identity primary key,
  year int not null references calendar_year,
  version int not null,
  on_date date not null,
  kind text not null check (kind in ('off', 'work', 'ordinary')),
  name text not null,
  reason text not null check (reason <> ''),
  changed_by text not null,
  changed_at timestamptz not null
);

create table clock_rule (
  id text not null,
  version int not null check (version > 0),
  label text not null,
  n int not null check (n > 0),
  unit text not null check (unit in ('day', 'working-day', 'month')),
  rolls boolean not null,
  internal boolean not null,
  source text not null check (source <> ''),
  mark text not null check (mark in ('V', 'M', 'C')),
  valid_from date not null,
  valid_to date,
  note text,
  start_note text,
  primary key (id, version),
  check (valid_to is null or valid_to >= valid_from)
);
