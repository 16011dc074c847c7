-- 特殊主体台账（意见第十九条）

-- For what a case has been proposed: the same ground is not put before anybody twice, whatever became of it.
create table special_party_ground (
  court_id int not null references court,
  case_id uuid not null,
  rule text not null,
  party text not null check (party <> ''),
  category text not null,
  found_at timestamptz not null,
  primary key (court_id, case_id, rule, party),
  foreign key (court_id, case_id) references enforcement_case (court_id, id)
);
select guard_table('special_party_ground', false, true);
grant select, insert on special_party_ground to ecc_app;

-- A case stands in a ledger of one category once, from its proposal until it leaves.
create table special_party_open (
  court_id int not null references court,
  case_id uuid not null,
  category text not null,
  primary key (court_id, case_id, category),
  foreign key (court_id, case_id) references enforcement_case (court_id, id)
);
select guard_table('special_party_open', false, true);
grant select, insert, delete on special_party_open to ecc_app;

-- One report for a month.
create table special_report_month (
  court_id int not null references court,
  month_end_on date not null check (extract(day from month_end_on + 1) = 1),
  primary key (court_id, month_end_on)
);
select guard_table('special_report_month', false, true);
grant select, insert on special_report_month to ecc_app;

-- What a month's figures are made of: each case that stood in the ledger in that month, as it then was. A figure is
-- counted from here and nowhere else.
create table special_report_line (
  court_id int not null references court,
  -- of matter_special_report and matter_special_party, whose tables derive from their declarations
  report_id uuid not null,
  entry_id uuid not null,
  case_id uuid not null,
  number text not null,
  case_number text not null,
  category text not null,
  party text not null,
  holder_name text,
  listed_on date not null,
  left_on date,
  was_open boolean not null,
  -- how it left within the month; null for what was there at the end
  outcome text check (outcome in ('cleared', 'removed')),
  amount_fen bigint not null check (amount_fen >= 0),
  cleared_fen bigint not null check (cleared_fen >= 0),
  primary key (court_id, report_id, entry_id),
  foreign key (court_id, case_id) references enforcement_case (court_id, id),
  check ((outcome is null) = (left_on is null))
);
select guard_table('special_report_line', false, true);
grant select, insert, delete on special_report_line to ecc_app;

-- Figures of a confirmed month are frozen, whoever asks.
create function keep_confirmed_report() returns trigger language plpgsql as $$
declare
  line special_report_line := case when tg_op = 'DELETE' then old else new end;
begin
  if exists (select from matter_special_report
    where court_id = line.court_id and id = line.report_id and state = 'confirmed') then
    raise exception 'the figures of a confirmed month are frozen' using errcode = 'restrict_violation';
  end if;
  return line;
end $$;
create trigger keep_confirmed_report before insert or update or delete on special_report_line
  for each row execute function keep_confirmed_report();
