-- 送达（意见第九条）: each attempt to serve a document, by whichever way, with what proves it

create table service_attempt (
  court_id int not null references court,
  thing_id uuid not null,
  seq int not null check (seq > 0),
  way text not null,
  -- when it went out, and under which number or to whom; null where it is tried and over on one day
  sent_on date,
  reference text,
  -- how it ended; null while its result is awaited
  outcome text check (outcome in ('served', 'failed')),
  ended_on date,
  -- how it was taken, or why it failed
  manner text,
  taken_by text,
  servers text,
  witness text,
  note text,
  -- what says that it counts so
  source text,
  proofs uuid[] not null default '{}',
  recorded_name text not null,
  recorded_at timestamptz not null,
  primary key (court_id, thing_id, seq),
  check ((outcome is null) = (ended_on is null) and (outcome is null) = (manner is null)),
  check (outcome is not null or sent_on is not null),
  check (sent_on <= ended_on)
);
create unique index service_awaited on service_attempt (court_id, thing_id) where outcome is null;

select guard_table('service_attempt', false, true);
grant select, insert on service_attempt to ecc_app;
-- what went out is answered once; nothing else of an attempt changes
grant update (outcome, ended_on, manner, taken_by, servers, witness, note, source, proofs) on service_attempt to ecc_app;
