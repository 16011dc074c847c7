-- 日历变动后重新计算期限：what a changed day or a new year touches is counted again in the background, and each due date
-- that moves is named (民事诉讼法第八十五条；意见第十七条)

-- Law and numbers only, no court's data: one row for each change of the calendar.
create table calendar_recount (
  id uuid primary key,
  from_on date not null,
  to_on date not null check (to_on >= from_on),
  -- a year that was not known before: clocks that had no due date for want of it
  new_year boolean not null,
  reason text not null,
  by_name text not null,
  at timestamptz not null,
  state text not null default 'waiting' check (state in ('waiting', 'running', 'done')),
  clocks int not null default 0,
  checked int not null default 0,
  moved int not null default 0,
  finished_at timestamptz,
  check ((state = 'done') = (finished_at is not null))
);
create index calendar_recount_open on calendar_recount (at) where state <> 'done';

-- A clock that waits to be counted again, and then, where its due date has moved, the line of the list; those that stand
-- are taken out in the end.
create table due_change (
  court_id int not null references court,
  recount_id uuid not null references calendar_recount,
  clock_id uuid not null,
  state text not null default 'waiting' check (state in ('waiting', 'same', 'moved')),
  old_due_on date,
  new_due_on date,
  primary key (court_id, recount_id, clock_id),
  foreign key (court_id, clock_id) references clock (court_id, id),
  check (state = 'moved' or new_due_on is null),
  check (state <> 'moved' or new_due_on is distinct from old_due_on)
);
create index due_change_waiting on due_change (recount_id, court_id) where state = 'waiting';
select guard_table('due_change', false, true);
grant select, insert, update on calendar_recount to ecc_app;
grant select, insert, update, delete on due_change to ecc_app;
