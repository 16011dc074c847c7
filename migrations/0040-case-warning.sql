-- 信息录入与节点流转的预警（意见第十七条）：what a rule finds in a case stands open until its cause is gone, and stays on
-- record after that

create table case_warning (
  court_id int not null references court,
  id uuid not null,
  case_id uuid not null,
  rule text not null,
  -- what was found, in the words of the screen; other findings are another warning
  finding text not null check (finding <> ''),
  -- 存量: it came in with an import and not by a person's act
  backlog boolean not null,
  opened_at timestamptz not null,
  opened_by text not null,
  -- when judge and team were told; null while an import has still to be told of, in one notice
  told_at timestamptz,
  closed_at timestamptz,
  explanation text check (explanation <> ''),
  explained_at timestamptz,
  explained_by_id uuid,
  explained_by text,
  order_id uuid,
  primary key (court_id, id),
  foreign key (court_id, case_id) references enforcement_case (court_id, id),
  foreign key (court_id, explained_by_id) references person (court_id, id),
  check ((explanation is null) = (explained_at is null) and (explanation is null) = (explained_by is null))
);
create unique index case_warning_open on case_warning (court_id, case_id, rule) where closed_at is null;
create index case_warning_case on case_warning (court_id, case_id);
create index case_warning_list on case_warning (court_id, opened_at desc, id desc) where closed_at is null;
create index case_warning_rule on case_warning (court_id, rule, backlog) where closed_at is null;
create index case_warning_untold on case_warning (court_id) where told_at is null and closed_at is null;
select guard_table('case_warning', false, true);
grant select, insert, update on case_warning to ecc_app;

-- for lists: how many of a case's warnings stand open and unexplained
alter table enforcement_case add column open_warnings int not null default 0;
create index case_warned on enforcement_case (court_id, (coalesce(next_due_on, date '9999-12-31')), id)
  where open_warnings > 0;
