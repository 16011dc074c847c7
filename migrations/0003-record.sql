-- 操作、审批、期限、附件、通知、审计：every act leaves a record that cannot be changed

create table idempotency (
  court_id int not null references court,
  account_id uuid not null,
  key text not null check (char_length(key) between 8 and 200),
  fingerprint bytea not null,
  status int,
  answer text,
  at timestamptz not null,
  primary key (court_id, account_id, key)
);

create table act_log (
  court_id int not null references court,
  counterpart_court_id int references court,
  kind text not null,
  thing_id uuid not null,
  seq int not null check (seq > 0),
  action text not null,
  from_state text,
  to_state text not null,
  answers jsonb not null default '{}',
  on_date date,
  actor_id uuid,
  actor_court_id int not null references court,
  actor_name text not null,
  at timestamptz not null,
  primary key (court_id, thing_id, seq)
);

create table approval (
  court_id int not null references court,
  counterpart_court_id int references court,
  id uuid not null,
  kind text not null,
  thing_id uuid not null,
  action text not null,
  answers jsonb not null,
  -- the version of the content that the approver sees; another version voids the request
  thing_version int not null,
  approver_role text not null,
  proposer_id uuid not null,
  proposer_court_id int not null references court,
  proposer_natural_id uuid not null,
  proposer_name text not null,
  proposed_at timestamptz not null,
  state text not null default 'pending' check (state in ('pending', 'approved', 'rejected', 'void')),
  decider_id uuid,
  decider_natural_id uuid,
  decider_name text,
  decided_at timestamptz,
  reason text,
  primary key (court_id, id),
  check (decider_natural_id is distinct from proposer_natural_id or decider_natural_id is null),
  check ((state in ('approved', 'rejected')) = (decider_id is not null))
);
create unique index approval_pending on approval (court_id, thing_id) where state = 'pending';

create table clock (
  court_id int not null references court,
  counterpart_court_id int references court,
  id uuid not null,
  kind text not null,
  thing_id uuid not null,
  name text not null,
  round int not null default 1,
  label text not null,
  rule_id text not null,
  rule_version int not null,
  start_on date not null,
  done_on date,
  due_on date,
  suspended boolean not null default false,
  -- 存量超期: already overdue when it came in; only rungs passed later raise orders by themselves
  backlog boolean not null default false,
  next_rung text,
  next_rung_at timestamptz,
  note text,
  explanation jsonb not null,
  primary key (court_id, id),
  unique (court_id, thing_id, name, round),
  foreign key (rule_id, rule_version) references clock_rule (id, version),
  check ((next_rung is null) = (next_rung_at is null))
);
create index clock_next on clock (next_rung_at) where next_rung_at is not null;
create index clock_open on clock (court_id, kind, due_on) where done_on is null;

-- a rung is claimed by this insert: two workers or a restart never fire it twice
create table clock_rung (
  court_id int not null references court,
  clock_id uuid not null,
  rung text not null,
  fired_at timestamptz not null,
  primary key (court_id, clock_id, rung),
  foreign key (court_id, clock_id) references clock (court_id, id)
);

create table clock_ledger (
  court_id int not null references court,
  counterpart_court_id int references court,
  thing_id uuid not null,
  seq int not null,
  entry text not null check (entry in ('suspension', 'extension')),
  -- null: all clocks of the thing
  clock_name text,
  from_on date not null,
  to_on date,
  n int,
  unit text check (unit in ('day', 'month')),
  ground text not null check (ground <> ''),
  approved_by text not null,
  recorded_at timestamptz not null,
  primary key (court_id, thing_id, seq),
  check ((entry = 'extension') = (n is not null and unit is not null)),
  check (to_on is null or to_on >= from_on)
);

create table attachment (
  court_id int not null references court,
  counterpart_court_id int references court,
  id uuid not null,
  kind text not null,
  thing_id uuid not null,
  document text not null,
  name text not null,
  media_type text not null,
  size_bytes bigint not null check (size_bytes > 0),
  digest text not null check (digest ~ '^[0-9a-f]{64}$'),
  shelf_mark text,
  by_id uuid,
  by_name text not null,
  at timestamptz not null,
  primary key (court_id, id)
);
create index attachment_thing on attachment (court_id, thing_id);

create table number_series (
  court_id int not null references court,
  series text not null,
  year int not null,
  last int not null check (last > 0),
  primary key (court_id, series, year)
);

create table outbox (
  court_id int not null references court,
  id bigint generated always as identity,
  at timestamptz not null,
  -- to one person, or to all who hold a role in the court (in a team where one is named)
  to_person_id uuid,
  to_role text,
  to_team_id uuid,
  title text not null,
  body text not null,
  kind text,
  thing_court_id int,
  thing_id uuid,
  primary key (court_id, id),
  check ((to_person_id is null) <> (to_role is null))
);
create index outbox_person on outbox (court_id, to_person_id, id);
create index outbox_role on outbox (court_id, to_role, id);

create table outbox_receipt (
  court_id int not null references court,
  outbox_id bigint not null,
  person_id uuid not null,
  at timestamptz not null,
  primary key (court_id, outbox_id, person_id),
  foreign key (court_id, outbox_id) references outbox (court_id, id)
);

create table audit (
  court_id int not null references court,
  seq bigint not null check (seq > 0),
  at timestamptz not null,
  actor_id uuid,
  actor_name text not null,
  verb text not null,
  thing_kind text,
  thing_id uuid,
  thing_label text,
  summary text not null,
  previous_hash bytea not null,
  hash bytea not null,
  primary key (court_id, seq)
);

create table audit_head (
  court_id int primary key references court,
  seq bigint not null,
  hash bytea not null
);
