-- 指定执行（意见第十一条）: a case that the court above has given to another court is closed where it was and goes on there
-- under a number of its own. One row ties the two; both courts see it.
create table case_transfer (
  court_id int not null,
  id uuid not null,
  case_id uuid not null,
  counterpart_court_id int not null,
  new_case_id uuid not null,
  -- the proposal on which the court above decided
  thing_id uuid not null,
  -- 指定执行裁定
  ruling text not null check (ruling <> ''),
  ruled_on date not null,
  by_name text not null,
  at timestamptz not null,
  primary key (court_id, id),
  foreign key (court_id, case_id) references enforcement_case (court_id, id),
  foreign key (counterpart_court_id, new_case_id) references enforcement_case (court_id, id)
);
create index case_transfer_of on case_transfer (court_id, case_id);
create index case_transfer_to on case_transfer (counterpart_court_id, new_case_id);
select guard_table('case_transfer', true, true);
grant select, insert on case_transfer to ecc_app;
