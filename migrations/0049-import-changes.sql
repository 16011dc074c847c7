-- 导入变化：what a newer export would change, stored with the check that found it, for a person to confirm

create table import_change (
  court_id int not null,
  run_id uuid not null,
  number text not null,
  -- 'unchanged' and 'refused' stand only until the check ends: they tell what is missing
  kind text not null check (kind in ('new', 'changed', 'missing', 'unchanged', 'refused')),
  row_number int,
  case_id uuid,
  case_version int,
  closing text check (closing in ('closed', 'reopened')),
  entries jsonb not null default '[]',
  primary key (court_id, run_id, number),
  foreign key (court_id, run_id) references import_run (court_id, id)
);
create index import_change_kind on import_change (court_id, run_id, kind, number);
create index import_change_closing on import_change (court_id, run_id, closing, number) where closing is not null;
select guard_table('import_change', false, true);
grant select, insert, update, delete on import_change to ecc_app;

alter table import_run
  -- how many of each kind a check found; null where none was made
  add column changes jsonb,
  -- what the last export of each case was when the check began
  add column export_mark text,
  -- the check whose changes were confirmed
  add column checked_id uuid,
  add foreign key (court_id, checked_id) references import_run (court_id, id);
