-- 批量办理：one act on many things, each in its own transaction; what was done to which stands with the job

create table bulk_job (
  court_id int not null references court,
  id uuid not null,
  list text not null,
  action text not null,
  title text not null,
  answers jsonb not null,
  -- the question that was frozen into the things below; null where they were picked one by one
  filter jsonb,
  state text not null check (state in ('waiting', 'running', 'done', 'cancelled', 'stopped')),
  total int not null check (total > 0),
  done int not null default 0,
  refused int not null default 0,
  account_id uuid not null,
  person_id uuid not null,
  by_name text not null,
  at timestamptz not null,
  ended_at timestamptz,
  problem jsonb,
  primary key (court_id, id),
  foreign key (court_id, account_id) references account (court_id, id),
  foreign key (court_id, person_id) references person (court_id, id),
  check (done + refused <= total)
);
create index bulk_job_of on bulk_job (court_id, person_id, at desc, id);
create index bulk_job_open on bulk_job (at, id) where state in ('waiting', 'running');

-- One row for each thing: it is done in the transaction of the act itself, so that no act happens twice.
create table bulk_item (
  court_id int not null,
  job_id uuid not null,
  seq int not null,
  thing_id uuid not null,
  number text not null,
  -- what was seen when the job began, where the act must hold to it
  version int,
  state text not null default 'waiting' check (state in ('waiting', 'done', 'refused')),
  problem jsonb,
  at timestamptz,
  primary key (court_id, job_id, seq),
  unique (court_id, job_id, thing_id),
  foreign key (court_id, job_id) references bulk_job (court_id, id),
  check ((state = 'refused') = (problem is not null))
);
create index bulk_item_waiting on bulk_item (court_id, job_id, seq) where state = 'waiting';

select guard_table(name, false, true) from unnest(array['bulk_job', 'bulk_item']) name;
grant select, insert, update on bulk_job, bulk_item to ecc_app;
