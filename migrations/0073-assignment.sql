-- 分案（意见第八、十条）：what stands for or against a judge in an assignment, who represents a party, and each assignment
-- with all that it was drawn from

create table assignment_ground (
  court_id int not null references court,
  id uuid not null,
  person_id uuid not null,
  -- leave 请假 · specialism 专长 · relation 回避关系 · participation 曾参与
  kind text not null check (kind in ('leave', 'specialism', 'relation', 'participation')),
  -- the specialism; the name of a party or representative; the number of a case or of a basis of enforcement
  about text,
  -- that name without dots and spaces, as parties are compared
  plain_about text,
  reason text not null check (reason <> ''),
  from_on date not null,
  to_on date,
  recorded_by text not null,
  recorded_at timestamptz not null,
  ended_by text,
  end_reason text,
  primary key (court_id, id),
  foreign key (court_id, person_id) references person (court_id, id),
  check ((kind = 'leave') = (about is null)),
  check ((about is null) = (plain_about is null)),
  check (kind <> 'leave' or to_on is not null),
  -- one that is taken back on its first day has its last day on the eve
  check (to_on is null or to_on >= from_on - 1)
);
create index assignment_ground_of on assignment_ground (court_id, person_id, kind);
create index assignment_ground_listed on assignment_ground (court_id, recorded_at desc, id desc);

-- 诉讼代理人: appended; whoever once spoke for a party stays a ground for recusal
create table case_representative (
  court_id int not null,
  case_id uuid not null,
  seq int not null check (seq > 0),
  party text not null,
  name text not null check (name <> ''),
  firm text,
  recorded_name text not null,
  recorded_at timestamptz not null,
  primary key (court_id, case_id, seq),
  foreign key (court_id, case_id) references enforcement_case (court_id, id)
);

-- One row for each time a case was given to a judge. `drawn_from` alone is enough to draw again.
create table case_assignment (
  court_id int not null,
  case_id uuid not null,
  seq int not null check (seq > 0),
  -- drawn 随机分案 · named 指定承办人
  mode text not null check (mode in ('drawn', 'named')),
  judge_id uuid not null,
  judge_name text not null,
  team_name text,
  drawn_from jsonb,
  reason text,
  by_name text not null,
  at timestamptz not null,
  primary key (court_id, case_id, seq),
  foreign key (court_id, case_id) references enforcement_case (court_id, id),
  foreign key (court_id, judge_id) references person (court_id, id),
  check ((mode = 'drawn') = (drawn_from is not null))
);

-- 同一执行依据: who enforced it does not review it
create index case_of_basis on enforcement_case (court_id, basis_number) where basis_number is not null;

select guard_table(name, false, true) from unnest(array['assignment_ground', 'case_representative', 'case_assignment']) name;
-- what an assignment was drawn from is never changed
grant select, insert on case_representative, case_assignment, assignment_ground to ecc_app;
-- what was declared stays as it was declared; it can only end
grant update (to_on, ended_by, end_reason) on assignment_ground to ecc_app;
