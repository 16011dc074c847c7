-- 执行案件、当事人、证件、节点事实、导入（意见第十、十七条）

create table enforcement_case (
  court_id int not null references court,
  id uuid not null,
  number text not null,
  state text not null check (state in ('handling', 'suspended', 'closed', 'terminated')),
  version int not null default 1,
  opened_at timestamptz not null,
  opener_id uuid,
  opener_name text not null,
  filed_year int not null,
  type_code text not null,
  serial int not null,
  case_kind text not null,
  cause text,
  filed_on date not null check (filed_on >= date '1990-01-01'),
  basis_number text,
  amount_fen bigint check (amount_fen >= 0),
  arrived_fen bigint check (arrived_fen >= 0),
  holder_id uuid,
  holder_name text,
  holder_team_id uuid,
  team_name text,
  closed_on date,
  closing_way text,
  remark text,
  -- what the last export said; null for a case made by hand
  export_state text,
  export_as_of_on date,
  export_digest bytea,
  to_correct text[] not null default '{}',
  notes text[] not null default '{}',
  -- kept beside the clocks for lists: the unfinished node that is due first
  next_node text,
  next_due_on date,
  creditor_names text not null default '',
  debtor_names text not null default '',
  primary key (court_id, id),
  unique (court_id, number),
  foreign key (court_id, holder_id) references person (court_id, id),
  foreign key (court_id, holder_team_id) references team (court_id, id)
);
create index case_filed on enforcement_case (court_id, filed_on, id);
create index case_state_due on enforcement_case (court_id, state, next_due_on, id);
create index case_holder on enforcement_case (court_id, holder_id, state);
create index case_number_part on enforcement_case using gin (number gin_trgm_ops);

create table case_party (
  court_id int not null,
  case_id uuid not null,
  seq int not null,
  side text not null check (side in ('creditor', 'debtor', 'third-party')),
  name text not null check (name <> ''),
  -- the name without dots and spaces, and its single characters and pairs: serves a search of two characters
  plain_name text not null,
  grams text[] not null,
  primary key (court_id, case_id, seq),
  foreign key (court_id, case_id) references enforcement_case (court_id, id)
);
create index party_grams on case_party using gin (grams) with (fastupdate = off);

create table case_certificate (
  court_id int not null,
  case_id uuid not null,
  party_seq int not null,
  seq int not null,
  type text not null,
  number text not null,
  valid boolean not null,
  primary key (court_id, case_id, party_seq, seq),
  foreign key (court_id, case_id, party_seq) references case_party (court_id, case_id, seq)
);
create index certificate_number on case_certificate (court_id, number);

-- What happened in a case and when: appended, never changed; the last row of a name is what counts.
create table case_fact (
  court_id int not null,
  case_id uuid not null,
  seq int not null check (seq > 0),
  name text not null,
  fact_on date,
  amount_fen bigint check (amount_fen >= 0),
  source text not null check (source in ('import', 'hand', 'correction')),
  reason text,
  recorder_id uuid,
  recorder_name text not null,
  recorded_at timestamptz not null,
  primary key (court_id, case_id, seq),
  foreign key (court_id, case_id) references enforcement_case (court_id, id),
  check (source <> 'correction' or reason <> '')
);

create table import_run (
  court_id int not null references court,
  id uuid not null,
  file_name text not null,
  digest text not null,
  as_of_on date not null,
  dry_run boolean not null,
  state text not null check (state in ('waiting', 'checking', 'checked', 'importing', 'done', 'failed', 'cancelled')),
  rows_done int not null default 0,
  rows_total int,
  created int not null default 0,
  updated int not null default 0,
  unchanged int not null default 0,
  by_id uuid,
  by_name text not null,
  at timestamptz not null,
  problem jsonb,
  report jsonb,
  notes text[] not null default '{}',
  primary key (court_id, id)
);

-- Row-level security switches name indexes off, so search runs here, inside the courts of the transaction's own scope.
create function search_parties(courts int[], wanted text[], pattern text, most int)
  returns table (court_id int, case_id uuid)
  language sql stable security definer set search_path = pg_catalog, public
  as $$
    select distinct p.court_id, p.case_id from public.case_party p
    where p.grams @> wanted and p.plain_name like pattern
      and p.court_id = any(courts)
      and p.court_id = any(nullif(current_setting('ecc.court_ids', true), '')::int[])
    limit most
  $$;

create function search_numbers(courts int[], pattern text, most int)
  returns table (court_id int, case_id uuid)
  language sql stable security definer set search_path = pg_catalog, public
  as $$
    select c.court_id, c.id from public.enforcement_case c
    where c.number like pattern
      and c.court_id = any(courts)
      and c.court_id = any(nullif(current_setting('ecc.court_ids', true), '')::int[])
    limit most
  $$;
