-- Read back from the migrated, empty database by `npm run derive`. Never edited, never applied.

create extension pg_trgm;

create table account (
  court_id integer not null,
  failures integer not null default 0,
  id uuid not null,
  locked_until timestamp with time zone,
  password_hash text not null,
  person_id uuid not null,
  state text not null default 'active'::text,
  username text not null,
  constraint account_state_check CHECK ((state = ANY (ARRAY['active'::text, 'stopped'::text]))),
  constraint account_username_check CHECK ((username ~ '^[a-z0-9._-]{2,40}$'::text)),
  constraint account_court_id_fkey FOREIGN KEY (court_id) REFERENCES court(id),
  constraint account_court_id_person_id_fkey FOREIGN KEY (court_id, person_id) REFERENCES person(court_id, id),
  constraint account_pkey PRIMARY KEY (court_id, id),
  constraint account_username_key UNIQUE (username)
);
CREATE INDEX account_person ON public.account USING btree (court_id, person_id);
CREATE TRIGGER people_changed AFTER DELETE OR UPDATE OF court_id, id, person_id, state ON public.account FOR EACH ROW EXECUTE FUNCTION count_people_change();
alter table account enable row level security;
create policy own_courts on account for all using ((court_id = ANY ((( SELECT NULLIF(current_setting('ecc.court_ids'::text, true), ''::text) AS "nullif"))::integer[]))) with check ((court_id = ANY ((( SELECT NULLIF(current_setting('ecc.court_ids'::text, true), ''::text) AS "nullif"))::integer[])));
grant insert, select, update on account to ecc_app;

create table act_log (
  action text not null,
  actor_court_id integer not null,
  actor_id uuid,
  actor_name text not null,
  answers jsonb not null default '{}'::jsonb,
  at timestamp with time zone not null,
  counterpart_court_id integer,
  court_id integer not null,
  from_state text,
  kind text not null,
  on_date date,
  seq integer not null,
  thing_id uuid not null,
  to_state text not null,
  constraint act_log_seq_check CHECK ((seq > 0)),
  constraint act_log_actor FOREIGN KEY (actor_court_id, actor_id) REFERENCES person(court_id, id),
  constraint act_log_actor_court_id_fkey FOREIGN KEY (actor_court_id) REFERENCES court(id),
  constraint act_log_counterpart_court_id_fkey FOREIGN KEY (counterpart_court_id) REFERENCES court(id),
  constraint act_log_court_id_fkey FOREIGN KEY (court_id) REFERENCES court(id),
  constraint act_log_pkey PRIMARY KEY (court_id, thing_id, seq)
);
alter table act_log enable row level security;
alter table act_log force row level security;
create policy own_courts on act_log for all using (((court_id = ANY ((( SELECT NULLIF(current_setting('ecc.court_ids'::text, true), ''::text) AS "nullif"))::integer[])) OR (counterpart_court_id = ANY ((( SELECT NULLIF(current_setting('ecc.court_ids'::text, true), ''::text) AS "nullif"))::integer[])))) with check (((court_id = ANY ((( SELECT NULLIF(current_setting('ecc.court_ids'::text, true), ''::text) AS "nullif"))::integer[])) OR (counterpart_court_id = ANY ((( SELECT NULLIF(current_setting('ecc.court_ids'::text, true), ''::text) AS "nullif"))::integer[]))));
grant insert, select on act_log to ecc_app;

create table application_login (
  is_single boolean not null default true,
  name text not null,
  password text not null,
  constraint application_login_is_single_check CHECK (is_single),
  constraint application_login_name_check CHECK ((name ~ '^ecc_login_[0-9a-f]{16}$'::text)),
  constraint application_login_pkey PRIMARY KEY (is_single)
);

create table approval (
  action text not null,
  answers jsonb not null,
  approver_court_id integer not null,
  approver_role text not null,
  counterpart_court_id integer,
  court_id integer not null,
  decided_at timestamp with time zone,
  decider_court_id integer,
  decider_id uuid,
  decider_name text,
  decider_natural_id uuid,
  foreseen text,
  id uuid not null,
  kind text not null,
  personal boolean not null default false,
  proposed_at timestamp with time zone not null,
  proposer_court_id integer not null,
  proposer_id uuid not null,
  proposer_name text not null,
  proposer_natural_id uuid not null,
  reason text,
  state text not null default 'pending'::text,
  step integer not null default 1,
  steps jsonb not null,
  thing_id uuid not null,
  thing_version integer not null,
  constraint approval_check CHECK (((decider_natural_id IS DISTINCT FROM proposer_natural_id) OR (decider_natural_id IS NULL))),
  constraint approval_check1 CHECK (((state = ANY (ARRAY['approved'::text, 'rejected'::text])) = (decider_id IS NOT NULL))),
  constraint approval_check2 CHECK (((step >= 1) AND (step <= jsonb_array_length(steps)))),
  constraint approval_check3 CHECK (((((steps -> (step - 1)) ->> 'role'::text) = approver_role) AND ((((steps -> (step - 1)) ->> 'courtId'::text))::integer = approver_court_id) AND ((((steps -> (step - 1)) ->> 'personal'::text))::boolean = personal))),
  constraint approval_check4 CHECK (((decider_id IS NULL) = (decider_court_id IS NULL))),
  constraint approval_state_check CHECK ((state = ANY (ARRAY['pending'::text, 'approved'::text, 'rejected'::text, 'void'::text]))),
  constraint approval_approver_court_id_fkey FOREIGN KEY (approver_court_id) REFERENCES court(id),
  constraint approval_counterpart_court_id_fkey FOREIGN KEY (counterpart_court_id) REFERENCES court(id),
  constraint approval_court_id_fkey FOREIGN KEY (court_id) REFERENCES court(id),
  constraint approval_decider FOREIGN KEY (decider_court_id, decider_id) REFERENCES person(court_id, id),
  constraint approval_decider_court_id_fkey FOREIGN KEY (decider_court_id) REFERENCES court(id),
  constraint approval_proposer FOREIGN KEY (proposer_court_id, proposer_id) REFERENCES person(court_id, id),
  constraint approval_proposer_court_id_fkey FOREIGN KEY (proposer_court_id) REFERENCES court(id),
  constraint approval_pkey PRIMARY KEY (court_id, id)
);
CREATE UNIQUE INDEX approval_pending ON public.approval USING btree (court_id, thing_id) WHERE (state = 'pending'::text);
CREATE INDEX approval_waiting ON public.approval USING btree (approver_court_id, approver_role, proposed_at, id) WHERE (state = 'pending'::text);
alter table approval enable row level security;
alter table approval force row level security;
create policy own_courts on approval for all using (((court_id = ANY ((( SELECT NULLIF(current_setting('ecc.court_ids'::text, true), ''::text) AS "nullif"))::integer[])) OR (counterpart_court_id = ANY ((( SELECT NULLIF(current_setting('ecc.court_ids'::text, true), ''::text) AS "nullif"))::integer[])))) with check (((court_id = ANY ((( SELECT NULLIF(current_setting('ecc.court_ids'::text, true), ''::text) AS "nullif"))::integer[])) OR (counterpart_court_id = ANY ((( SELECT NULLIF(current_setting('ecc.court_ids'::text, true), ''::text) AS "nullif"))::integer[]))));
grant insert, select, update on approval to ecc_app;

create table approval_step (
  approval_id uuid not null,
  at timestamp with time zone not null,
  counterpart_court_id integer,
  court_id integer not null,
  deputy_for text,
  name text not null,
  natural_id uuid not null,
  person_court_id integer not null,
  person_id uuid not null,
  step integer not null,
  constraint approval_step_step_check CHECK ((step >= 0)),
  constraint approval_step_counterpart_court_id_fkey FOREIGN KEY (counterpart_court_id) REFERENCES court(id),
  constraint approval_step_court_id_approval_id_fkey FOREIGN KEY (court_id, approval_id) REFERENCES approval(court_id, id),
  constraint approval_step_court_id_fkey FOREIGN KEY (court_id) REFERENCES court(id),
  constraint approval_step_person_court_id_fkey FOREIGN KEY (person_court_id) REFERENCES court(id),
  constraint approval_step_person_court_id_person_id_fkey FOREIGN KEY (person_court_id, person_id) REFERENCES person(court_id, id),
  constraint approval_step_pkey PRIMARY KEY (court_id, approval_id, step),
  constraint approval_step_once UNIQUE (court_id, approval_id, natural_id)
);
alter table approval_step enable row level security;
alter table approval_step force row level security;
create policy own_courts on approval_step for all using (((court_id = ANY ((( SELECT NULLIF(current_setting('ecc.court_ids'::text, true), ''::text) AS "nullif"))::integer[])) OR (counterpart_court_id = ANY ((( SELECT NULLIF(current_setting('ecc.court_ids'::text, true), ''::text) AS "nullif"))::integer[])))) with check (((court_id = ANY ((( SELECT NULLIF(current_setting('ecc.court_ids'::text, true), ''::text) AS "nullif"))::integer[])) OR (counterpart_court_id = ANY ((( SELECT NULLIF(current_setting('ecc.court_ids'::text, true), ''::text) AS "nullif"))::integer[]))));
grant insert, select on approval_step to ecc_app;

create table assignment_ground (
  about text,
  court_id integer not null,
  end_reason text,
  ended_by text,
  from_on date not null,
  id uuid not null,
  kind text not null,
  person_id uuid not null,
  plain_about text,
  reason text not null,
  recorded_at timestamp with time zone not null,
  recorded_by text not null,
  to_on date,
  constraint assignment_ground_check CHECK (((kind = 'leave'::text) = (about IS NULL))),
  constraint assignment_ground_check1 CHECK (((about IS NULL) = (plain_about IS NULL))),
  constraint assignment_ground_check2 CHECK (((kind <> 'leave'::text) OR (to_on IS NOT NULL))),
  constraint assignment_ground_check3 CHECK (((to_on IS NULL) OR (to_on >= (from_on - 1)))),
  constraint assignment_ground_kind_check CHECK ((kind = ANY (ARRAY['leave'::text, 'specialism'::text, 'relation'::text, 'participation'::text]))),
  constraint assignment_ground_reason_check CHECK ((reason <> ''::text)),
  constraint assignment_ground_court_id_fkey FOREIGN KEY (court_id) REFERENCES court(id),
  constraint assignment_ground_court_id_person_id_fkey FOREIGN KEY (court_id, person_id) REFERENCES person(court_id, id),
  constraint assignment_ground_pkey PRIMARY KEY (court_id, id)
);
CREATE INDEX assignment_ground_listed ON public.assignment_ground USING btree (court_id, recorded_at DESC, id DESC);
CREATE INDEX assignment_ground_of ON public.assignment_ground USING btree (court_id, person_id, kind);
alter table assignment_ground enable row level security;
alter table assignment_ground force row level security;
create policy own_courts on assignment_ground for all using ((court_id = ANY ((( SELECT NULLIF(current_setting('ecc.court_ids'::text, true), ''::text) AS "nullif"))::integer[]))) with check ((court_id = ANY ((( SELECT NULLIF(current_setting('ecc.court_ids'::text, true), ''::text) AS "nullif"))::integer[])));
grant insert, select on assignment_ground to ecc_app;

create table attachment (
  at timestamp with time zone not null,
  by_id uuid,
  by_name text not null,
  counterpart_court_id integer,
  court_id integer not null,
  digest text not null,
  document text not null,
  id uuid not null,
  kind text not null,
  media_type text not null,
  name text not null,
  shelf_mark text,
  size_bytes bigint not null,
  thing_id uuid not null,
  constraint attachment_digest_check CHECK ((digest ~ '^[0-9a-f]{64}$'::text)),
  constraint attachment_size_bytes_check CHECK ((size_bytes > 0)),
  constraint attachment_counterpart_court_id_fkey FOREIGN KEY (counterpart_court_id) REFERENCES court(id),
  constraint attachment_court_id_fkey FOREIGN KEY (court_id) REFERENCES court(id),
  constraint attachment_pkey PRIMARY KEY (court_id, id)
);
CREATE INDEX attachment_digest ON public.attachment USING btree (digest COLLATE "C");
CREATE INDEX attachment_thing ON public.attachment USING btree (court_id, thing_id);
alter table attachment enable row level security;
alter table attachment force row level security;
create policy own_courts on attachment for all using (((court_id = ANY ((( SELECT NULLIF(current_setting('ecc.court_ids'::text, true), ''::text) AS "nullif"))::integer[])) OR (counterpart_court_id = ANY ((( SELECT NULLIF(current_setting('ecc.court_ids'::text, true), ''::text) AS "nullif"))::integer[])))) with check (((court_id = ANY ((( SELECT NULLIF(current_setting('ecc.court_ids'::text, true), ''::text) AS "nullif"))::integer[])) OR (counterpart_court_id = ANY ((( SELECT NULLIF(current_setting('ecc.court_ids'::text, true), ''::text) AS "nullif"))::integer[]))));
grant insert, select on attachment to ecc_app;

create table audit (
  actor_id uuid,
  actor_name text not null,
  at timestamp with time zone not null,
  court_id integer not null,
  hash bytea not null,
  previous_hash bytea not null,
  seq bigint not null,
  summary text not null,
  thing_id uuid,
  thing_kind text,
  thing_label text,
  verb text not null,
  constraint audit_seq_check CHECK ((seq > 0)),
  constraint audit_court_id_fkey FOREIGN KEY (court_id) REFERENCES court(id),
  constraint audit_pkey PRIMARY KEY (court_id, seq)
);
CREATE INDEX audit_at ON public.audit USING btree (court_id, at);
alter table audit enable row level security;
alter table audit force row level security;
create policy own_courts on audit for all using ((court_id = ANY ((( SELECT NULLIF(current_setting('ecc.court_ids'::text, true), ''::text) AS "nullif"))::integer[]))) with check ((court_id = ANY ((( SELECT NULLIF(current_setting('ecc.court_ids'::text, true), ''::text) AS "nullif"))::integer[])));
grant insert, select on audit to ecc_app;
grant select on audit to ecc_verifier;

create table audit_head (
  court_id integer not null,
  hash bytea not null,
  seq bigint not null,
  constraint audit_head_court_id_fkey FOREIGN KEY (court_id) REFERENCES court(id),
  constraint audit_head_pkey PRIMARY KEY (court_id)
);
alter table audit_head enable row level security;
alter table audit_head force row level security;
create policy own_courts on audit_head for all using ((court_id = ANY ((( SELECT NULLIF(current_setting('ecc.court_ids'::text, true), ''::text) AS "nullif"))::integer[]))) with check ((court_id = ANY ((( SELECT NULLIF(current_setting('ecc.court_ids'::text, true), ''::text) AS "nullif"))::integer[])));
grant insert, select, update on audit_head to ecc_app;
grant select on audit_head to ecc_verifier;

create table bulk_item (
  at timestamp with time zone,
  court_id integer not null,
  job_id uuid not null,
  number text not null,
  problem jsonb,
  seq integer not null,
  state text not null default 'waiting'::text,
  thing_id uuid not null,
  version integer,
  constraint bulk_item_check CHECK (((state = 'refused'::text) = (problem IS NOT NULL))),
  constraint bulk_item_state_check CHECK ((state = ANY (ARRAY['waiting'::text, 'done'::text, 'refused'::text]))),
  constraint bulk_item_court_id_job_id_fkey FOREIGN KEY (court_id, job_id) REFERENCES bulk_job(court_id, id),
  constraint bulk_item_pkey PRIMARY KEY (court_id, job_id, seq),
  constraint bulk_item_court_id_job_id_thing_id_key UNIQUE (court_id, job_id, thing_id)
);
CREATE INDEX bulk_item_waiting ON public.bulk_item USING btree (court_id, job_id, seq) WHERE (state = 'waiting'::text);
alter table bulk_item enable row level security;
alter table bulk_item force row level security;
create policy own_courts on bulk_item for all using ((court_id = ANY ((( SELECT NULLIF(current_setting('ecc.court_ids'::text, true), ''::text) AS "nullif"))::integer[]))) with check ((court_id = ANY ((( SELECT NULLIF(current_setting('ecc.court_ids'::text, true), ''::text) AS "nullif"))::integer[])));
grant insert, select, update on bulk_item to ecc_app;

create table bulk_job (
  account_id uuid not null,
  action text not null,
  answers jsonb not null,
  at timestamp with time zone not null,
  by_name text not null,
  court_id integer not null,
  done integer not null default 0,
  ended_at timestamp with time zone,
  filter jsonb,
  id uuid not null,
  list text not null,
  person_id uuid not null,
  problem jsonb,
  refused integer not null default 0,
  state text not null,
  title text not null,
  total integer not null,
  constraint bulk_job_check CHECK (((done + refused) <= total)),
  constraint bulk_job_state_check CHECK ((state = ANY (ARRAY['waiting'::text, 'running'::text, 'done'::text, 'cancelled'::text, 'stopped'::text]))),
  constraint bulk_job_total_check CHECK ((total > 0)),
  constraint bulk_job_court_id_account_id_fkey FOREIGN KEY (court_id, account_id) REFERENCES account(court_id, id),
  constraint bulk_job_court_id_fkey FOREIGN KEY (court_id) REFERENCES court(id),
  constraint bulk_job_court_id_person_id_fkey FOREIGN KEY (court_id, person_id) REFERENCES person(court_id, id),
  constraint bulk_job_pkey PRIMARY KEY (court_id, id)
);
CREATE INDEX bulk_job_of ON public.bulk_job USING btree (court_id, person_id, at DESC, id);
CREATE INDEX bulk_job_open ON public.bulk_job USING btree (at, id) WHERE (state = ANY (ARRAY['waiting'::text, 'running'::text]));
alter table bulk_job enable row level security;
alter table bulk_job force row level security;
create policy own_courts on bulk_job for all using ((court_id = ANY ((( SELECT NULLIF(current_setting('ecc.court_ids'::text, true), ''::text) AS "nullif"))::integer[]))) with check ((court_id = ANY ((( SELECT NULLIF(current_setting('ecc.court_ids'::text, true), ''::text) AS "nullif"))::integer[])));
grant insert, select, update on bulk_job to ecc_app;

create table calendar_change (
  changed_at timestamp with time zone not null,
  changed_by text not null,
  id bigint not null generated always as identity,
  kind text not null,
  name text not null,
  on_date date not null,
  reason text not null,
  version integer not null,
  year integer not null,
  constraint calendar_change_kind_check CHECK ((kind = ANY (ARRAY['off'::text, 'work'::text, 'ordinary'::text]))),
  constraint calendar_change_reason_check CHECK ((reason <> ''::text)),
  constraint calendar_change_year_fkey FOREIGN KEY (year) REFERENCES calendar_year(year),
  constraint calendar_change_pkey PRIMARY KEY (id)
);
grant insert, select on calendar_change to ecc_app;

create table calendar_day (
  kind text not null,
  name text not null,
  on_date date not null,
  year integer not null,
  constraint calendar_day_kind_check CHECK ((kind = ANY (ARRAY['off'::text, 'work'::text]))),
  constraint calendar_day_year_fkey FOREIGN KEY (year) REFERENCES calendar_year(year),
  constraint calendar_day_pkey PRIMARY KEY (on_date)
);
grant delete, insert, select, update on calendar_day to ecc_app;

create table calendar_recount (
  at timestamp with time zone not null,
  by_name text not null,
  checked integer not null default 0,
  clocks integer not null default 0,
  finished_at timestamp with time zone,
  from_on date not null,
  id uuid not null,
  moved integer not null default 0,
  new_year boolean not null,
  reason text not null,
  state text not null default 'waiting'::text,
  to_on date not null,
  constraint calendar_recount_check CHECK ((to_on >= from_on)),
  constraint calendar_recount_check1 CHECK (((state = 'done'::text) = (finished_at IS NOT NULL))),
  constraint calendar_recount_state_check CHECK ((state = ANY (ARRAY['waiting'::text, 'running'::text, 'done'::text]))),
  constraint calendar_recount_pkey PRIMARY KEY (id)
);
CREATE INDEX calendar_recount_open ON public.calendar_recount USING btree (at) WHERE (state <> 'done'::text);
grant insert, select, update on calendar_recount to ecc_app;

create table calendar_year (
  notice text not null,
  version integer not null default 1,
  year integer not null,
  constraint calendar_year_year_check CHECK (((year >= 1990) AND (year <= 2200))),
  constraint calendar_year_pkey PRIMARY KEY (year)
);
grant delete, insert, select, update on calendar_year to ecc_app;

create table case_asset (
  case_id uuid not null,
  court_id integer not null,
  key text not null,
  source_id uuid not null,
  constraint case_asset_key_check CHECK ((key <> ''::text)),
  constraint case_asset_court_id_case_id_fkey FOREIGN KEY (court_id, case_id) REFERENCES enforcement_case(court_id, id),
  constraint case_asset_pkey PRIMARY KEY (court_id, case_id, key, source_id)
);
CREATE INDEX asset_key ON public.case_asset USING btree (key, court_id);
alter table case_asset enable row level security;
create policy own_courts on case_asset for all using ((court_id = ANY ((( SELECT NULLIF(current_setting('ecc.court_ids'::text, true), ''::text) AS "nullif"))::integer[]))) with check ((court_id = ANY ((( SELECT NULLIF(current_setting('ecc.court_ids'::text, true), ''::text) AS "nullif"))::integer[])));
grant delete, insert, select on case_asset to ecc_app;

create table case_assignment (
  at timestamp with time zone not null,
  by_name text not null,
  case_id uuid not null,
  court_id integer not null,
  drawn_from jsonb,
  judge_id uuid not null,
  judge_name text not null,
  mode text not null,
  reason text,
  seq integer not null,
  team_name text,
  constraint case_assignment_check CHECK (((mode = 'drawn'::text) = (drawn_from IS NOT NULL))),
  constraint case_assignment_mode_check CHECK ((mode = ANY (ARRAY['drawn'::text, 'named'::text]))),
  constraint case_assignment_seq_check CHECK ((seq > 0)),
  constraint case_assignment_court_id_case_id_fkey FOREIGN KEY (court_id, case_id) REFERENCES enforcement_case(court_id, id),
  constraint case_assignment_court_id_judge_id_fkey FOREIGN KEY (court_id, judge_id) REFERENCES person(court_id, id),
  constraint case_assignment_pkey PRIMARY KEY (court_id, case_id, seq)
);
alter table case_assignment enable row level security;
alter table case_assignment force row level security;
create policy own_courts on case_assignment for all using ((court_id = ANY ((( SELECT NULLIF(current_setting('ecc.court_ids'::text, true), ''::text) AS "nullif"))::integer[]))) with check ((court_id = ANY ((( SELECT NULLIF(current_setting('ecc.court_ids'::text, true), ''::text) AS "nullif"))::integer[])));
grant insert, select on case_assignment to ecc_app;

create table case_certificate (
  case_id uuid not null,
  court_id integer not null,
  number text not null,
  party_seq integer not null,
  seq integer not null,
  type text not null,
  valid boolean not null,
  constraint case_certificate_court_id_case_id_party_seq_fkey FOREIGN KEY (court_id, case_id, party_seq) REFERENCES case_party(court_id, case_id, seq),
  constraint case_certificate_pkey PRIMARY KEY (court_id, case_id, party_seq, seq)
);
CREATE INDEX certificate_birth ON public.case_certificate USING btree (birth_key(type, number)) WHERE (birth_key(type, number) IS NOT NULL);
CREATE INDEX certificate_number ON public.case_certificate USING btree (number, court_id);
alter table case_certificate enable row level security;
create policy own_courts on case_certificate for all using ((court_id = ANY ((( SELECT NULLIF(current_setting('ecc.court_ids'::text, true), ''::text) AS "nullif"))::integer[]))) with check ((court_id = ANY ((( SELECT NULLIF(current_setting('ecc.court_ids'::text, true), ''::text) AS "nullif"))::integer[])));
grant delete, insert, select, update on case_certificate to ecc_app;

create table case_fact (
  amount_fen bigint,
  case_id uuid not null,
  court_id integer not null,
  fact_on date,
  name text not null,
  reason text,
  recorded_at timestamp with time zone not null,
  recorder_id uuid,
  recorder_name text not null,
  seq integer not null,
  source text not null,
  constraint case_fact_amount_fen_check CHECK ((amount_fen >= 0)),
  constraint case_fact_check CHECK (((source <> 'correction'::text) OR (reason <> ''::text))),
  constraint case_fact_seq_check CHECK ((seq > 0)),
  constraint case_fact_source_check CHECK ((source = ANY (ARRAY['import'::text, 'hand'::text, 'correction'::text]))),
  constraint case_fact_court_id_case_id_fkey FOREIGN KEY (court_id, case_id) REFERENCES enforcement_case(court_id, id),
  constraint case_fact_pkey PRIMARY KEY (court_id, case_id, seq)
);
alter table case_fact enable row level security;
alter table case_fact force row level security;
create policy own_courts on case_fact for all using ((court_id = ANY ((( SELECT NULLIF(current_setting('ecc.court_ids'::text, true), ''::text) AS "nullif"))::integer[]))) with check ((court_id = ANY ((( SELECT NULLIF(current_setting('ecc.court_ids'::text, true), ''::text) AS "nullif"))::integer[])));
grant insert, select on case_fact to ecc_app;

create table case_legal_representative (
  case_id uuid not null,
  court_id integer not null,
  name text not null,
  number text not null,
  party text not null,
  plain_name text not null,
  recorded_at timestamp with time zone not null,
  recorded_name text not null,
  type text not null,
  valid boolean not null,
  constraint case_legal_representative_name_check CHECK ((name <> ''::text)),
  constraint case_legal_representative_number_check CHECK ((number <> ''::text)),
  constraint case_legal_representative_court_id_case_id_fkey FOREIGN KEY (court_id, case_id) REFERENCES enforcement_case(court_id, id),
  constraint case_legal_representative_pkey PRIMARY KEY (court_id, case_id, plain_name)
);
CREATE INDEX legal_representative_number ON public.case_legal_representative USING btree (number, court_id);
alter table case_legal_representative enable row level security;
create policy own_courts on case_legal_representative for all using ((court_id = ANY ((( SELECT NULLIF(current_setting('ecc.court_ids'::text, true), ''::text) AS "nullif"))::integer[]))) with check ((court_id = ANY ((( SELECT NULLIF(current_setting('ecc.court_ids'::text, true), ''::text) AS "nullif"))::integer[])));
grant insert, select, update on case_legal_representative to ecc_app;

create table case_party (
  case_id uuid not null,
  court_id integer not null,
  grams text[] not null,
  initials text not null default ''::text,
  name text not null,
  plain_name text not null,
  seq integer not null,
  side text not null,
  constraint case_party_name_check CHECK ((name <> ''::text)),
  constraint case_party_side_check CHECK ((side = ANY (ARRAY['creditor'::text, 'debtor'::text, 'third-party'::text]))),
  constraint case_party_court_id_case_id_fkey FOREIGN KEY (court_id, case_id) REFERENCES enforcement_case(court_id, id),
  constraint case_party_pkey PRIMARY KEY (court_id, case_id, seq)
);
CREATE INDEX party_grams ON public.case_party USING gin (grams) WITH (fastupdate='on');
CREATE INDEX party_initials ON public.case_party USING btree (initials text_pattern_ops) WHERE (initials <> ''::text);
alter table case_party enable row level security;
create policy own_courts on case_party for all using ((court_id = ANY ((( SELECT NULLIF(current_setting('ecc.court_ids'::text, true), ''::text) AS "nullif"))::integer[]))) with check ((court_id = ANY ((( SELECT NULLIF(current_setting('ecc.court_ids'::text, true), ''::text) AS "nullif"))::integer[])));
grant delete, insert, select, update on case_party to ecc_app;

create table case_representative (
  case_id uuid not null,
  court_id integer not null,
  firm text,
  name text not null,
  party text not null,
  recorded_at timestamp with time zone not null,
  recorded_name text not null,
  seq integer not null,
  constraint case_representative_name_check CHECK ((name <> ''::text)),
  constraint case_representative_seq_check CHECK ((seq > 0)),
  constraint case_representative_court_id_case_id_fkey FOREIGN KEY (court_id, case_id) REFERENCES enforcement_case(court_id, id),
  constraint case_representative_pkey PRIMARY KEY (court_id, case_id, seq)
);
alter table case_representative enable row level security;
alter table case_representative force row level security;
create policy own_courts on case_representative for all using ((court_id = ANY ((( SELECT NULLIF(current_setting('ecc.court_ids'::text, true), ''::text) AS "nullif"))::integer[]))) with check ((court_id = ANY ((( SELECT NULLIF(current_setting('ecc.court_ids'::text, true), ''::text) AS "nullif"))::integer[])));
grant insert, select on case_representative to ecc_app;

create table case_transfer (
  at timestamp with time zone not null,
  by_name text not null,
  case_id uuid not null,
  counterpart_court_id integer not null,
  court_id integer not null,
  id uuid not null,
  new_case_id uuid not null,
  ruled_on date not null,
  ruling text not null,
  thing_id uuid not null,
  constraint case_transfer_ruling_check CHECK ((ruling <> ''::text)),
  constraint case_transfer_counterpart_court_id_new_case_id_fkey FOREIGN KEY (counterpart_court_id, new_case_id) REFERENCES enforcement_case(court_id, id),
  constraint case_transfer_court_id_case_id_fkey FOREIGN KEY (court_id, case_id) REFERENCES enforcement_case(court_id, id),
  constraint case_transfer_pkey PRIMARY KEY (court_id, id)
);
CREATE INDEX case_transfer_of ON public.case_transfer USING btree (court_id, case_id);
CREATE INDEX case_transfer_to ON public.case_transfer USING btree (counterpart_court_id, new_case_id);
alter table case_transfer enable row level security;
alter table case_transfer force row level security;
create policy own_courts on case_transfer for all using (((court_id = ANY ((( SELECT NULLIF(current_setting('ecc.court_ids'::text, true), ''::text) AS "nullif"))::integer[])) OR (counterpart_court_id = ANY ((( SELECT NULLIF(current_setting('ecc.court_ids'::text, true), ''::text) AS "nullif"))::integer[])))) with check (((court_id = ANY ((( SELECT NULLIF(current_setting('ecc.court_ids'::text, true), ''::text) AS "nullif"))::integer[])) OR (counterpart_court_id = ANY ((( SELECT NULLIF(current_setting('ecc.court_ids'::text, true), ''::text) AS "nullif"))::integer[]))));
grant insert, select on case_transfer to ecc_app;

create table case_warning (
  backlog boolean not null,
  case_id uuid not null,
  closed_at timestamp with time zone,
  court_id integer not null,
  explained_at timestamp with time zone,
  explained_by text,
  explained_by_id uuid,
  explanation text,
  finding text not null,
  id uuid not null,
  opened_at timestamp with time zone not null,
  opened_by text not null,
  order_id uuid,
  rule text not null,
  told_at timestamp with time zone,
  constraint case_warning_check CHECK ((((explanation IS NULL) = (explained_at IS NULL)) AND ((explanation IS NULL) = (explained_by IS NULL)))),
  constraint case_warning_explanation_check CHECK ((explanation <> ''::text)),
  constraint case_warning_finding_check CHECK ((finding <> ''::text)),
  constraint case_warning_court_id_case_id_fkey FOREIGN KEY (court_id, case_id) REFERENCES enforcement_case(court_id, id),
  constraint case_warning_court_id_explained_by_id_fkey FOREIGN KEY (court_id, explained_by_id) REFERENCES person(court_id, id),
  constraint case_warning_court_id_fkey FOREIGN KEY (court_id) REFERENCES court(id),
  constraint case_warning_pkey PRIMARY KEY (court_id, id)
);
CREATE INDEX case_warning_case ON public.case_warning USING btree (court_id, case_id);
CREATE INDEX case_warning_list ON public.case_warning USING btree (court_id, opened_at DESC, id DESC) WHERE (closed_at IS NULL);
CREATE UNIQUE INDEX case_warning_open ON public.case_warning USING btree (court_id, case_id, rule) WHERE (closed_at IS NULL);
CREATE INDEX case_warning_rule ON public.case_warning USING btree (court_id, rule, backlog) WHERE (closed_at IS NULL);
CREATE INDEX case_warning_untold ON public.case_warning USING btree (court_id) WHERE ((told_at IS NULL) AND (closed_at IS NULL));
alter table case_warning enable row level security;
alter table case_warning force row level security;
create policy own_courts on case_warning for all using ((court_id = ANY ((( SELECT NULLIF(current_setting('ecc.court_ids'::text, true), ''::text) AS "nullif"))::integer[]))) with check ((court_id = ANY ((( SELECT NULLIF(current_setting('ecc.court_ids'::text, true), ''::text) AS "nullif"))::integer[])));
grant insert, select, update on case_warning to ecc_app;

create table chosen_columns (
  columns text[] not null,
  court_id integer not null,
  list text not null,
  person_id uuid not null,
  constraint chosen_columns_columns_check CHECK (((cardinality(columns) >= 1) AND (cardinality(columns) <= 60))),
  constraint chosen_columns_list_check CHECK ((list ~ '^[a-z-]{2,40}$'::text)),
  constraint chosen_columns_court_id_fkey FOREIGN KEY (court_id) REFERENCES court(id),
  constraint chosen_columns_court_id_person_id_fkey FOREIGN KEY (court_id, person_id) REFERENCES person(court_id, id),
  constraint chosen_columns_pkey PRIMARY KEY (court_id, person_id, list)
);
alter table chosen_columns enable row level security;
alter table chosen_columns force row level security;
create policy own_courts on chosen_columns for all using ((court_id = ANY ((( SELECT NULLIF(current_setting('ecc.court_ids'::text, true), ''::text) AS "nullif"))::integer[]))) with check ((court_id = ANY ((( SELECT NULLIF(current_setting('ecc.court_ids'::text, true), ''::text) AS "nullif"))::integer[])));
grant delete, insert, select, update on chosen_columns to ecc_app;

create table clock (
  backlog boolean not null default false,
  counterpart_court_id integer,
  court_id integer not null,
  done_on date,
  dropped boolean not null default false,
  due_on date,
  explanation jsonb not null,
  id uuid not null,
  kind text not null,
  label text not null,
  name text not null,
  next_rung text,
  next_rung_at timestamp with time zone,
  note text,
  round integer not null default 1,
  rule_id text not null,
  rule_version integer not null,
  start_on date not null,
  suspended boolean not null default false,
  thing_id uuid not null,
  watched boolean not null default true,
  constraint clock_check CHECK (((next_rung IS NULL) = (next_rung_at IS NULL))),
  constraint clock_counterpart_court_id_fkey FOREIGN KEY (counterpart_court_id) REFERENCES court(id),
  constraint clock_court_id_fkey FOREIGN KEY (court_id) REFERENCES court(id),
  constraint clock_rule_id_rule_version_fkey FOREIGN KEY (rule_id, rule_version) REFERENCES clock_rule(id, version),
  constraint clock_pkey PRIMARY KEY (court_id, id),
  constraint clock_court_id_thing_id_name_round_key UNIQUE (court_id, thing_id, name, round)
);
CREATE INDEX clock_next ON public.clock USING btree (next_rung_at) WHERE (next_rung_at IS NOT NULL);
CREATE INDEX clock_open ON public.clock USING btree (court_id, kind, due_on) WHERE (done_on IS NULL);
CREATE INDEX clock_watched ON public.clock USING btree (court_id, kind, backlog, due_on, id) INCLUDE (thing_id, rule_id, counterpart_court_id) WHERE watched;
alter table clock enable row level security;
alter table clock force row level security;
create policy own_courts on clock for all using (((court_id = ANY ((( SELECT NULLIF(current_setting('ecc.court_ids'::text, true), ''::text) AS "nullif"))::integer[])) OR (counterpart_court_id = ANY ((( SELECT NULLIF(current_setting('ecc.court_ids'::text, true), ''::text) AS "nullif"))::integer[])))) with check (((court_id = ANY ((( SELECT NULLIF(current_setting('ecc.court_ids'::text, true), ''::text) AS "nullif"))::integer[])) OR (counterpart_court_id = ANY ((( SELECT NULLIF(current_setting('ecc.court_ids'::text, true), ''::text) AS "nullif"))::integer[]))));
grant insert, select, update on clock to ecc_app;

create table clock_ledger (
  approved_by text not null,
  clock_name text,
  counterpart_court_id integer,
  court_id integer not null,
  entry text not null,
  from_on date not null,
  ground text not null,
  n integer,
  recorded_at timestamp with time zone not null,
  seq integer not null,
  thing_id uuid not null,
  to_on date,
  unit text,
  constraint clock_ledger_check CHECK (((entry = 'extension'::text) = ((n IS NOT NULL) AND (unit IS NOT NULL)))),
  constraint clock_ledger_check1 CHECK (((to_on IS NULL) OR (to_on >= from_on))),
  constraint clock_ledger_entry_check CHECK ((entry = ANY (ARRAY['suspension'::text, 'extension'::text]))),
  constraint clock_ledger_ground_check CHECK ((ground <> ''::text)),
  constraint clock_ledger_unit_check CHECK ((unit = ANY (ARRAY['day'::text, 'month'::text]))),
  constraint clock_ledger_counterpart_court_id_fkey FOREIGN KEY (counterpart_court_id) REFERENCES court(id),
  constraint clock_ledger_court_id_fkey FOREIGN KEY (court_id) REFERENCES court(id),
  constraint clock_ledger_pkey PRIMARY KEY (court_id, thing_id, seq)
);
alter table clock_ledger enable row level security;
alter table clock_ledger force row level security;
create policy own_courts on clock_ledger for all using (((court_id = ANY ((( SELECT NULLIF(current_setting('ecc.court_ids'::text, true), ''::text) AS "nullif"))::integer[])) OR (counterpart_court_id = ANY ((( SELECT NULLIF(current_setting('ecc.court_ids'::text, true), ''::text) AS "nullif"))::integer[])))) with check (((court_id = ANY ((( SELECT NULLIF(current_setting('ecc.court_ids'::text, true), ''::text) AS "nullif"))::integer[])) OR (counterpart_court_id = ANY ((( SELECT NULLIF(current_setting('ecc.court_ids'::text, true), ''::text) AS "nullif"))::integer[]))));
grant insert, select, update on clock_ledger to ecc_app;

create table clock_rule (
  id text not null,
  internal boolean not null,
  label text not null,
  mark text not null,
  n integer not null,
  note text,
  rolls boolean not null,
  source text not null,
  start_note text,
  unit text not null,
  valid_from date not null,
  valid_to date,
  version integer not null,
  constraint clock_rule_check CHECK (((valid_to IS NULL) OR (valid_to >= valid_from))),
  constraint clock_rule_mark_check CHECK ((mark = ANY (ARRAY['V'::text, 'M'::text, 'C'::text]))),
  constraint clock_rule_n_check CHECK ((n > 0)),
  constraint clock_rule_source_check CHECK ((source <> ''::text)),
  constraint clock_rule_unit_check CHECK ((unit = ANY (ARRAY['day'::text, 'working-day'::text, 'month'::text]))),
  constraint clock_rule_version_check CHECK ((version > 0)),
  constraint clock_rule_pkey PRIMARY KEY (id, version)
);
grant insert, select on clock_rule to ecc_app;

create table clock_rung (
  clock_id uuid not null,
  court_id integer not null,
  due_on date not null,
  fired_at timestamp with time zone not null,
  rung text not null,
  constraint clock_rung_court_id_clock_id_fkey FOREIGN KEY (court_id, clock_id) REFERENCES clock(court_id, id),
  constraint clock_rung_court_id_fkey FOREIGN KEY (court_id) REFERENCES court(id),
  constraint clock_rung_pkey PRIMARY KEY (court_id, clock_id, rung, due_on)
);
alter table clock_rung enable row level security;
alter table clock_rung force row level security;
create policy own_courts on clock_rung for all using ((court_id = ANY ((( SELECT NULLIF(current_setting('ecc.court_ids'::text, true), ''::text) AS "nullif"))::integer[]))) with check ((court_id = ANY ((( SELECT NULLIF(current_setting('ecc.court_ids'::text, true), ''::text) AS "nullif"))::integer[])));
grant insert, select on clock_rung to ecc_app;

create table court (
  code text not null,
  code_checked boolean not null default false,
  id integer not null,
  level text not null,
  line integer[] not null,
  name text not null,
  parent_id integer,
  people_version bigint not null default 0,
  constraint court_check CHECK ((line @> ARRAY[id])),
  constraint court_level_check CHECK ((level = ANY (ARRAY['supreme'::text, 'high'::text, 'intermediate'::text, 'basic'::text]))),
  constraint court_parent_id_fkey FOREIGN KEY (parent_id) REFERENCES court(id),
  constraint court_pkey PRIMARY KEY (id),
  constraint court_code_key UNIQUE (code)
);
CREATE INDEX court_line ON public.court USING gin (line);
CREATE TRIGGER court_changed AFTER INSERT OR DELETE OR UPDATE OF line ON public.court FOR EACH ROW EXECUTE FUNCTION count_court_change();
grant select on court to ecc_app;
grant select on court to ecc_verifier;

create table dated_setting (
  court_id integer not null,
  from_on date not null,
  key text not null,
  n integer not null,
  name text not null,
  seq bigint not null generated always as identity,
  set_at timestamp with time zone not null,
  set_by text not null,
  source text not null,
  constraint dated_setting_n_check CHECK ((n >= 0)),
  constraint dated_setting_source_check CHECK ((source <> ''::text)),
  constraint dated_setting_court_id_fkey FOREIGN KEY (court_id) REFERENCES court(id),
  constraint dated_setting_pkey PRIMARY KEY (court_id, name, key, from_on, seq)
);
alter table dated_setting enable row level security;
alter table dated_setting force row level security;
create policy own_courts on dated_setting for all using ((court_id = ANY ((( SELECT NULLIF(current_setting('ecc.court_ids'::text, true), ''::text) AS "nullif"))::integer[]))) with check ((court_id = ANY ((( SELECT NULLIF(current_setting('ecc.court_ids'::text, true), ''::text) AS "nullif"))::integer[])));
grant insert, select on dated_setting to ecc_app;

create table demonstration (
  only_one boolean not null default true,
  started_at timestamp with time zone not null,
  starts_at timestamp with time zone not null,
  constraint demonstration_only_one_check CHECK (only_one),
  constraint demonstration_pkey PRIMARY KEY (only_one)
);
CREATE TRIGGER people_changed AFTER INSERT OR DELETE ON public.demonstration FOR EACH ROW EXECUTE FUNCTION count_demonstration_change();
grant select on demonstration to ecc_app;

create table deputy (
  court_id integer not null,
  deputy_id uuid not null,
  ended_on date,
  from_on date not null,
  id uuid not null,
  person_id uuid not null,
  to_on date not null,
  constraint deputy_check CHECK ((person_id <> deputy_id)),
  constraint deputy_check1 CHECK ((from_on <= to_on)),
  constraint deputy_court_id_deputy_id_fkey FOREIGN KEY (court_id, deputy_id) REFERENCES person(court_id, id),
  constraint deputy_court_id_fkey FOREIGN KEY (court_id) REFERENCES court(id),
  constraint deputy_court_id_person_id_fkey FOREIGN KEY (court_id, person_id) REFERENCES person(court_id, id),
  constraint deputy_pkey PRIMARY KEY (court_id, id)
);
CREATE INDEX deputy_of ON public.deputy USING btree (court_id, deputy_id, to_on);
CREATE INDEX deputy_person ON public.deputy USING btree (court_id, person_id, to_on);
CREATE TRIGGER people_changed AFTER INSERT OR DELETE OR UPDATE ON public.deputy FOR EACH ROW EXECUTE FUNCTION count_people_change();
alter table deputy enable row level security;
alter table deputy force row level security;
create policy own_courts on deputy for all using ((court_id = ANY ((( SELECT NULLIF(current_setting('ecc.court_ids'::text, true), ''::text) AS "nullif"))::integer[]))) with check ((court_id = ANY ((( SELECT NULLIF(current_setting('ecc.court_ids'::text, true), ''::text) AS "nullif"))::integer[])));
grant insert, select, update on deputy to ecc_app;

create table document_file (
  counterpart_court_id integer,
  court_id integer not null,
  digest text not null,
  document_id uuid not null,
  format text not null,
  size_bytes integer not null,
  constraint document_file_format_check CHECK ((format = ANY (ARRAY['word'::text, 'pdf'::text]))),
  constraint document_file_size_bytes_check CHECK ((size_bytes > 0)),
  constraint document_file_counterpart_court_id_fkey FOREIGN KEY (counterpart_court_id) REFERENCES court(id),
  constraint document_file_court_id_document_id_fkey FOREIGN KEY (court_id, document_id) REFERENCES issued_document(court_id, id),
  constraint document_file_pkey PRIMARY KEY (court_id, document_id, format)
);
CREATE INDEX document_file_digest ON public.document_file USING btree (digest COLLATE "C");
alter table document_file enable row level security;
alter table document_file force row level security;
create policy own_courts on document_file for all using (((court_id = ANY ((( SELECT NULLIF(current_setting('ecc.court_ids'::text, true), ''::text) AS "nullif"))::integer[])) OR (counterpart_court_id = ANY ((( SELECT NULLIF(current_setting('ecc.court_ids'::text, true), ''::text) AS "nullif"))::integer[])))) with check (((court_id = ANY ((( SELECT NULLIF(current_setting('ecc.court_ids'::text, true), ''::text) AS "nullif"))::integer[])) OR (counterpart_court_id = ANY ((( SELECT NULLIF(current_setting('ecc.court_ids'::text, true), ''::text) AS "nullif"))::integer[]))));
grant insert, select on document_file to ecc_app;

create table document_setting (
  court_id integer not null,
  name text not null,
  seq integer not null,
  set_at timestamp with time zone not null,
  set_by text not null,
  value text not null,
  constraint document_setting_seq_check CHECK ((seq > 0)),
  constraint document_setting_court_id_fkey FOREIGN KEY (court_id) REFERENCES court(id),
  constraint document_setting_pkey PRIMARY KEY (court_id, name, seq)
);
alter table document_setting enable row level security;
alter table document_setting force row level security;
create policy own_courts on document_setting for all using ((court_id = ANY ((( SELECT NULLIF(current_setting('ecc.court_ids'::text, true), ''::text) AS "nullif"))::integer[]))) with check ((court_id = ANY ((( SELECT NULLIF(current_setting('ecc.court_ids'::text, true), ''::text) AS "nullif"))::integer[])));
grant insert, select on document_setting to ecc_app;

create table document_template (
  court_id integer not null,
  decided_at timestamp with time zone,
  decided_name text,
  decided_natural uuid,
  digest text not null,
  file_name text not null,
  form text not null,
  id uuid not null,
  lacking text[] not null,
  size_bytes integer not null,
  state text not null,
  unknown text[] not null,
  uploaded_at timestamp with time zone not null,
  uploaded_by uuid not null,
  uploaded_name text not null,
  uploaded_natural uuid not null,
  version integer not null,
  constraint document_template_check CHECK (((state <> 'active'::text) OR ((decided_natural IS NOT NULL) AND (decided_natural <> uploaded_natural)))),
  constraint document_template_check1 CHECK (((state <> 'active'::text) OR ((unknown = '{}'::text[]) AND (lacking = '{}'::text[])))),
  constraint document_template_size_bytes_check CHECK (((size_bytes >= 1) AND (size_bytes <= 10485760))),
  constraint document_template_state_check CHECK ((state = ANY (ARRAY['waiting'::text, 'active'::text, 'retired'::text]))),
  constraint document_template_version_check CHECK ((version > 0)),
  constraint document_template_court_id_fkey FOREIGN KEY (court_id) REFERENCES court(id),
  constraint document_template_court_id_uploaded_by_fkey FOREIGN KEY (court_id, uploaded_by) REFERENCES person(court_id, id),
  constraint document_template_pkey PRIMARY KEY (court_id, id),
  constraint document_template_court_id_form_version_key UNIQUE (court_id, form, version)
);
CREATE UNIQUE INDEX template_in_use ON public.document_template USING btree (court_id, form) WHERE (state = 'active'::text);
alter table document_template enable row level security;
alter table document_template force row level security;
create policy own_courts on document_template for all using ((court_id = ANY ((( SELECT NULLIF(current_setting('ecc.court_ids'::text, true), ''::text) AS "nullif"))::integer[]))) with check ((court_id = ANY ((( SELECT NULLIF(current_setting('ecc.court_ids'::text, true), ''::text) AS "nullif"))::integer[])));
grant insert, select, update on document_template to ecc_app;

create table due_change (
  clock_id uuid not null,
  court_id integer not null,
  new_due_on date,
  old_due_on date,
  recount_id uuid not null,
  state text not null default 'waiting'::text,
  constraint due_change_check CHECK (((state = 'moved'::text) OR (new_due_on IS NULL))),
  constraint due_change_check1 CHECK (((state <> 'moved'::text) OR (new_due_on IS DISTINCT FROM old_due_on))),
  constraint due_change_state_check CHECK ((state = ANY (ARRAY['waiting'::text, 'same'::text, 'moved'::text]))),
  constraint due_change_court_id_clock_id_fkey FOREIGN KEY (court_id, clock_id) REFERENCES clock(court_id, id),
  constraint due_change_court_id_fkey FOREIGN KEY (court_id) REFERENCES court(id),
  constraint due_change_recount_id_fkey FOREIGN KEY (recount_id) REFERENCES calendar_recount(id),
  constraint due_change_pkey PRIMARY KEY (court_id, recount_id, clock_id)
);
CREATE INDEX due_change_waiting ON public.due_change USING btree (recount_id, court_id) WHERE (state = 'waiting'::text);
alter table due_change enable row level security;
alter table due_change force row level security;
create policy own_courts on due_change for all using ((court_id = ANY ((( SELECT NULLIF(current_setting('ecc.court_ids'::text, true), ''::text) AS "nullif"))::integer[]))) with check ((court_id = ANY ((( SELECT NULLIF(current_setting('ecc.court_ids'::text, true), ''::text) AS "nullif"))::integer[])));
grant delete, insert, select, update on due_change to ecc_app;

create table enforcement_case (
  amount_fen bigint,
  arrived_fen bigint,
  basis_effective_on date,
  basis_kind text,
  basis_maker text,
  basis_number text,
  case_kind text not null,
  cause text,
  closed_on date,
  closing_way text,
  court_id integer not null,
  creditor_names text not null default ''::text,
  debtor_names text not null default ''::text,
  duty text,
  export_as_of_on date,
  export_columns jsonb,
  export_digest bytea,
  export_state text,
  filed_on date not null,
  filed_year integer not null,
  holder_id uuid,
  holder_name text,
  holder_team_id uuid,
  id uuid not null,
  jurisdiction text,
  next_due_on date,
  next_node text,
  notes text[] not null default '{}'::text[],
  number text not null,
  open_warnings integer not null default 0,
  opened_at timestamp with time zone not null,
  opener_id uuid,
  opener_name text not null,
  perform_by date,
  remark text,
  serial integer not null,
  state text not null,
  team_name text,
  to_correct text[] not null default '{}'::text[],
  track text,
  track_on date,
  track_reason text,
  type_code text not null,
  version integer not null default 1,
  constraint enforcement_case_amount_fen_check CHECK ((amount_fen >= 0)),
  constraint enforcement_case_arrived_fen_check CHECK ((arrived_fen >= 0)),
  constraint enforcement_case_basis_kind_check CHECK ((basis_kind = ANY (ARRAY['判决书'::text, '裁定书'::text, '调解书'::text, '支付令'::text, '仲裁裁决'::text, '公证债权文书'::text, '行政决定'::text, '刑事裁判'::text, '其他'::text]))),
  constraint enforcement_case_basis_maker_check CHECK ((basis_maker <> ''::text)),
  constraint enforcement_case_check CHECK ((((track IS NULL) = (track_on IS NULL)) AND ((track IS NULL) = (track_reason IS NULL)))),
  constraint enforcement_case_duty_check CHECK ((duty = ANY (ARRAY['金钱给付'::text, '交付财物'::text, '完成行为'::text, '财产性权益'::text]))),
  constraint enforcement_case_filed_on_check CHECK ((filed_on >= '1990-01-01'::date)),
  constraint enforcement_case_jurisdiction_check CHECK ((jurisdiction = ANY (ARRAY['第一审法院'::text, '与第一审同级的财产所在地法院'::text, '被执行人住所地'::text, '财产所在地'::text, '上级指定'::text]))),
  constraint enforcement_case_state_check CHECK ((state = ANY (ARRAY['handling'::text, 'suspended'::text, 'closed'::text, 'terminated'::text]))),
  constraint enforcement_case_track_check CHECK ((track = ANY (ARRAY['简案'::text, '普案'::text, '特案'::text]))),
  constraint enforcement_case_track_reason_check CHECK ((track_reason <> ''::text)),
  constraint enforcement_case_court_id_fkey FOREIGN KEY (court_id) REFERENCES court(id),
  constraint enforcement_case_court_id_holder_id_fkey FOREIGN KEY (court_id, holder_id) REFERENCES person(court_id, id),
  constraint enforcement_case_court_id_holder_team_id_fkey FOREIGN KEY (court_id, holder_team_id) REFERENCES team(court_id, id),
  constraint enforcement_case_opener FOREIGN KEY (court_id, opener_id) REFERENCES person(court_id, id),
  constraint enforcement_case_pkey PRIMARY KEY (court_id, id),
  constraint enforcement_case_court_id_number_key UNIQUE (court_id, number)
);
CREATE INDEX case_basis ON public.enforcement_case USING btree (basis_key(basis_number)) WHERE (basis_number IS NOT NULL);
CREATE INDEX case_due ON public.enforcement_case USING btree (court_id, COALESCE(next_due_on, '9999-12-31'::date), id);
CREATE INDEX case_filed ON public.enforcement_case USING btree (court_id, filed_on, id);
CREATE INDEX case_holder ON public.enforcement_case USING btree (court_id, holder_id, state);
CREATE INDEX case_number_part ON public.enforcement_case USING gin (((number || ''::text)) gin_trgm_ops);
CREATE INDEX case_of_basis ON public.enforcement_case USING btree (court_id, basis_number) WHERE (basis_number IS NOT NULL);
CREATE INDEX case_serial ON public.enforcement_case USING btree (court_id, filed_year, type_code, serial, id);
CREATE INDEX case_state_due ON public.enforcement_case USING btree (court_id, state, COALESCE(next_due_on, '9999-12-31'::date), id);
CREATE INDEX case_to_correct ON public.enforcement_case USING btree (court_id) WHERE (cardinality(to_correct) > 0);
CREATE INDEX case_unassigned ON public.enforcement_case USING btree (court_id, filed_on, id) WHERE (holder_id IS NULL);
CREATE INDEX case_warned ON public.enforcement_case USING btree (court_id, COALESCE(next_due_on, '9999-12-31'::date), id) WHERE (open_warnings > 0);
CREATE TRIGGER load_added AFTER INSERT ON public.enforcement_case REFERENCING NEW TABLE AS added FOR EACH STATEMENT EXECUTE FUNCTION open_load_added();
CREATE TRIGGER load_moved AFTER UPDATE ON public.enforcement_case FOR EACH ROW WHEN ((((old.state = 'handling'::text) OR (new.state = 'handling'::text)) AND (((((old.court_id IS DISTINCT FROM new.court_id) OR (old.holder_team_id IS DISTINCT FROM new.holder_team_id)) OR (old.holder_id IS DISTINCT FROM new.holder_id)) OR (old.case_kind IS DISTINCT FROM new.case_kind)) OR (old.state IS DISTINCT FROM new.state)))) EXECUTE FUNCTION open_load_moved();
CREATE TRIGGER load_removed AFTER DELETE ON public.enforcement_case REFERENCING OLD TABLE AS removed FOR EACH STATEMENT EXECUTE FUNCTION open_load_removed();
CREATE TRIGGER state_moved AFTER UPDATE ON public.enforcement_case FOR EACH ROW WHEN (((old.court_id IS DISTINCT FROM new.court_id) OR (old.state IS DISTINCT FROM new.state))) EXECUTE FUNCTION count_state_moved('case');
CREATE TRIGGER states_added AFTER INSERT ON public.enforcement_case REFERENCING NEW TABLE AS added FOR EACH STATEMENT EXECUTE FUNCTION count_states_added('case');
CREATE TRIGGER states_removed AFTER DELETE ON public.enforcement_case REFERENCING OLD TABLE AS removed FOR EACH STATEMENT EXECUTE FUNCTION count_states_removed('case');
alter table enforcement_case enable row level security;
create policy own_courts on enforcement_case for all using ((court_id = ANY ((( SELECT NULLIF(current_setting('ecc.court_ids'::text, true), ''::text) AS "nullif"))::integer[]))) with check ((court_id = ANY ((( SELECT NULLIF(current_setting('ecc.court_ids'::text, true), ''::text) AS "nullif"))::integer[])));
grant insert, select, update on enforcement_case to ecc_app;

create table idempotency (
  account_id uuid not null,
  answer text,
  at timestamp with time zone not null,
  court_id integer not null,
  fingerprint bytea not null,
  key text not null,
  status integer,
  constraint idempotency_key_check CHECK (((char_length(key) >= 8) AND (char_length(key) <= 200))),
  constraint idempotency_account FOREIGN KEY (court_id, account_id) REFERENCES account(court_id, id),
  constraint idempotency_court_id_fkey FOREIGN KEY (court_id) REFERENCES court(id),
  constraint idempotency_pkey PRIMARY KEY (court_id, account_id, key)
);
CREATE INDEX idempotency_at ON public.idempotency USING brin (at) WITH (pages_per_range='32', autosummarize='on');
alter table idempotency enable row level security;
alter table idempotency force row level security;
create policy own_courts on idempotency for all using ((court_id = ANY ((( SELECT NULLIF(current_setting('ecc.court_ids'::text, true), ''::text) AS "nullif"))::integer[]))) with check ((court_id = ANY ((( SELECT NULLIF(current_setting('ecc.court_ids'::text, true), ''::text) AS "nullif"))::integer[])));
grant delete, insert, select, update on idempotency to ecc_app;

create table import_change (
  case_id uuid,
  case_version integer,
  closing text,
  court_id integer not null,
  entries jsonb not null default '[]'::jsonb,
  kind text not null,
  number text not null,
  row_number integer,
  run_id uuid not null,
  constraint import_change_closing_check CHECK ((closing = ANY (ARRAY['closed'::text, 'reopened'::text]))),
  constraint import_change_kind_check CHECK ((kind = ANY (ARRAY['new'::text, 'changed'::text, 'missing'::text, 'unchanged'::text, 'refused'::text]))),
  constraint import_change_court_id_run_id_fkey FOREIGN KEY (court_id, run_id) REFERENCES import_run(court_id, id),
  constraint import_change_pkey PRIMARY KEY (court_id, run_id, number)
);
CREATE INDEX import_change_closing ON public.import_change USING btree (court_id, run_id, closing, number) WHERE (closing IS NOT NULL);
CREATE INDEX import_change_kind ON public.import_change USING btree (court_id, run_id, kind, number);
alter table import_change enable row level security;
alter table import_change force row level security;
create policy own_courts on import_change for all using ((court_id = ANY ((( SELECT NULLIF(current_setting('ecc.court_ids'::text, true), ''::text) AS "nullif"))::integer[]))) with check ((court_id = ANY ((( SELECT NULLIF(current_setting('ecc.court_ids'::text, true), ''::text) AS "nullif"))::integer[])));
grant delete, insert, select, update on import_change to ecc_app;

create table import_run (
  as_of_on date not null,
  at timestamp with time zone not null,
  by_id uuid,
  by_name text not null,
  changes jsonb,
  checked_id uuid,
  court_id integer not null,
  created integer not null default 0,
  digest text not null,
  dry_run boolean not null,
  export_mark text,
  file_name text not null,
  id uuid not null,
  notes text[] not null default '{}'::text[],
  problem jsonb,
  report jsonb,
  rows_done integer not null default 0,
  rows_total integer,
  state text not null,
  unchanged integer not null default 0,
  updated integer not null default 0,
  constraint import_run_state_check CHECK ((state = ANY (ARRAY['waiting'::text, 'checking'::text, 'checked'::text, 'importing'::text, 'done'::text, 'failed'::text, 'cancelled'::text]))),
  constraint import_run_by FOREIGN KEY (court_id, by_id) REFERENCES person(court_id, id),
  constraint import_run_court_id_checked_id_fkey FOREIGN KEY (court_id, checked_id) REFERENCES import_run(court_id, id),
  constraint import_run_court_id_fkey FOREIGN KEY (court_id) REFERENCES court(id),
  constraint import_run_pkey PRIMARY KEY (court_id, id)
);
alter table import_run enable row level security;
alter table import_run force row level security;
create policy own_courts on import_run for all using ((court_id = ANY ((( SELECT NULLIF(current_setting('ecc.court_ids'::text, true), ''::text) AS "nullif"))::integer[]))) with check ((court_id = ANY ((( SELECT NULLIF(current_setting('ecc.court_ids'::text, true), ''::text) AS "nullif"))::integer[])));
grant insert, select, update on import_run to ecc_app;

create table issued_document (
  action text not null,
  bulk_job_id uuid,
  case_id uuid,
  counterpart_court_id integer,
  court_id integer not null,
  form text not null,
  id uuid not null,
  issued_at timestamp with time zone not null,
  issued_by uuid,
  issued_name text not null,
  issued_on date not null,
  kind text not null,
  number text not null,
  serial integer,
  series text,
  snapshot jsonb not null,
  template_digest text not null,
  template_id uuid,
  thing_id uuid not null,
  title text not null,
  void_reason text,
  voided_at timestamp with time zone,
  voided_name text,
  year integer,
  constraint issued_document_check CHECK ((((series IS NULL) = (serial IS NULL)) AND ((series IS NULL) = (year IS NULL)))),
  constraint issued_document_check1 CHECK (((voided_at IS NULL) = (void_reason IS NULL))),
  constraint issued_document_serial_check CHECK ((serial > 0)),
  constraint issued_document_bulk FOREIGN KEY (court_id, bulk_job_id) REFERENCES bulk_job(court_id, id),
  constraint issued_document_counterpart_court_id_fkey FOREIGN KEY (counterpart_court_id) REFERENCES court(id),
  constraint issued_document_court_id_fkey FOREIGN KEY (court_id) REFERENCES court(id),
  constraint issued_document_court_id_template_id_fkey FOREIGN KEY (court_id, template_id) REFERENCES document_template(court_id, id),
  constraint issued_document_pkey PRIMARY KEY (court_id, id)
);
CREATE UNIQUE INDEX document_number ON public.issued_document USING btree (court_id, form, number) WHERE (series IS NOT NULL);
CREATE INDEX document_of_bulk ON public.issued_document USING btree (court_id, bulk_job_id, issued_at, id) WHERE (bulk_job_id IS NOT NULL);
CREATE INDEX document_of_thing ON public.issued_document USING btree (court_id, thing_id, issued_at);
CREATE INDEX document_register ON public.issued_document USING btree (court_id, issued_at DESC, id);
CREATE UNIQUE INDEX document_serial ON public.issued_document USING btree (court_id, series, year, serial) WHERE (series IS NOT NULL);
alter table issued_document enable row level security;
alter table issued_document force row level security;
create policy own_courts on issued_document for all using (((court_id = ANY ((( SELECT NULLIF(current_setting('ecc.court_ids'::text, true), ''::text) AS "nullif"))::integer[])) OR (counterpart_court_id = ANY ((( SELECT NULLIF(current_setting('ecc.court_ids'::text, true), ''::text) AS "nullif"))::integer[])))) with check (((court_id = ANY ((( SELECT NULLIF(current_setting('ecc.court_ids'::text, true), ''::text) AS "nullif"))::integer[])) OR (counterpart_court_id = ANY ((( SELECT NULLIF(current_setting('ecc.court_ids'::text, true), ''::text) AS "nullif"))::integer[]))));
grant insert, select on issued_document to ecc_app;

create table matter_approval_deputy (
  case_id uuid,
  counterpart_court_id integer,
  court_id integer not null,
  from_on date,
  handler uuid,
  holder_id uuid,
  holder_name text,
  holder_team_id uuid,
  id uuid not null,
  number text not null,
  opened_at timestamp with time zone not null,
  opener_id uuid,
  opener_name text not null,
  parent_court_id integer,
  parent_id uuid,
  parent_kind text,
  reason text,
  state text not null,
  to_on date,
  version integer not null default 1,
  constraint known_state CHECK ((state = ANY (ARRAY['standing'::text, 'ended'::text]))),
  constraint matter_approval_deputy_counterpart_court_id_fkey FOREIGN KEY (counterpart_court_id) REFERENCES court(id),
  constraint matter_approval_deputy_court_id_fkey FOREIGN KEY (court_id) REFERENCES court(id),
  constraint named_handler FOREIGN KEY (court_id, handler) REFERENCES person(court_id, id),
  constraint named_holder_id FOREIGN KEY (court_id, holder_id) REFERENCES person(court_id, id),
  constraint named_holder_team_id FOREIGN KEY (court_id, holder_team_id) REFERENCES team(court_id, id),
  constraint named_opener_id FOREIGN KEY (court_id, opener_id) REFERENCES person(court_id, id),
  constraint matter_approval_deputy_pkey PRIMARY KEY (court_id, id),
  constraint matter_approval_deputy_court_id_number_key UNIQUE (court_id, number)
);
CREATE INDEX matter_approval_deputy_counterpart ON public.matter_approval_deputy USING btree (counterpart_court_id, opened_at DESC) WHERE (counterpart_court_id IS NOT NULL);
CREATE INDEX matter_approval_deputy_of_case ON public.matter_approval_deputy USING btree (case_id) WHERE (case_id IS NOT NULL);
CREATE INDEX matter_approval_deputy_open ON public.matter_approval_deputy USING btree (court_id, opened_at) WHERE (state <> 'ended'::text);
CREATE INDEX matter_approval_deputy_open_counterpart ON public.matter_approval_deputy USING btree (counterpart_court_id, opened_at) WHERE ((counterpart_court_id IS NOT NULL) AND (state <> 'ended'::text));
CREATE INDEX matter_approval_deputy_opened ON public.matter_approval_deputy USING btree (court_id, opened_at DESC, id);
CREATE INDEX matter_approval_deputy_parent ON public.matter_approval_deputy USING btree (parent_id) WHERE (parent_id IS NOT NULL);
CREATE TRIGGER state_moved AFTER UPDATE ON public.matter_approval_deputy FOR EACH ROW WHEN (((old.court_id IS DISTINCT FROM new.court_id) OR (old.state IS DISTINCT FROM new.state))) EXECUTE FUNCTION count_state_moved('approval-deputy');
CREATE TRIGGER states_added AFTER INSERT ON public.matter_approval_deputy REFERENCING NEW TABLE AS added FOR EACH STATEMENT EXECUTE FUNCTION count_states_added('approval-deputy');
CREATE TRIGGER states_removed AFTER DELETE ON public.matter_approval_deputy REFERENCING OLD TABLE AS removed FOR EACH STATEMENT EXECUTE FUNCTION count_states_removed('approval-deputy');
alter table matter_approval_deputy enable row level security;
alter table matter_approval_deputy force row level security;
create policy own_courts on matter_approval_deputy for all using (((court_id = ANY ((( SELECT NULLIF(current_setting('ecc.court_ids'::text, true), ''::text) AS "nullif"))::integer[])) OR (counterpart_court_id = ANY ((( SELECT NULLIF(current_setting('ecc.court_ids'::text, true), ''::text) AS "nullif"))::integer[])))) with check (((court_id = ANY ((( SELECT NULLIF(current_setting('ecc.court_ids'::text, true), ''::text) AS "nullif"))::integer[])) OR (counterpart_court_id = ANY ((( SELECT NULLIF(current_setting('ecc.court_ids'::text, true), ''::text) AS "nullif"))::integer[]))));
grant insert, select, update on matter_approval_deputy to ecc_app;

create table matter_asset_clue (
  answered_on date,
  asset_number text,
  case_id uuid,
  case_number text,
  counterpart_court_id integer,
  court_id integer not null,
  detail text,
  finding text,
  handler uuid,
  holder_id uuid,
  holder_name text,
  holder_team_id uuid,
  id uuid not null,
  number text not null,
  opened_at timestamp with time zone not null,
  opener_id uuid,
  opener_name text not null,
  outcome text,
  parent_court_id integer,
  parent_id uuid,
  parent_kind text,
  provider text,
  received_on date,
  source text,
  state text not null,
  urgent boolean,
  verified_on date,
  version integer not null default 1,
  constraint known_outcome CHECK ((outcome = ANY (ARRAY['属实'::text, '部分属实'::text, '不属实'::text, '无法核实'::text]))),
  constraint known_source CHECK ((source = ANY (ARRAY['申请执行人提供'::text, '被执行人报告'::text, '案外人举报'::text, '匿名举报'::text, '悬赏举报'::text, '执行中发现'::text, '其他法院移送'::text]))),
  constraint known_state CHECK ((state = ANY (ARRAY['received'::text, 'verified'::text, 'answered'::text]))),
  constraint matter_asset_clue_counterpart_court_id_fkey FOREIGN KEY (counterpart_court_id) REFERENCES court(id),
  constraint matter_asset_clue_court_id_fkey FOREIGN KEY (court_id) REFERENCES court(id),
  constraint named_handler FOREIGN KEY (court_id, handler) REFERENCES person(court_id, id),
  constraint named_holder_id FOREIGN KEY (court_id, holder_id) REFERENCES person(court_id, id),
  constraint named_holder_team_id FOREIGN KEY (court_id, holder_team_id) REFERENCES team(court_id, id),
  constraint named_opener_id FOREIGN KEY (court_id, opener_id) REFERENCES person(court_id, id),
  constraint matter_asset_clue_pkey PRIMARY KEY (court_id, id),
  constraint matter_asset_clue_court_id_number_key UNIQUE (court_id, number)
);
CREATE INDEX matter_asset_clue_counterpart ON public.matter_asset_clue USING btree (counterpart_court_id, opened_at DESC) WHERE (counterpart_court_id IS NOT NULL);
CREATE INDEX matter_asset_clue_of_case ON public.matter_asset_clue USING btree (case_id) WHERE (case_id IS NOT NULL);
CREATE INDEX matter_asset_clue_open ON public.matter_asset_clue USING btree (court_id, opened_at) WHERE (state <> 'answered'::text);
CREATE INDEX matter_asset_clue_open_counterpart ON public.matter_asset_clue USING btree (counterpart_court_id, opened_at) WHERE ((counterpart_court_id IS NOT NULL) AND (state <> 'answered'::text));
CREATE INDEX matter_asset_clue_opened ON public.matter_asset_clue USING btree (court_id, opened_at DESC, id);
CREATE INDEX matter_asset_clue_parent ON public.matter_asset_clue USING btree (parent_id) WHERE (parent_id IS NOT NULL);
CREATE TRIGGER state_moved AFTER UPDATE ON public.matter_asset_clue FOR EACH ROW WHEN (((old.court_id IS DISTINCT FROM new.court_id) OR (old.state IS DISTINCT FROM new.state))) EXECUTE FUNCTION count_state_moved('asset-clue');
CREATE TRIGGER states_added AFTER INSERT ON public.matter_asset_clue REFERENCING NEW TABLE AS added FOR EACH STATEMENT EXECUTE FUNCTION count_states_added('asset-clue');
CREATE TRIGGER states_removed AFTER DELETE ON public.matter_asset_clue REFERENCING OLD TABLE AS removed FOR EACH STATEMENT EXECUTE FUNCTION count_states_removed('asset-clue');
alter table matter_asset_clue enable row level security;
alter table matter_asset_clue force row level security;
create policy own_courts on matter_asset_clue for all using (((court_id = ANY ((( SELECT NULLIF(current_setting('ecc.court_ids'::text, true), ''::text) AS "nullif"))::integer[])) OR (counterpart_court_id = ANY ((( SELECT NULLIF(current_setting('ecc.court_ids'::text, true), ''::text) AS "nullif"))::integer[])))) with check (((court_id = ANY ((( SELECT NULLIF(current_setting('ecc.court_ids'::text, true), ''::text) AS "nullif"))::integer[])) OR (counterpart_court_id = ANY ((( SELECT NULLIF(current_setting('ecc.court_ids'::text, true), ''::text) AS "nullif"))::integer[]))));
grant insert, select, update on matter_asset_clue to ecc_app;

create table matter_filing_check (
  case_id uuid,
  case_number text,
  counterpart_court_id integer,
  court_id integer not null,
  holder_id uuid,
  holder_name text,
  holder_team_id uuid,
  id uuid not null,
  number text not null,
  opened_at timestamp with time zone not null,
  opener_id uuid,
  opener_name text not null,
  parent_court_id integer,
  parent_id uuid,
  parent_kind text,
  reasons text,
  reply text,
  returns integer,
  state text not null,
  version integer not null default 1,
  constraint known_state CHECK ((state = ANY (ARRAY['checking'::text, 'returned'::text, 'rechecking'::text, 'received'::text, 'withdrawn'::text]))),
  constraint matter_filing_check_counterpart_court_id_fkey FOREIGN KEY (counterpart_court_id) REFERENCES court(id),
  constraint matter_filing_check_court_id_fkey FOREIGN KEY (court_id) REFERENCES court(id),
  constraint named_holder_id FOREIGN KEY (court_id, holder_id) REFERENCES person(court_id, id),
  constraint named_holder_team_id FOREIGN KEY (court_id, holder_team_id) REFERENCES team(court_id, id),
  constraint named_opener_id FOREIGN KEY (court_id, opener_id) REFERENCES person(court_id, id),
  constraint matter_filing_check_pkey PRIMARY KEY (court_id, id),
  constraint matter_filing_check_court_id_number_key UNIQUE (court_id, number)
);
CREATE INDEX matter_filing_check_counterpart ON public.matter_filing_check USING btree (counterpart_court_id, opened_at DESC) WHERE (counterpart_court_id IS NOT NULL);
CREATE INDEX matter_filing_check_of_case ON public.matter_filing_check USING btree (case_id) WHERE (case_id IS NOT NULL);
CREATE INDEX matter_filing_check_open ON public.matter_filing_check USING btree (court_id, opened_at) WHERE (state <> ALL (ARRAY['received'::text, 'withdrawn'::text]));
CREATE INDEX matter_filing_check_open_counterpart ON public.matter_filing_check USING btree (counterpart_court_id, opened_at) WHERE ((counterpart_court_id IS NOT NULL) AND (state <> ALL (ARRAY['received'::text, 'withdrawn'::text])));
CREATE INDEX matter_filing_check_opened ON public.matter_filing_check USING btree (court_id, opened_at DESC, id);
CREATE INDEX matter_filing_check_parent ON public.matter_filing_check USING btree (parent_id) WHERE (parent_id IS NOT NULL);
CREATE UNIQUE INDEX matter_filing_check_single ON public.matter_filing_check USING btree (court_id, case_number) WHERE (state <> ALL (ARRAY['received'::text, 'withdrawn'::text]));
CREATE TRIGGER state_moved AFTER UPDATE ON public.matter_filing_check FOR EACH ROW WHEN (((old.court_id IS DISTINCT FROM new.court_id) OR (old.state IS DISTINCT FROM new.state))) EXECUTE FUNCTION count_state_moved('filing-check');
CREATE TRIGGER states_added AFTER INSERT ON public.matter_filing_check REFERENCING NEW TABLE AS added FOR EACH STATEMENT EXECUTE FUNCTION count_states_added('filing-check');
CREATE TRIGGER states_removed AFTER DELETE ON public.matter_filing_check REFERENCING OLD TABLE AS removed FOR EACH STATEMENT EXECUTE FUNCTION count_states_removed('filing-check');
alter table matter_filing_check enable row level security;
alter table matter_filing_check force row level security;
create policy own_courts on matter_filing_check for all using (((court_id = ANY ((( SELECT NULLIF(current_setting('ecc.court_ids'::text, true), ''::text) AS "nullif"))::integer[])) OR (counterpart_court_id = ANY ((( SELECT NULLIF(current_setting('ecc.court_ids'::text, true), ''::text) AS "nullif"))::integer[])))) with check (((court_id = ANY ((( SELECT NULLIF(current_setting('ecc.court_ids'::text, true), ''::text) AS "nullif"))::integer[])) OR (counterpart_court_id = ANY ((( SELECT NULLIF(current_setting('ecc.court_ids'::text, true), ''::text) AS "nullif"))::integer[]))));
grant insert, select, update on matter_filing_check to ecc_app;

create table matter_investigation_application (
  applicant text,
  applied_on date,
  case_id uuid,
  case_number text,
  counterpart_court_id integer,
  court_id integer not null,
  debtor text,
  decided_on date,
  ground text,
  handler uuid,
  holder_id uuid,
  holder_name text,
  holder_team_id uuid,
  id uuid not null,
  number text not null,
  opened_at timestamp with time zone not null,
  opener_id uuid,
  opener_name text not null,
  parent_court_id integer,
  parent_id uuid,
  parent_kind text,
  result text,
  reward text,
  state text not null,
  subject text,
  version integer not null default 1,
  constraint known_state CHECK ((state = ANY (ARRAY['drafted'::text, 'received'::text, 'mending'::text, 'granted'::text, 'carriedOut'::text, 'rejected'::text, 'withdrawn'::text]))),
  constraint known_subject CHECK ((subject = ANY (ARRAY['审计'::text, '悬赏公告'::text]))),
  constraint matter_investigation_application_counterpart_court_id_fkey FOREIGN KEY (counterpart_court_id) REFERENCES court(id),
  constraint matter_investigation_application_court_id_fkey FOREIGN KEY (court_id) REFERENCES court(id),
  constraint named_handler FOREIGN KEY (court_id, handler) REFERENCES person(court_id, id),
  constraint named_holder_id FOREIGN KEY (court_id, holder_id) REFERENCES person(court_id, id),
  constraint named_holder_team_id FOREIGN KEY (court_id, holder_team_id) REFERENCES team(court_id, id),
  constraint named_opener_id FOREIGN KEY (court_id, opener_id) REFERENCES person(court_id, id),
  constraint matter_investigation_application_pkey PRIMARY KEY (court_id, id),
  constraint matter_investigation_application_court_id_number_key UNIQUE (court_id, number)
);
CREATE INDEX matter_investigation_application_counterpart ON public.matter_investigation_application USING btree (counterpart_court_id, opened_at DESC) WHERE (counterpart_court_id IS NOT NULL);
CREATE INDEX matter_investigation_application_of_case ON public.matter_investigation_application USING btree (case_id) WHERE (case_id IS NOT NULL);
CREATE INDEX matter_investigation_application_open ON public.matter_investigation_application USING btree (court_id, opened_at) WHERE (state <> ALL (ARRAY['carriedOut'::text, 'rejected'::text, 'withdrawn'::text]));
CREATE INDEX matter_investigation_application_open_counterpart ON public.matter_investigation_application USING btree (counterpart_court_id, opened_at) WHERE ((counterpart_court_id IS NOT NULL) AND (state <> ALL (ARRAY['carriedOut'::text, 'rejected'::text, 'withdrawn'::text])));
CREATE INDEX matter_investigation_application_opened ON public.matter_investigation_application USING btree (court_id, opened_at DESC, id);
CREATE INDEX matter_investigation_application_parent ON public.matter_investigation_application USING btree (parent_id) WHERE (parent_id IS NOT NULL);
CREATE TRIGGER state_moved AFTER UPDATE ON public.matter_investigation_application FOR EACH ROW WHEN (((old.court_id IS DISTINCT FROM new.court_id) OR (old.state IS DISTINCT FROM new.state))) EXECUTE FUNCTION count_state_moved('investigation-application');
CREATE TRIGGER states_added AFTER INSERT ON public.matter_investigation_application REFERENCING NEW TABLE AS added FOR EACH STATEMENT EXECUTE FUNCTION count_states_added('investigation-application');
CREATE TRIGGER states_removed AFTER DELETE ON public.matter_investigation_application REFERENCING OLD TABLE AS removed FOR EACH STATEMENT EXECUTE FUNCTION count_states_removed('investigation-application');
alter table matter_investigation_application enable row level security;
alter table matter_investigation_application force row level security;
create policy own_courts on matter_investigation_application for all using (((court_id = ANY ((( SELECT NULLIF(current_setting('ecc.court_ids'::text, true), ''::text) AS "nullif"))::integer[])) OR (counterpart_court_id = ANY ((( SELECT NULLIF(current_setting('ecc.court_ids'::text, true), ''::text) AS "nullif"))::integer[])))) with check (((court_id = ANY ((( SELECT NULLIF(current_setting('ecc.court_ids'::text, true), ''::text) AS "nullif"))::integer[])) OR (counterpart_court_id = ANY ((( SELECT NULLIF(current_setting('ecc.court_ids'::text, true), ''::text) AS "nullif"))::integer[]))));
grant insert, select, update on matter_investigation_application to ecc_app;

create table matter_offline_inquiry (
  asset_number text,
  case_id uuid,
  case_number text,
  counterpart_court_id integer,
  court_id integer not null,
  debtor text,
  finish_by date,
  found text,
  handler uuid,
  holder_id uuid,
  holder_name text,
  holder_team_id uuid,
  id uuid not null,
  means text,
  number text not null,
  opened_at timestamp with time zone not null,
  opener_id uuid,
  opener_name text not null,
  parent_court_id integer,
  parent_id uuid,
  parent_kind text,
  people text,
  place text,
  requirement text,
  result text,
  state text not null,
  subject text,
  unit text,
  version integer not null default 1,
  visited_on date,
  constraint known_found CHECK ((found = ANY (ARRAY['发现财产'::text, '未发现财产'::text, '未能查明'::text]))),
  constraint known_means CHECK ((means = ANY (ARRAY['实地调查'::text, '当面询问'::text, '发函查询'::text]))),
  constraint known_state CHECK ((state = ANY (ARRAY['assigned'::text, 'reported'::text, 'returned'::text, 'completed'::text, 'cancelled'::text]))),
  constraint known_subject CHECK ((subject = ANY (ARRAY['住所地和财产所在地'::text, '住房公积金'::text, '理财产品'::text, '收益类保险'::text, '股息红利'::text, '工资收入'::text, '到期债权'::text, '股权'::text, '不动产'::text, '车辆'::text, '其他'::text]))),
  constraint matter_offline_inquiry_counterpart_court_id_fkey FOREIGN KEY (counterpart_court_id) REFERENCES court(id),
  constraint matter_offline_inquiry_court_id_fkey FOREIGN KEY (court_id) REFERENCES court(id),
  constraint named_handler FOREIGN KEY (court_id, handler) REFERENCES person(court_id, id),
  constraint named_holder_id FOREIGN KEY (court_id, holder_id) REFERENCES person(court_id, id),
  constraint named_holder_team_id FOREIGN KEY (court_id, holder_team_id) REFERENCES team(court_id, id),
  constraint named_opener_id FOREIGN KEY (court_id, opener_id) REFERENCES person(court_id, id),
  constraint matter_offline_inquiry_pkey PRIMARY KEY (court_id, id),
  constraint matter_offline_inquiry_court_id_number_key UNIQUE (court_id, number)
);
CREATE INDEX matter_offline_inquiry_counterpart ON public.matter_offline_inquiry USING btree (counterpart_court_id, opened_at DESC) WHERE (counterpart_court_id IS NOT NULL);
CREATE INDEX matter_offline_inquiry_of_case ON public.matter_offline_inquiry USING btree (case_id) WHERE (case_id IS NOT NULL);
CREATE INDEX matter_offline_inquiry_open ON public.matter_offline_inquiry USING btree (court_id, opened_at) WHERE (state <> ALL (ARRAY['completed'::text, 'cancelled'::text]));
CREATE INDEX matter_offline_inquiry_open_counterpart ON public.matter_offline_inquiry USING btree (counterpart_court_id, opened_at) WHERE ((counterpart_court_id IS NOT NULL) AND (state <> ALL (ARRAY['completed'::text, 'cancelled'::text])));
CREATE INDEX matter_offline_inquiry_opened ON public.matter_offline_inquiry USING btree (court_id, opened_at DESC, id);
CREATE INDEX matter_offline_inquiry_parent ON public.matter_offline_inquiry USING btree (parent_id) WHERE (parent_id IS NOT NULL);
CREATE TRIGGER state_moved AFTER UPDATE ON public.matter_offline_inquiry FOR EACH ROW WHEN (((old.court_id IS DISTINCT FROM new.court_id) OR (old.state IS DISTINCT FROM new.state))) EXECUTE FUNCTION count_state_moved('offline-inquiry');
CREATE TRIGGER states_added AFTER INSERT ON public.matter_offline_inquiry REFERENCING NEW TABLE AS added FOR EACH STATEMENT EXECUTE FUNCTION count_states_added('offline-inquiry');
CREATE TRIGGER states_removed AFTER DELETE ON public.matter_offline_inquiry REFERENCING OLD TABLE AS removed FOR EACH STATEMENT EXECUTE FUNCTION count_states_removed('offline-inquiry');
alter table matter_offline_inquiry enable row level security;
alter table matter_offline_inquiry force row level security;
create policy own_courts on matter_offline_inquiry for all using (((court_id = ANY ((( SELECT NULLIF(current_setting('ecc.court_ids'::text, true), ''::text) AS "nullif"))::integer[])) OR (counterpart_court_id = ANY ((( SELECT NULLIF(current_setting('ecc.court_ids'::text, true), ''::text) AS "nullif"))::integer[])))) with check (((court_id = ANY ((( SELECT NULLIF(current_setting('ecc.court_ids'::text, true), ''::text) AS "nullif"))::integer[])) OR (counterpart_court_id = ANY ((( SELECT NULLIF(current_setting('ecc.court_ids'::text, true), ''::text) AS "nullif"))::integer[]))));
grant insert, select, update on matter_offline_inquiry to ecc_app;

create table matter_related_proposal (
  case_id uuid,
  case_number text,
  chosen text,
  counterpart_court_id integer,
  court_id integer not null,
  designated text,
  ground text,
  holder_id uuid,
  holder_name text,
  holder_team_id uuid,
  id uuid not null,
  number text not null,
  opened_at timestamp with time zone not null,
  opener_id uuid,
  opener_name text not null,
  parent_court_id integer,
  parent_id uuid,
  parent_kind text,
  state text not null,
  version integer not null default 1,
  way text,
  constraint known_state CHECK ((state = ANY (ARRAY['verifying'::text, 'concentrated'::text, 'agreed'::text, 'moved'::text, 'withdrawn'::text]))),
  constraint known_way CHECK ((way = ANY (ARRAY['集中至本院同一团队'::text, '集中至同一法院'::text]))),
  constraint matter_related_proposal_counterpart_court_id_fkey FOREIGN KEY (counterpart_court_id) REFERENCES court(id),
  constraint matter_related_proposal_court_id_fkey FOREIGN KEY (court_id) REFERENCES court(id),
  constraint named_holder_id FOREIGN KEY (court_id, holder_id) REFERENCES person(court_id, id),
  constraint named_holder_team_id FOREIGN KEY (court_id, holder_team_id) REFERENCES team(court_id, id),
  constraint named_opener_id FOREIGN KEY (court_id, opener_id) REFERENCES person(court_id, id),
  constraint matter_related_proposal_pkey PRIMARY KEY (court_id, id),
  constraint matter_related_proposal_court_id_number_key UNIQUE (court_id, number)
);
CREATE INDEX matter_related_proposal_counterpart ON public.matter_related_proposal USING btree (counterpart_court_id, opened_at DESC) WHERE (counterpart_court_id IS NOT NULL);
CREATE INDEX matter_related_proposal_of_case ON public.matter_related_proposal USING btree (case_id) WHERE (case_id IS NOT NULL);
CREATE INDEX matter_related_proposal_open ON public.matter_related_proposal USING btree (court_id, opened_at) WHERE (state <> ALL (ARRAY['concentrated'::text, 'moved'::text, 'withdrawn'::text]));
CREATE INDEX matter_related_proposal_open_counterpart ON public.matter_related_proposal USING btree (counterpart_court_id, opened_at) WHERE ((counterpart_court_id IS NOT NULL) AND (state <> ALL (ARRAY['concentrated'::text, 'moved'::text, 'withdrawn'::text])));
CREATE INDEX matter_related_proposal_opened ON public.matter_related_proposal USING btree (court_id, opened_at DESC, id);
CREATE INDEX matter_related_proposal_parent ON public.matter_related_proposal USING btree (parent_id) WHERE (parent_id IS NOT NULL);
CREATE TRIGGER state_moved AFTER UPDATE ON public.matter_related_proposal FOR EACH ROW WHEN (((old.court_id IS DISTINCT FROM new.court_id) OR (old.state IS DISTINCT FROM new.state))) EXECUTE FUNCTION count_state_moved('related-proposal');
CREATE TRIGGER states_added AFTER INSERT ON public.matter_related_proposal REFERENCING NEW TABLE AS added FOR EACH STATEMENT EXECUTE FUNCTION count_states_added('related-proposal');
CREATE TRIGGER states_removed AFTER DELETE ON public.matter_related_proposal REFERENCING OLD TABLE AS removed FOR EACH STATEMENT EXECUTE FUNCTION count_states_removed('related-proposal');
alter table matter_related_proposal enable row level security;
alter table matter_related_proposal force row level security;
create policy own_courts on matter_related_proposal for all using (((court_id = ANY ((( SELECT NULLIF(current_setting('ecc.court_ids'::text, true), ''::text) AS "nullif"))::integer[])) OR (counterpart_court_id = ANY ((( SELECT NULLIF(current_setting('ecc.court_ids'::text, true), ''::text) AS "nullif"))::integer[])))) with check (((court_id = ANY ((( SELECT NULLIF(current_setting('ecc.court_ids'::text, true), ''::text) AS "nullif"))::integer[])) OR (counterpart_court_id = ANY ((( SELECT NULLIF(current_setting('ecc.court_ids'::text, true), ''::text) AS "nullif"))::integer[]))));
grant insert, select, update on matter_related_proposal to ecc_app;

create table matter_service_task (
  address text,
  case_id uuid,
  case_number text,
  counterpart_court_id integer,
  court_id integer not null,
  document uuid,
  document_number text,
  document_title text,
  handler uuid,
  holder_id uuid,
  holder_name text,
  holder_team_id uuid,
  id uuid not null,
  number text not null,
  opened_at timestamp with time zone not null,
  opener_id uuid,
  opener_name text not null,
  parent_court_id integer,
  parent_id uuid,
  parent_kind text,
  phone text,
  published_on date,
  receiver text,
  served_on date,
  side text,
  state text not null,
  version integer not null default 1,
  way text,
  constraint known_side CHECK ((side = ANY (ARRAY['申请执行人'::text, '被执行人'::text, '第三人'::text, '其他'::text]))),
  constraint known_state CHECK ((state = ANY (ARRAY['waiting'::text, 'sent'::text, 'failed'::text, 'announced'::text, 'served'::text, 'stopped'::text]))),
  constraint known_way CHECK ((way = ANY (ARRAY['直接送达'::text, '留置送达'::text, '电子送达'::text, '邮寄送达'::text, '委托送达'::text, '公告送达'::text]))),
  constraint matter_service_task_counterpart_court_id_fkey FOREIGN KEY (counterpart_court_id) REFERENCES court(id),
  constraint matter_service_task_court_id_fkey FOREIGN KEY (court_id) REFERENCES court(id),
  constraint named_document FOREIGN KEY (court_id, document) REFERENCES issued_document(court_id, id),
  constraint named_handler FOREIGN KEY (court_id, handler) REFERENCES person(court_id, id),
  constraint named_holder_id FOREIGN KEY (court_id, holder_id) REFERENCES person(court_id, id),
  constraint named_holder_team_id FOREIGN KEY (court_id, holder_team_id) REFERENCES team(court_id, id),
  constraint named_opener_id FOREIGN KEY (court_id, opener_id) REFERENCES person(court_id, id),
  constraint matter_service_task_pkey PRIMARY KEY (court_id, id),
  constraint matter_service_task_court_id_number_key UNIQUE (court_id, number)
);
CREATE INDEX matter_service_task_counterpart ON public.matter_service_task USING btree (counterpart_court_id, opened_at DESC) WHERE (counterpart_court_id IS NOT NULL);
CREATE INDEX matter_service_task_of_case ON public.matter_service_task USING btree (case_id) WHERE (case_id IS NOT NULL);
CREATE INDEX matter_service_task_open ON public.matter_service_task USING btree (court_id, opened_at) WHERE (state <> ALL (ARRAY['served'::text, 'stopped'::text]));
CREATE INDEX matter_service_task_open_counterpart ON public.matter_service_task USING btree (counterpart_court_id, opened_at) WHERE ((counterpart_court_id IS NOT NULL) AND (state <> ALL (ARRAY['served'::text, 'stopped'::text])));
CREATE INDEX matter_service_task_opened ON public.matter_service_task USING btree (court_id, opened_at DESC, id);
CREATE INDEX matter_service_task_parent ON public.matter_service_task USING btree (parent_id) WHERE (parent_id IS NOT NULL);
CREATE UNIQUE INDEX matter_service_task_single ON public.matter_service_task USING btree (court_id, document, receiver) WHERE (state <> ALL (ARRAY['served'::text, 'stopped'::text]));
CREATE TRIGGER state_moved AFTER UPDATE ON public.matter_service_task FOR EACH ROW WHEN (((old.court_id IS DISTINCT FROM new.court_id) OR (old.state IS DISTINCT FROM new.state))) EXECUTE FUNCTION count_state_moved('service-task');
CREATE TRIGGER states_added AFTER INSERT ON public.matter_service_task REFERENCING NEW TABLE AS added FOR EACH STATEMENT EXECUTE FUNCTION count_states_added('service-task');
CREATE TRIGGER states_removed AFTER DELETE ON public.matter_service_task REFERENCING OLD TABLE AS removed FOR EACH STATEMENT EXECUTE FUNCTION count_states_removed('service-task');
alter table matter_service_task enable row level security;
alter table matter_service_task force row level security;
create policy own_courts on matter_service_task for all using (((court_id = ANY ((( SELECT NULLIF(current_setting('ecc.court_ids'::text, true), ''::text) AS "nullif"))::integer[])) OR (counterpart_court_id = ANY ((( SELECT NULLIF(current_setting('ecc.court_ids'::text, true), ''::text) AS "nullif"))::integer[])))) with check (((court_id = ANY ((( SELECT NULLIF(current_setting('ecc.court_ids'::text, true), ''::text) AS "nullif"))::integer[])) OR (counterpart_court_id = ANY ((( SELECT NULLIF(current_setting('ecc.court_ids'::text, true), ''::text) AS "nullif"))::integer[]))));
grant insert, select, update on matter_service_task to ecc_app;

create table matter_special_party (
  amount_fen bigint,
  case_id uuid,
  case_number text,
  category text,
  cleared_fen bigint,
  cleared_on date,
  cleared_way text,
  counterpart_court_id integer,
  court_id integer not null,
  ground text,
  holder_id uuid,
  holder_name text,
  holder_team_id uuid,
  id uuid not null,
  left_on date,
  listed_on date,
  next_on date,
  number text not null,
  opened_at timestamp with time zone not null,
  opener_id uuid,
  opener_name text not null,
  paid_fen bigint,
  parent_court_id integer,
  parent_id uuid,
  parent_kind text,
  party text,
  progress text,
  state text not null,
  version integer not null default 1,
  constraint known_category CHECK ((category = ANY (ARRAY['党政机关'::text, '军队'::text, '国有企业'::text]))),
  constraint known_cleared_way CHECK ((cleared_way = ANY (ARRAY['全部履行'::text, '和解履行完毕'::text, '列入预算并已支付'::text, '以物抵债或者抵销'::text, '债权转让'::text, '撤回申请或者终结执行'::text, '其他'::text]))),
  constraint known_state CHECK ((state = ANY (ARRAY['proposed'::text, 'listed'::text, 'clearing'::text, 'refused'::text, 'cleared'::text, 'removed'::text]))),
  constraint matter_special_party_counterpart_court_id_fkey FOREIGN KEY (counterpart_court_id) REFERENCES court(id),
  constraint matter_special_party_court_id_fkey FOREIGN KEY (court_id) REFERENCES court(id),
  constraint named_holder_id FOREIGN KEY (court_id, holder_id) REFERENCES person(court_id, id),
  constraint named_holder_team_id FOREIGN KEY (court_id, holder_team_id) REFERENCES team(court_id, id),
  constraint named_opener_id FOREIGN KEY (court_id, opener_id) REFERENCES person(court_id, id),
  constraint matter_special_party_pkey PRIMARY KEY (court_id, id),
  constraint matter_special_party_court_id_number_key UNIQUE (court_id, number)
);
CREATE INDEX matter_special_party_counterpart ON public.matter_special_party USING btree (counterpart_court_id, opened_at DESC) WHERE (counterpart_court_id IS NOT NULL);
CREATE INDEX matter_special_party_of_case ON public.matter_special_party USING btree (case_id) WHERE (case_id IS NOT NULL);
CREATE INDEX matter_special_party_open ON public.matter_special_party USING btree (court_id, opened_at) WHERE (state <> ALL (ARRAY['refused'::text, 'cleared'::text, 'removed'::text]));
CREATE INDEX matter_special_party_open_counterpart ON public.matter_special_party USING btree (counterpart_court_id, opened_at) WHERE ((counterpart_court_id IS NOT NULL) AND (state <> ALL (ARRAY['refused'::text, 'cleared'::text, 'removed'::text])));
CREATE INDEX matter_special_party_opened ON public.matter_special_party USING btree (court_id, opened_at DESC, id);
CREATE INDEX matter_special_party_parent ON public.matter_special_party USING btree (parent_id) WHERE (parent_id IS NOT NULL);
CREATE TRIGGER state_moved AFTER UPDATE ON public.matter_special_party FOR EACH ROW WHEN (((old.court_id IS DISTINCT FROM new.court_id) OR (old.state IS DISTINCT FROM new.state))) EXECUTE FUNCTION count_state_moved('special-party');
CREATE TRIGGER states_added AFTER INSERT ON public.matter_special_party REFERENCING NEW TABLE AS added FOR EACH STATEMENT EXECUTE FUNCTION count_states_added('special-party');
CREATE TRIGGER states_removed AFTER DELETE ON public.matter_special_party REFERENCING OLD TABLE AS removed FOR EACH STATEMENT EXECUTE FUNCTION count_states_removed('special-party');
alter table matter_special_party enable row level security;
alter table matter_special_party force row level security;
create policy own_courts on matter_special_party for all using (((court_id = ANY ((( SELECT NULLIF(current_setting('ecc.court_ids'::text, true), ''::text) AS "nullif"))::integer[])) OR (counterpart_court_id = ANY ((( SELECT NULLIF(current_setting('ecc.court_ids'::text, true), ''::text) AS "nullif"))::integer[])))) with check (((court_id = ANY ((( SELECT NULLIF(current_setting('ecc.court_ids'::text, true), ''::text) AS "nullif"))::integer[])) OR (counterpart_court_id = ANY ((( SELECT NULLIF(current_setting('ecc.court_ids'::text, true), ''::text) AS "nullif"))::integer[]))));
grant insert, select, update on matter_special_party to ecc_app;

create table matter_special_report (
  case_id uuid,
  confirmed_by text,
  confirmed_on date,
  counterpart_court_id integer,
  court_id integer not null,
  holder_id uuid,
  holder_name text,
  holder_team_id uuid,
  id uuid not null,
  month_end_on date,
  number text not null,
  opened_at timestamp with time zone not null,
  opener_id uuid,
  opener_name text not null,
  parent_court_id integer,
  parent_id uuid,
  parent_kind text,
  remark text,
  state text not null,
  version integer not null default 1,
  constraint known_state CHECK ((state = ANY (ARRAY['collecting'::text, 'drafted'::text, 'submitted'::text, 'returned'::text, 'confirmed'::text]))),
  constraint matter_special_report_counterpart_court_id_fkey FOREIGN KEY (counterpart_court_id) REFERENCES court(id),
  constraint matter_special_report_court_id_fkey FOREIGN KEY (court_id) REFERENCES court(id),
  constraint named_holder_id FOREIGN KEY (court_id, holder_id) REFERENCES person(court_id, id),
  constraint named_holder_team_id FOREIGN KEY (court_id, holder_team_id) REFERENCES team(court_id, id),
  constraint named_opener_id FOREIGN KEY (court_id, opener_id) REFERENCES person(court_id, id),
  constraint matter_special_report_pkey PRIMARY KEY (court_id, id),
  constraint matter_special_report_court_id_number_key UNIQUE (court_id, number)
);
CREATE INDEX matter_special_report_counterpart ON public.matter_special_report USING btree (counterpart_court_id, opened_at DESC) WHERE (counterpart_court_id IS NOT NULL);
CREATE INDEX matter_special_report_of_case ON public.matter_special_report USING btree (case_id) WHERE (case_id IS NOT NULL);
CREATE INDEX matter_special_report_open ON public.matter_special_report USING btree (court_id, opened_at) WHERE (state <> 'confirmed'::text);
CREATE INDEX matter_special_report_open_counterpart ON public.matter_special_report USING btree (counterpart_court_id, opened_at) WHERE ((counterpart_court_id IS NOT NULL) AND (state <> 'confirmed'::text));
CREATE INDEX matter_special_report_opened ON public.matter_special_report USING btree (court_id, opened_at DESC, id);
CREATE INDEX matter_special_report_parent ON public.matter_special_report USING btree (parent_id) WHERE (parent_id IS NOT NULL);
CREATE TRIGGER state_moved AFTER UPDATE ON public.matter_special_report FOR EACH ROW WHEN (((old.court_id IS DISTINCT FROM new.court_id) OR (old.state IS DISTINCT FROM new.state))) EXECUTE FUNCTION count_state_moved('special-report');
CREATE TRIGGER states_added AFTER INSERT ON public.matter_special_report REFERENCING NEW TABLE AS added FOR EACH STATEMENT EXECUTE FUNCTION count_states_added('special-report');
CREATE TRIGGER states_removed AFTER DELETE ON public.matter_special_report REFERENCING OLD TABLE AS removed FOR EACH STATEMENT EXECUTE FUNCTION count_states_removed('special-report');
alter table matter_special_report enable row level security;
alter table matter_special_report force row level security;
create policy own_courts on matter_special_report for all using (((court_id = ANY ((( SELECT NULLIF(current_setting('ecc.court_ids'::text, true), ''::text) AS "nullif"))::integer[])) OR (counterpart_court_id = ANY ((( SELECT NULLIF(current_setting('ecc.court_ids'::text, true), ''::text) AS "nullif"))::integer[])))) with check (((court_id = ANY ((( SELECT NULLIF(current_setting('ecc.court_ids'::text, true), ''::text) AS "nullif"))::integer[])) OR (counterpart_court_id = ANY ((( SELECT NULLIF(current_setting('ecc.court_ids'::text, true), ''::text) AS "nullif"))::integer[]))));
grant insert, select, update on matter_special_report to ecc_app;

create table matter_supervision_order (
  answer_on date,
  case_id uuid,
  case_number text,
  counterpart_court_id integer,
  court_id integer not null,
  handler uuid,
  holder_id uuid,
  holder_name text,
  holder_team_id uuid,
  id uuid not null,
  node text,
  number text not null,
  opened_at timestamp with time zone not null,
  opener_id uuid,
  opener_name text not null,
  other_court text,
  parent_court_id integer,
  parent_id uuid,
  parent_kind text,
  reply text,
  requirement text,
  source text,
  state text not null,
  target text,
  team uuid,
  version integer not null default 1,
  constraint known_source CHECK ((source = ANY (ARRAY['节点超期'::text, '本院督办'::text, '上级督办'::text, '最高法院督办'::text, '信访'::text, '舆情'::text, '案款'::text, '终本'::text, '院长通道'::text]))),
  constraint known_state CHECK ((state = ANY (ARRAY['issued'::text, 'handling'::text, 'passedOn'::text, 'answered'::text, 'returned'::text, 'completed'::text, 'revoked'::text]))),
  constraint known_target CHECK ((target = ANY (ARRAY['承办人'::text, '团队'::text, '下级法院'::text]))),
  constraint matter_supervision_order_counterpart_court_id_fkey FOREIGN KEY (counterpart_court_id) REFERENCES court(id),
  constraint matter_supervision_order_court_id_fkey FOREIGN KEY (court_id) REFERENCES court(id),
  constraint named_handler FOREIGN KEY (court_id, handler) REFERENCES person(court_id, id),
  constraint named_holder_id FOREIGN KEY (court_id, holder_id) REFERENCES person(court_id, id),
  constraint named_holder_team_id FOREIGN KEY (court_id, holder_team_id) REFERENCES team(court_id, id),
  constraint named_opener_id FOREIGN KEY (court_id, opener_id) REFERENCES person(court_id, id),
  constraint named_team FOREIGN KEY (court_id, team) REFERENCES team(court_id, id),
  constraint matter_supervision_order_pkey PRIMARY KEY (court_id, id),
  constraint matter_supervision_order_court_id_number_key UNIQUE (court_id, number)
);
CREATE INDEX matter_supervision_order_counterpart ON public.matter_supervision_order USING btree (counterpart_court_id, opened_at DESC) WHERE (counterpart_court_id IS NOT NULL);
CREATE INDEX matter_supervision_order_of_case ON public.matter_supervision_order USING btree (case_id) WHERE (case_id IS NOT NULL);
CREATE INDEX matter_supervision_order_open ON public.matter_supervision_order USING btree (court_id, opened_at) WHERE (state <> ALL (ARRAY['completed'::text, 'revoked'::text]));
CREATE INDEX matter_supervision_order_open_counterpart ON public.matter_supervision_order USING btree (counterpart_court_id, opened_at) WHERE ((counterpart_court_id IS NOT NULL) AND (state <> ALL (ARRAY['completed'::text, 'revoked'::text])));
CREATE INDEX matter_supervision_order_opened ON public.matter_supervision_order USING btree (court_id, opened_at DESC, id);
CREATE INDEX matter_supervision_order_parent ON public.matter_supervision_order USING btree (parent_id) WHERE (parent_id IS NOT NULL);
CREATE TRIGGER state_moved AFTER UPDATE ON public.matter_supervision_order FOR EACH ROW WHEN (((old.court_id IS DISTINCT FROM new.court_id) OR (old.state IS DISTINCT FROM new.state))) EXECUTE FUNCTION count_state_moved('supervision-order');
CREATE TRIGGER states_added AFTER INSERT ON public.matter_supervision_order REFERENCING NEW TABLE AS added FOR EACH STATEMENT EXECUTE FUNCTION count_states_added('supervision-order');
CREATE TRIGGER states_removed AFTER DELETE ON public.matter_supervision_order REFERENCING OLD TABLE AS removed FOR EACH STATEMENT EXECUTE FUNCTION count_states_removed('supervision-order');
alter table matter_supervision_order enable row level security;
alter table matter_supervision_order force row level security;
create policy own_courts on matter_supervision_order for all using (((court_id = ANY ((( SELECT NULLIF(current_setting('ecc.court_ids'::text, true), ''::text) AS "nullif"))::integer[])) OR (counterpart_court_id = ANY ((( SELECT NULLIF(current_setting('ecc.court_ids'::text, true), ''::text) AS "nullif"))::integer[])))) with check (((court_id = ANY ((( SELECT NULLIF(current_setting('ecc.court_ids'::text, true), ''::text) AS "nullif"))::integer[])) OR (counterpart_court_id = ANY ((( SELECT NULLIF(current_setting('ecc.court_ids'::text, true), ''::text) AS "nullif"))::integer[]))));
grant insert, select, update on matter_supervision_order to ecc_app;

create table matter_task_order (
  case_id uuid,
  case_number text,
  counterpart_court_id integer,
  court_id integer not null,
  finish_on date,
  holder_id uuid,
  holder_name text,
  holder_team_id uuid,
  id uuid not null,
  number text not null,
  opened_at timestamp with time zone not null,
  opener_id uuid,
  opener_name text not null,
  parent_court_id integer,
  parent_id uuid,
  parent_kind text,
  requirement text,
  result text,
  state text not null,
  taker text,
  task text,
  team uuid,
  version integer not null default 1,
  constraint known_state CHECK ((state = ANY (ARRAY['given'::text, 'handling'::text, 'done'::text, 'fedBack'::text, 'returned'::text, 'completed'::text, 'withdrawn'::text]))),
  constraint known_task CHECK ((task = ANY (ARRAY['制作文书'::text, '送达'::text, '网络查询'::text, '线下查询调查'::text, '办理查封冻结'::text, '约谈接待'::text, '录入归档'::text, '其他事务'::text]))),
  constraint matter_task_order_counterpart_court_id_fkey FOREIGN KEY (counterpart_court_id) REFERENCES court(id),
  constraint matter_task_order_court_id_fkey FOREIGN KEY (court_id) REFERENCES court(id),
  constraint named_holder_id FOREIGN KEY (court_id, holder_id) REFERENCES person(court_id, id),
  constraint named_holder_team_id FOREIGN KEY (court_id, holder_team_id) REFERENCES team(court_id, id),
  constraint named_opener_id FOREIGN KEY (court_id, opener_id) REFERENCES person(court_id, id),
  constraint named_team FOREIGN KEY (court_id, team) REFERENCES team(court_id, id),
  constraint matter_task_order_pkey PRIMARY KEY (court_id, id),
  constraint matter_task_order_court_id_number_key UNIQUE (court_id, number)
);
CREATE INDEX matter_task_order_counterpart ON public.matter_task_order USING btree (counterpart_court_id, opened_at DESC) WHERE (counterpart_court_id IS NOT NULL);
CREATE INDEX matter_task_order_of_case ON public.matter_task_order USING btree (case_id) WHERE (case_id IS NOT NULL);
CREATE INDEX matter_task_order_open ON public.matter_task_order USING btree (court_id, opened_at) WHERE (state <> ALL (ARRAY['completed'::text, 'withdrawn'::text]));
CREATE INDEX matter_task_order_open_counterpart ON public.matter_task_order USING btree (counterpart_court_id, opened_at) WHERE ((counterpart_court_id IS NOT NULL) AND (state <> ALL (ARRAY['completed'::text, 'withdrawn'::text])));
CREATE INDEX matter_task_order_opened ON public.matter_task_order USING btree (court_id, opened_at DESC, id);
CREATE INDEX matter_task_order_parent ON public.matter_task_order USING btree (parent_id) WHERE (parent_id IS NOT NULL);
CREATE TRIGGER state_moved AFTER UPDATE ON public.matter_task_order FOR EACH ROW WHEN (((old.court_id IS DISTINCT FROM new.court_id) OR (old.state IS DISTINCT FROM new.state))) EXECUTE FUNCTION count_state_moved('task-order');
CREATE TRIGGER states_added AFTER INSERT ON public.matter_task_order REFERENCING NEW TABLE AS added FOR EACH STATEMENT EXECUTE FUNCTION count_states_added('task-order');
CREATE TRIGGER states_removed AFTER DELETE ON public.matter_task_order REFERENCING OLD TABLE AS removed FOR EACH STATEMENT EXECUTE FUNCTION count_states_removed('task-order');
alter table matter_task_order enable row level security;
alter table matter_task_order force row level security;
create policy own_courts on matter_task_order for all using (((court_id = ANY ((( SELECT NULLIF(current_setting('ecc.court_ids'::text, true), ''::text) AS "nullif"))::integer[])) OR (counterpart_court_id = ANY ((( SELECT NULLIF(current_setting('ecc.court_ids'::text, true), ''::text) AS "nullif"))::integer[])))) with check (((court_id = ANY ((( SELECT NULLIF(current_setting('ecc.court_ids'::text, true), ''::text) AS "nullif"))::integer[])) OR (counterpart_court_id = ANY ((( SELECT NULLIF(current_setting('ecc.court_ids'::text, true), ''::text) AS "nullif"))::integer[]))));
grant insert, select, update on matter_task_order to ecc_app;

create table node_order (
  clock_id uuid not null,
  court_id integer not null,
  due_on date not null,
  order_id uuid,
  raised_at timestamp with time zone not null,
  constraint node_order_court_id_clock_id_fkey FOREIGN KEY (court_id, clock_id) REFERENCES clock(court_id, id),
  constraint node_order_court_id_fkey FOREIGN KEY (court_id) REFERENCES court(id),
  constraint node_order_pkey PRIMARY KEY (court_id, clock_id, due_on)
);
alter table node_order enable row level security;
alter table node_order force row level security;
create policy own_courts on node_order for all using ((court_id = ANY ((( SELECT NULLIF(current_setting('ecc.court_ids'::text, true), ''::text) AS "nullif"))::integer[]))) with check ((court_id = ANY ((( SELECT NULLIF(current_setting('ecc.court_ids'::text, true), ''::text) AS "nullif"))::integer[])));
grant insert, select, update on node_order to ecc_app;

create table number_series (
  court_id integer not null,
  last integer not null,
  series text not null,
  year integer not null,
  constraint number_series_last_check CHECK ((last > 0)),
  constraint number_series_court_id_fkey FOREIGN KEY (court_id) REFERENCES court(id),
  constraint number_series_pkey PRIMARY KEY (court_id, series, year)
);
alter table number_series enable row level security;
alter table number_series force row level security;
create policy own_courts on number_series for all using ((court_id = ANY ((( SELECT NULLIF(current_setting('ecc.court_ids'::text, true), ''::text) AS "nullif"))::integer[]))) with check ((court_id = ANY ((( SELECT NULLIF(current_setting('ecc.court_ids'::text, true), ''::text) AS "nullif"))::integer[])));
grant insert, select, update on number_series to ecc_app;

create table open_load (
  case_kind text not null,
  court_id integer not null,
  n bigint not null,
  part bigint not null generated always as identity,
  person_id uuid not null,
  team_id uuid not null,
  constraint open_load_court_id_fkey FOREIGN KEY (court_id) REFERENCES court(id),
  constraint open_load_pkey PRIMARY KEY (court_id, person_id, team_id, case_kind, part)
);
alter table open_load enable row level security;
create policy own_courts on open_load for all using ((court_id = ANY ((( SELECT NULLIF(current_setting('ecc.court_ids'::text, true), ''::text) AS "nullif"))::integer[]))) with check ((court_id = ANY ((( SELECT NULLIF(current_setting('ecc.court_ids'::text, true), ''::text) AS "nullif"))::integer[])));
grant select on open_load to ecc_app;

create table outbox (
  at timestamp with time zone not null,
  body text not null,
  court_id integer not null,
  id bigint not null generated always as identity,
  kind text,
  thing_court_id integer,
  thing_id uuid,
  title text not null,
  to_person_id uuid,
  to_role text,
  to_team_id uuid,
  constraint outbox_check CHECK (((to_person_id IS NULL) <> (to_role IS NULL))),
  constraint outbox_court_id_fkey FOREIGN KEY (court_id) REFERENCES court(id),
  constraint outbox_to_person FOREIGN KEY (court_id, to_person_id) REFERENCES person(court_id, id),
  constraint outbox_to_team FOREIGN KEY (court_id, to_team_id) REFERENCES team(court_id, id),
  constraint outbox_pkey PRIMARY KEY (court_id, id)
);
CREATE INDEX outbox_person ON public.outbox USING btree (court_id, to_person_id, id);
CREATE INDEX outbox_role ON public.outbox USING btree (court_id, to_role, id);
alter table outbox enable row level security;
alter table outbox force row level security;
create policy put_anywhere on outbox for insert with check (true);
create policy read_own on outbox for select using ((court_id = ANY ((( SELECT NULLIF(current_setting('ecc.court_ids'::text, true), ''::text) AS "nullif"))::integer[])));
grant insert, select on outbox to ecc_app;

create table outbox_receipt (
  at timestamp with time zone not null,
  court_id integer not null,
  outbox_id bigint not null,
  person_id uuid not null,
  constraint outbox_receipt_court_id_fkey FOREIGN KEY (court_id) REFERENCES court(id),
  constraint outbox_receipt_court_id_outbox_id_fkey FOREIGN KEY (court_id, outbox_id) REFERENCES outbox(court_id, id),
  constraint outbox_receipt_person FOREIGN KEY (court_id, person_id) REFERENCES person(court_id, id),
  constraint outbox_receipt_pkey PRIMARY KEY (court_id, outbox_id, person_id)
);
alter table outbox_receipt enable row level security;
alter table outbox_receipt force row level security;
create policy own_courts on outbox_receipt for all using ((court_id = ANY ((( SELECT NULLIF(current_setting('ecc.court_ids'::text, true), ''::text) AS "nullif"))::integer[]))) with check ((court_id = ANY ((( SELECT NULLIF(current_setting('ecc.court_ids'::text, true), ''::text) AS "nullif"))::integer[])));
grant insert, select on outbox_receipt to ecc_app;

create table party_address (
  address text not null,
  case_id uuid not null,
  court_id integer not null,
  party text not null,
  phone text,
  recorded_at timestamp with time zone not null,
  recorded_name text not null,
  seq integer not null,
  source text not null,
  constraint party_address_address_check CHECK ((address <> ''::text)),
  constraint party_address_seq_check CHECK ((seq > 0)),
  constraint party_address_court_id_case_id_fkey FOREIGN KEY (court_id, case_id) REFERENCES enforcement_case(court_id, id),
  constraint party_address_pkey PRIMARY KEY (court_id, case_id, seq)
);
alter table party_address enable row level security;
alter table party_address force row level security;
create policy own_courts on party_address for all using ((court_id = ANY ((( SELECT NULLIF(current_setting('ecc.court_ids'::text, true), ''::text) AS "nullif"))::integer[]))) with check ((court_id = ANY ((( SELECT NULLIF(current_setting('ecc.court_ids'::text, true), ''::text) AS "nullif"))::integer[])));
grant insert, select on party_address to ecc_app;

create table person (
  court_id integer not null,
  id uuid not null,
  name text not null,
  natural_id uuid not null,
  constraint person_name_check CHECK (((name <> ''::text) AND (char_length(name) <= 100))),
  constraint person_court_id_fkey FOREIGN KEY (court_id) REFERENCES court(id),
  constraint person_pkey PRIMARY KEY (court_id, id)
);
CREATE INDEX person_natural ON public.person USING btree (natural_id);
CREATE TRIGGER natural_person BEFORE UPDATE OF natural_id ON public.person FOR EACH ROW EXECUTE FUNCTION guard_natural_person();
CREATE TRIGGER people_changed AFTER DELETE OR UPDATE ON public.person FOR EACH ROW EXECUTE FUNCTION count_people_change();
alter table person enable row level security;
create policy own_courts on person for all using ((court_id = ANY ((( SELECT NULLIF(current_setting('ecc.court_ids'::text, true), ''::text) AS "nullif"))::integer[]))) with check ((court_id = ANY ((( SELECT NULLIF(current_setting('ecc.court_ids'::text, true), ''::text) AS "nullif"))::integer[])));
grant insert, select on person to ecc_app;

create table post (
  court_id integer not null,
  from_on date not null,
  id uuid not null,
  person_id uuid not null,
  role text not null,
  team_id uuid,
  to_on date,
  constraint post_term CHECK (((to_on IS NULL) OR (to_on >= (from_on - 1)))),
  constraint post_court_id_fkey FOREIGN KEY (court_id) REFERENCES court(id),
  constraint post_court_id_person_id_fkey FOREIGN KEY (court_id, person_id) REFERENCES person(court_id, id),
  constraint post_court_id_team_id_fkey FOREIGN KEY (court_id, team_id) REFERENCES team(court_id, id),
  constraint post_pkey PRIMARY KEY (court_id, id)
);
CREATE INDEX post_person ON public.post USING btree (court_id, person_id);
CREATE INDEX post_role ON public.post USING btree (court_id, role);
CREATE TRIGGER people_changed AFTER INSERT OR DELETE OR UPDATE ON public.post FOR EACH ROW EXECUTE FUNCTION count_people_change();
CREATE TRIGGER three_administrators BEFORE INSERT OR UPDATE ON public.post FOR EACH ROW EXECUTE FUNCTION guard_three_administrators();
alter table post enable row level security;
create policy own_courts on post for all using ((court_id = ANY ((( SELECT NULLIF(current_setting('ecc.court_ids'::text, true), ''::text) AS "nullif"))::integer[]))) with check ((court_id = ANY ((( SELECT NULLIF(current_setting('ecc.court_ids'::text, true), ''::text) AS "nullif"))::integer[])));
grant insert, select, update on post to ecc_app;

create table recovery_code (
  account_id uuid not null,
  court_id integer not null,
  digest bytea not null,
  used_at timestamp with time zone,
  constraint recovery_code_court_id_account_id_fkey FOREIGN KEY (court_id, account_id) REFERENCES second_factor(court_id, account_id) ON DELETE CASCADE,
  constraint recovery_code_court_id_fkey FOREIGN KEY (court_id) REFERENCES court(id),
  constraint recovery_code_pkey PRIMARY KEY (court_id, account_id, digest)
);
alter table recovery_code enable row level security;
alter table recovery_code force row level security;
create policy own_courts on recovery_code for all using ((court_id = ANY ((( SELECT NULLIF(current_setting('ecc.court_ids'::text, true), ''::text) AS "nullif"))::integer[]))) with check ((court_id = ANY ((( SELECT NULLIF(current_setting('ecc.court_ids'::text, true), ''::text) AS "nullif"))::integer[])));
grant delete, insert, select, update on recovery_code to ecc_app;

create table related_case (
  case_court_id integer not null,
  case_id uuid not null,
  court_id integer not null,
  leads boolean not null,
  number text not null,
  party text,
  reasons text[] not null,
  round integer not null,
  score integer not null,
  standing boolean not null,
  thing_id uuid not null,
  constraint related_case_check CHECK ((leads = (cardinality(reasons) = 0))),
  constraint related_case_check1 CHECK (((case_court_id = court_id) OR (NOT leads))),
  constraint related_case_round_check CHECK ((round > 0)),
  constraint related_case_score_check CHECK (((score >= 0) AND (score <= 100))),
  constraint related_case_case_court_id_case_id_fkey FOREIGN KEY (case_court_id, case_id) REFERENCES enforcement_case(court_id, id),
  constraint related_case_case_court_id_fkey FOREIGN KEY (case_court_id) REFERENCES court(id),
  constraint related_case_court_id_fkey FOREIGN KEY (court_id) REFERENCES court(id),
  constraint related_case_pkey PRIMARY KEY (court_id, thing_id, round, case_court_id, case_id)
);
CREATE UNIQUE INDEX related_case_standing ON public.related_case USING btree (case_court_id, case_id) WHERE standing;
alter table related_case enable row level security;
alter table related_case force row level security;
create policy own_courts on related_case for all using ((court_id = ANY ((( SELECT NULLIF(current_setting('ecc.court_ids'::text, true), ''::text) AS "nullif"))::integer[]))) with check ((court_id = ANY ((( SELECT NULLIF(current_setting('ecc.court_ids'::text, true), ''::text) AS "nullif"))::integer[])));
grant insert, select, update on related_case to ecc_app;

create table restoration (
  at timestamp with time zone not null,
  backup_at timestamp with time zone not null,
  backup_digest text not null,
  id bigint not null generated always as identity,
  outbox_through bigint not null,
  constraint restoration_backup_digest_check CHECK ((backup_digest ~ '^[0-9a-f]{64}$'::text)),
  constraint restoration_pkey PRIMARY KEY (id)
);
grant select on restoration to ecc_app;

create table saved_view (
  columns text[] not null default '{}'::text[],
  court_id integer not null,
  id uuid not null,
  list text not null,
  name text not null,
  person_id uuid not null,
  query jsonb not null,
  constraint saved_view_list_check CHECK ((list ~ '^[a-z-]{2,40}$'::text)),
  constraint saved_view_name_check CHECK (((name <> ''::text) AND (char_length(name) <= 40))),
  constraint saved_view_court_id_fkey FOREIGN KEY (court_id) REFERENCES court(id),
  constraint saved_view_court_id_person_id_fkey FOREIGN KEY (court_id, person_id) REFERENCES person(court_id, id),
  constraint saved_view_pkey PRIMARY KEY (court_id, id),
  constraint saved_view_court_id_person_id_list_name_key UNIQUE (court_id, person_id, list, name)
);
alter table saved_view enable row level security;
alter table saved_view force row level security;
create policy own_courts on saved_view for all using ((court_id = ANY ((( SELECT NULLIF(current_setting('ecc.court_ids'::text, true), ''::text) AS "nullif"))::integer[]))) with check ((court_id = ANY ((( SELECT NULLIF(current_setting('ecc.court_ids'::text, true), ''::text) AS "nullif"))::integer[])));
grant delete, insert, select, update on saved_view to ecc_app;

create table schema_migration (
  at timestamp with time zone not null default now(),
  digest text not null,
  name text not null,
  constraint schema_migration_pkey PRIMARY KEY (name)
);

create table second_factor (
  account_id uuid not null,
  confirmed_at timestamp with time zone,
  court_id integer not null,
  next_secret bytea,
  secret bytea,
  used_step bigint not null default 0,
  constraint second_factor_check CHECK (((secret IS NULL) = (confirmed_at IS NULL))),
  constraint second_factor_court_id_account_id_fkey FOREIGN KEY (court_id, account_id) REFERENCES account(court_id, id),
  constraint second_factor_court_id_fkey FOREIGN KEY (court_id) REFERENCES court(id),
  constraint second_factor_pkey PRIMARY KEY (court_id, account_id)
);
CREATE TRIGGER people_changed AFTER INSERT OR DELETE OR UPDATE OF confirmed_at ON public.second_factor FOR EACH ROW EXECUTE FUNCTION count_people_change();
alter table second_factor enable row level security;
alter table second_factor force row level security;
create policy own_courts on second_factor for all using ((court_id = ANY ((( SELECT NULLIF(current_setting('ecc.court_ids'::text, true), ''::text) AS "nullif"))::integer[]))) with check ((court_id = ANY ((( SELECT NULLIF(current_setting('ecc.court_ids'::text, true), ''::text) AS "nullif"))::integer[])));
grant delete, insert, select, update on second_factor to ecc_app;

create table service_attempt (
  court_id integer not null,
  ended_on date,
  manner text,
  note text,
  outcome text,
  proofs uuid[] not null default '{}'::uuid[],
  recorded_at timestamp with time zone not null,
  recorded_name text not null,
  reference text,
  sent_on date,
  seq integer not null,
  servers text,
  source text,
  taken_by text,
  thing_id uuid not null,
  way text not null,
  witness text,
  constraint service_attempt_check CHECK ((((outcome IS NULL) = (ended_on IS NULL)) AND ((outcome IS NULL) = (manner IS NULL)))),
  constraint service_attempt_check1 CHECK (((outcome IS NOT NULL) OR (sent_on IS NOT NULL))),
  constraint service_attempt_check2 CHECK ((sent_on <= ended_on)),
  constraint service_attempt_outcome_check CHECK ((outcome = ANY (ARRAY['served'::text, 'failed'::text]))),
  constraint service_attempt_seq_check CHECK ((seq > 0)),
  constraint service_attempt_court_id_fkey FOREIGN KEY (court_id) REFERENCES court(id),
  constraint service_attempt_pkey PRIMARY KEY (court_id, thing_id, seq)
);
CREATE UNIQUE INDEX service_awaited ON public.service_attempt USING btree (court_id, thing_id) WHERE (outcome IS NULL);
alter table service_attempt enable row level security;
alter table service_attempt force row level security;
create policy own_courts on service_attempt for all using ((court_id = ANY ((( SELECT NULLIF(current_setting('ecc.court_ids'::text, true), ''::text) AS "nullif"))::integer[]))) with check ((court_id = ANY ((( SELECT NULLIF(current_setting('ecc.court_ids'::text, true), ''::text) AS "nullif"))::integer[])));
grant insert, select on service_attempt to ecc_app;

create table session (
  account_id uuid not null,
  court_id integer not null,
  digest bytea not null,
  ended_at timestamp with time zone,
  opened_at timestamp with time zone not null,
  proved_at timestamp with time zone,
  seen_at timestamp with time zone not null,
  constraint session_court_id_account_id_fkey FOREIGN KEY (court_id, account_id) REFERENCES account(court_id, id),
  constraint session_court_id_fkey FOREIGN KEY (court_id) REFERENCES court(id),
  constraint session_pkey PRIMARY KEY (court_id, digest)
);
CREATE INDEX session_account ON public.session USING btree (court_id, account_id) WHERE (ended_at IS NULL);
alter table session enable row level security;
alter table session force row level security;
create policy own_courts on session for all using ((court_id = ANY ((( SELECT NULLIF(current_setting('ecc.court_ids'::text, true), ''::text) AS "nullif"))::integer[]))) with check ((court_id = ANY ((( SELECT NULLIF(current_setting('ecc.court_ids'::text, true), ''::text) AS "nullif"))::integer[])));
grant insert, select, update on session to ecc_app;

create table special_party_ground (
  case_id uuid not null,
  category text not null,
  court_id integer not null,
  found_at timestamp with time zone not null,
  party text not null,
  rule text not null,
  constraint special_party_ground_party_check CHECK ((party <> ''::text)),
  constraint special_party_ground_court_id_case_id_fkey FOREIGN KEY (court_id, case_id) REFERENCES enforcement_case(court_id, id),
  constraint special_party_ground_court_id_fkey FOREIGN KEY (court_id) REFERENCES court(id),
  constraint special_party_ground_pkey PRIMARY KEY (court_id, case_id, rule, party)
);
alter table special_party_ground enable row level security;
alter table special_party_ground force row level security;
create policy own_courts on special_party_ground for all using ((court_id = ANY ((( SELECT NULLIF(current_setting('ecc.court_ids'::text, true), ''::text) AS "nullif"))::integer[]))) with check ((court_id = ANY ((( SELECT NULLIF(current_setting('ecc.court_ids'::text, true), ''::text) AS "nullif"))::integer[])));
grant insert, select on special_party_ground to ecc_app;

create table special_party_open (
  case_id uuid not null,
  category text not null,
  court_id integer not null,
  constraint special_party_open_court_id_case_id_fkey FOREIGN KEY (court_id, case_id) REFERENCES enforcement_case(court_id, id),
  constraint special_party_open_court_id_fkey FOREIGN KEY (court_id) REFERENCES court(id),
  constraint special_party_open_pkey PRIMARY KEY (court_id, case_id, category)
);
alter table special_party_open enable row level security;
alter table special_party_open force row level security;
create policy own_courts on special_party_open for all using ((court_id = ANY ((( SELECT NULLIF(current_setting('ecc.court_ids'::text, true), ''::text) AS "nullif"))::integer[]))) with check ((court_id = ANY ((( SELECT NULLIF(current_setting('ecc.court_ids'::text, true), ''::text) AS "nullif"))::integer[])));
grant delete, insert, select on special_party_open to ecc_app;

create table special_party_search (
  after_case uuid,
  after_court integer,
  begun_at timestamp with time zone not null,
  done_at timestamp with time zone,
  looked_at integer not null default 0,
  proposed integer not null default 0,
  rules text not null,
  constraint special_party_search_check CHECK (((after_court IS NULL) = (after_case IS NULL))),
  constraint special_party_search_pkey PRIMARY KEY (rules)
);
grant insert, select, update on special_party_search to ecc_app;

create table special_report_line (
  amount_fen bigint not null,
  case_id uuid not null,
  case_number text not null,
  category text not null,
  cleared_fen bigint not null,
  court_id integer not null,
  entry_id uuid not null,
  holder_name text,
  left_on date,
  listed_on date not null,
  number text not null,
  outcome text,
  party text not null,
  report_id uuid not null,
  was_open boolean not null,
  constraint special_report_line_amount_fen_check CHECK ((amount_fen >= 0)),
  constraint special_report_line_check CHECK (((outcome IS NULL) = (left_on IS NULL))),
  constraint special_report_line_cleared_fen_check CHECK ((cleared_fen >= 0)),
  constraint special_report_line_outcome_check CHECK ((outcome = ANY (ARRAY['cleared'::text, 'removed'::text]))),
  constraint special_report_line_court_id_case_id_fkey FOREIGN KEY (court_id, case_id) REFERENCES enforcement_case(court_id, id),
  constraint special_report_line_court_id_fkey FOREIGN KEY (court_id) REFERENCES court(id),
  constraint special_report_line_pkey PRIMARY KEY (court_id, report_id, entry_id)
);
CREATE TRIGGER keep_confirmed_report BEFORE INSERT OR DELETE OR UPDATE ON public.special_report_line FOR EACH ROW EXECUTE FUNCTION keep_confirmed_report();
alter table special_report_line enable row level security;
alter table special_report_line force row level security;
create policy own_courts on special_report_line for all using ((court_id = ANY ((( SELECT NULLIF(current_setting('ecc.court_ids'::text, true), ''::text) AS "nullif"))::integer[]))) with check ((court_id = ANY ((( SELECT NULLIF(current_setting('ecc.court_ids'::text, true), ''::text) AS "nullif"))::integer[])));
grant delete, insert, select on special_report_line to ecc_app;

create table special_report_month (
  court_id integer not null,
  month_end_on date not null,
  constraint special_report_month_month_end_on_check CHECK ((EXTRACT(day FROM (month_end_on + 1)) = (1)::numeric)),
  constraint special_report_month_court_id_fkey FOREIGN KEY (court_id) REFERENCES court(id),
  constraint special_report_month_pkey PRIMARY KEY (court_id, month_end_on)
);
alter table special_report_month enable row level security;
alter table special_report_month force row level security;
create policy own_courts on special_report_month for all using ((court_id = ANY ((( SELECT NULLIF(current_setting('ecc.court_ids'::text, true), ''::text) AS "nullif"))::integer[]))) with check ((court_id = ANY ((( SELECT NULLIF(current_setting('ecc.court_ids'::text, true), ''::text) AS "nullif"))::integer[])));
grant insert, select on special_report_month to ecc_app;

create table state_count (
  court_id integer not null,
  kind text not null,
  n bigint not null,
  part bigint not null generated always as identity,
  state text not null,
  constraint state_count_court_id_fkey FOREIGN KEY (court_id) REFERENCES court(id),
  constraint state_count_pkey PRIMARY KEY (court_id, kind, state, part)
);
alter table state_count enable row level security;
create policy own_courts on state_count for all using ((court_id = ANY ((( SELECT NULLIF(current_setting('ecc.court_ids'::text, true), ''::text) AS "nullif"))::integer[]))) with check ((court_id = ANY ((( SELECT NULLIF(current_setting('ecc.court_ids'::text, true), ''::text) AS "nullif"))::integer[])));
grant select on state_count to ecc_app;

create table team (
  court_id integer not null,
  id uuid not null,
  kind text not null,
  name text not null,
  constraint team_kind_check CHECK ((kind = ANY (ARRAY['fast'::text, 'ordinary'::text, 'special'::text, 'centralized-affairs'::text]))),
  constraint team_name_check CHECK ((name <> ''::text)),
  constraint team_court_id_fkey FOREIGN KEY (court_id) REFERENCES court(id),
  constraint team_pkey PRIMARY KEY (court_id, id),
  constraint team_court_id_name_key UNIQUE (court_id, name)
);
alter table team enable row level security;
alter table team force row level security;
create policy own_courts on team for all using ((court_id = ANY ((( SELECT NULLIF(current_setting('ecc.court_ids'::text, true), ''::text) AS "nullif"))::integer[]))) with check ((court_id = ANY ((( SELECT NULLIF(current_setting('ecc.court_ids'::text, true), ''::text) AS "nullif"))::integer[])));
grant insert, select, update on team to ecc_app;

-- add_to_open_load(court integer, team uuid, person uuid, kind text, difference bigint), callable by nobody else
CREATE OR REPLACE FUNCTION public.add_to_open_load(court integer, team uuid, person uuid, kind text, difference bigint)
 RETURNS void
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'public'
AS $function$
  declare
    nobody constant uuid := '00000000-0000-0000-0000-000000000000';
  begin
    update public.open_load set n = n + difference
    where (court_id, person_id, team_id, case_kind, part) = (
      select court_id, person_id, team_id, case_kind, part from public.open_load
      where court_id = court and person_id = coalesce(person, nobody)
        and team_id = coalesce(team, nobody) and case_kind = kind
      order by part limit 1 for update skip locked);
    if not found then
      insert into public.open_load (court_id, team_id, person_id, case_kind, n)
      values (court, coalesce(team, nobody), coalesce(person, nobody), kind, difference);
    end if;
  end $function$;

-- add_to_state_count(court integer, of_kind text, in_state text, difference bigint), callable by nobody else
CREATE OR REPLACE FUNCTION public.add_to_state_count(court integer, of_kind text, in_state text, difference bigint)
 RETURNS void
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'public'
AS $function$
  begin
    update public.state_count set n = n + difference
    where (court_id, kind, state, part) = (
      select court_id, kind, state, part from public.state_count
      where court_id = court and kind = of_kind and state = in_state
      order by part limit 1 for update skip locked);
    if not found then
      insert into public.state_count (court_id, kind, state, n) values (court, of_kind, in_state, difference);
    end if;
  end $function$;

-- basis_key(basis text), callable by public
CREATE OR REPLACE FUNCTION public.basis_key(basis text)
 RETURNS text
 LANGUAGE sql
 IMMUTABLE PARALLEL SAFE
RETURN regexp_replace(replace(COALESCE("substring"(translate(regexp_replace(NORMALIZE(basis, NFKC), '\s+'::text, ''::text, 'g'::text), '〔〕[]【】'::text, '()()()'::text), '\(\d{4}\)[^\d号()]\d{2,4}[^\d号()]+\d+号'::text), "substring"(translate(regexp_replace(NORMALIZE(basis, NFKC), '\s+'::text, ''::text, 'g'::text), '〔〕[]【】'::text, '()()()'::text), '^[^号]*\(\d{4}\)[^号]*\d+号'::text)), '第'::text, ''::text), '(\D)0+(\d+号)$'::text, '\1\2'::text);

-- birth_key(type text, number text), callable by public
CREATE OR REPLACE FUNCTION public.birth_key(type text, number text)
 RETURNS text
 LANGUAGE sql
 IMMUTABLE PARALLEL SAFE
RETURN CASE WHEN (type = '居民身份证'::text) THEN substr(number, 7, 8) WHEN (number ~ '^\d{15}$'::text) THEN ('19'::text || substr(number, 7, 6)) ELSE NULL::text END;

-- cases_of_basis(of_court integer, of_basis text), callable by ecc_app
CREATE OR REPLACE FUNCTION public.cases_of_basis(of_court integer, of_basis text)
 RETURNS TABLE(case_id uuid, number text, holder_id uuid)
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'public'
AS $function$
    with asked as materialized (
      select public.basis_key(of_basis) as key
      where of_court = any(nullif(current_setting('ecc.court_ids', true), '')::int[])
    )
    select c.id, c.number, c.holder_id from asked a
    join public.enforcement_case c
      on c.court_id = of_court and public.basis_key(c.basis_number) = a.key and c.basis_number is not null
    union
    select c.id, c.number, c.holder_id from asked a
    join public.enforcement_case c on c.court_id = of_court and c.number = translate(a.key, '()', '（）')
  $function$;

-- count_court_change(), callable by public
CREATE OR REPLACE FUNCTION public.count_court_change()
 RETURNS trigger
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'public'
AS $function$
  begin
    update public.court set people_version = people_version + 1
    where (tg_op <> 'DELETE' and id = any(new.line)) or (tg_op <> 'INSERT' and id = any(old.line));
    return null;
  end $function$;

-- count_demonstration_change(), callable by public
CREATE OR REPLACE FUNCTION public.count_demonstration_change()
 RETURNS trigger
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'public'
AS $function$
  begin
    update public.court set people_version = people_version + 1;
    return null;
  end $function$;

-- count_people_change(), callable by public
CREATE OR REPLACE FUNCTION public.count_people_change()
 RETURNS trigger
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'public'
AS $function$
  begin
    if tg_op <> 'INSERT' then
      update public.court set people_version = people_version + 1 where id = old.court_id;
    end if;
    if tg_op = 'INSERT' or (tg_op = 'UPDATE' and new.court_id <> old.court_id) then
      update public.court set people_version = people_version + 1 where id = new.court_id;
    end if;
    return null;
  end $function$;

-- count_state_moved(), callable by public
CREATE OR REPLACE FUNCTION public.count_state_moved()
 RETURNS trigger
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'public'
AS $function$
  begin
    perform public.add_to_state_count(old.court_id, tg_argv[0], old.state, -1);
    perform public.add_to_state_count(new.court_id, tg_argv[0], new.state, 1);
    return null;
  end $function$;

-- count_states(of_table text, of_kind text), callable by nobody else
CREATE OR REPLACE FUNCTION public.count_states(of_table text, of_kind text)
 RETURNS void
 LANGUAGE plpgsql
AS $function$
  begin
    execute format('create or replace trigger states_added after insert on %I referencing new table as added
      for each statement execute function count_states_added(%L)', of_table, of_kind);
    execute format('create or replace trigger states_removed after delete on %I referencing old table as removed
      for each statement execute function count_states_removed(%L)', of_table, of_kind);
    execute format('create or replace trigger state_moved after update on %I for each row
      when ((old.court_id, old.state) is distinct from (new.court_id, new.state))
      execute function count_state_moved(%L)', of_table, of_kind);
    -- the tables' guards hold for their owner too: from here on every court's rows are seen
    perform set_config('ecc.court_ids', coalesce((select array_agg(id)::text from court), '{}'), true);
    delete from state_count where kind = of_kind;
    execute format('insert into state_count (court_id, kind, state, n)
      select court_id, %L, state, count(*) from %I group by court_id, state', of_kind, of_table);
  end $function$;

-- count_states_added(), callable by public
CREATE OR REPLACE FUNCTION public.count_states_added()
 RETURNS trigger
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'public'
AS $function$
  begin
    perform public.add_to_state_count(court_id, tg_argv[0], state, count(*))
    from added group by court_id, state order by court_id, state;
    return null;
  end $function$;

-- count_states_removed(), callable by public
CREATE OR REPLACE FUNCTION public.count_states_removed()
 RETURNS trigger
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'public'
AS $function$
  begin
    perform public.add_to_state_count(court_id, tg_argv[0], state, -count(*))
    from removed group by court_id, state order by court_id, state;
    return null;
  end $function$;

-- court_of_username(wanted text), callable by public
CREATE OR REPLACE FUNCTION public.court_of_username(wanted text)
 RETURNS integer
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'public'
AS $function$ select court_id from public.account where username = wanted $function$;

-- filed_elsewhere(of_court integer, cases jsonb), callable by ecc_app
CREATE OR REPLACE FUNCTION public.filed_elsewhere(of_court integer, cases jsonb)
 RETURNS TABLE(case_id uuid, court_id integer, number text)
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'public'
 SET enable_seqscan TO 'off'
AS $function$
    with asked as materialized (
      select o.id, public.basis_key(o.basis_number) as basis, o.filed_on, public.name_set(o.creditor_names) as creditors,
        public.name_set(o.debtor_names) as debtors
      from jsonb_to_recordset(cases)
        as o(id uuid, basis_number text, filed_on date, creditor_names text, debtor_names text)
      where of_court = any(nullif(current_setting('ecc.court_ids', true), '')::int[])
    )
    select o.id, f.court_id, f.number
    from asked o
    cross join lateral (
      -- by the index of the basis first: of one basis there are few cases
      select c.* from public.enforcement_case c
      where public.basis_key(c.basis_number) = o.basis and c.basis_number is not null
      limit 200) f
    where f.case_kind = '首次执行' and f.court_id <> of_court
      -- ways of closing after which another court may enforce: 终结执行 is that of a case that was given to another court
      and coalesce(f.closing_way, '') not in ('销案', '驳回申请', '终结执行') and f.filed_on <= o.filed_on
      and public.name_set(f.creditor_names) = o.creditors and public.name_set(f.debtor_names) && o.debtors
    order by f.filed_on, f.number
  $function$;

-- guard_natural_person(), callable by public
CREATE OR REPLACE FUNCTION public.guard_natural_person()
 RETURNS trigger
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'public'
AS $function$
  begin
    perform pg_advisory_xact_lock(hashtextextended(new.natural_id::text, 0));
    if exists (
      select from public.post mine, public.post p
      join public.person h on h.court_id = p.court_id and h.id = p.person_id
      where mine.court_id = new.court_id and mine.person_id = new.id
        and h.natural_id = new.natural_id and (h.court_id, h.id) <> (new.court_id, new.id) and p.role <> mine.role
        and (p.role like 'administrator.%' or mine.role like 'administrator.%')
        and daterange(p.from_on, p.to_on + 1) && daterange(mine.from_on, mine.to_on + 1)
    ) then
      raise exception 'three administrators are three people without any other post'
        using errcode = 'check_violation', constraint = 'three_administrators', table = 'person';
    end if;
    return new;
  end $function$;

-- guard_table(name text, shared boolean, forced boolean), callable by nobody else
CREATE OR REPLACE FUNCTION public.guard_table(name text, shared boolean, forced boolean)
 RETURNS void
 LANGUAGE plpgsql
AS $function$
declare
  mine text := 'court_id = any((select nullif(current_setting(''ecc.court_ids'', true), ''''))::int[])';
begin
  if shared then
    mine := mine || ' or counterpart_' || mine;
  end if;
  execute format('alter table %I enable row level security', name);
  if forced then execute format('alter table %I force row level security', name); end if;
  execute format('create policy own_courts on %I using (%s) with check (%s)', name, mine, mine);
end $function$;

-- guard_three_administrators(), callable by public
CREATE OR REPLACE FUNCTION public.guard_three_administrators()
 RETURNS trigger
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'public'
AS $function$
  declare
    human uuid;
  begin
    select natural_id into human from public.person where court_id = new.court_id and id = new.person_id;
    -- two posts given at the same moment wait for each other
    perform pg_advisory_xact_lock(hashtextextended(human::text, 0));
    if exists (
      select from public.post p join public.person h on h.court_id = p.court_id and h.id = p.person_id
      where h.natural_id = human and (p.court_id, p.id) <> (new.court_id, new.id) and p.role <> new.role
        and (p.role like 'administrator.%' or new.role like 'administrator.%')
        and daterange(p.from_on, p.to_on + 1) && daterange(new.from_on, new.to_on + 1)
    ) then
      raise exception 'three administrators are three people without any other post'
        using errcode = 'check_violation', constraint = 'three_administrators', table = 'post';
    end if;
    return new;
  end $function$;

-- keep_confirmed_report(), callable by public
CREATE OR REPLACE FUNCTION public.keep_confirmed_report()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
declare
  line special_report_line := case when tg_op = 'DELETE' then old else new end;
begin
  if exists (select from matter_special_report
    where court_id = line.court_id and id = line.report_id and state = 'confirmed') then
    raise exception 'the figures of a confirmed month are frozen' using errcode = 'restrict_violation';
  end if;
  return line;
end $function$;

-- name_set(names text), callable by public
CREATE OR REPLACE FUNCTION public.name_set(names text)
 RETURNS text[]
 LANGUAGE sql
 IMMUTABLE PARALLEL SAFE
RETURN ARRAY(SELECT DISTINCT n.n FROM unnest(string_to_array(regexp_replace(name_set.names, '\s'::text, ''::text, 'g'::text), '、'::text)) n(n) WHERE (n.n <> ''::text) ORDER BY n.n);

-- open_load_added(), callable by public
CREATE OR REPLACE FUNCTION public.open_load_added()
 RETURNS trigger
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'public'
AS $function$
  begin
    perform public.add_to_open_load(court_id, holder_team_id, holder_id, case_kind, count(*))
    from added where state = 'handling'
    group by court_id, holder_team_id, holder_id, case_kind
    order by court_id, holder_team_id, holder_id, case_kind;
    return null;
  end $function$;

-- open_load_moved(), callable by public
CREATE OR REPLACE FUNCTION public.open_load_moved()
 RETURNS trigger
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'public'
AS $function$
  begin
    if old.state = 'handling' then
      perform public.add_to_open_load(old.court_id, old.holder_team_id, old.holder_id, old.case_kind, -1);
    end if;
    if new.state = 'handling' then
      perform public.add_to_open_load(new.court_id, new.holder_team_id, new.holder_id, new.case_kind, 1);
    end if;
    return null;
  end $function$;

-- open_load_removed(), callable by public
CREATE OR REPLACE FUNCTION public.open_load_removed()
 RETURNS trigger
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'public'
AS $function$
  begin
    perform public.add_to_open_load(court_id, holder_team_id, holder_id, case_kind, -count(*))
    from removed where state = 'handling'
    group by court_id, holder_team_id, holder_id, case_kind
    order by court_id, holder_team_id, holder_id, case_kind;
    return null;
  end $function$;

-- related_cases(of_court integer, of_case uuid, most integer), callable by ecc_app
CREATE OR REPLACE FUNCTION public.related_cases(of_court integer, of_case uuid, most integer)
 RETURNS TABLE(court_id integer, case_id uuid, number text, state text, party text, reason text)
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'public'
 SET enable_seqscan TO 'off'
AS $function$
    with asked as materialized (
      select c.court_id, c.id, public.basis_key(c.basis_number) as basis from public.enforcement_case c
      where c.court_id = of_court and c.id = of_case
        and c.court_id = any(nullif(current_setting('ecc.court_ids', true), '')::int[])
    ), debtor as materialized (
      select distinct p.plain_name, k.type, k.number, k.valid, public.birth_key(k.type, k.number) as birth
      from asked a
      join public.case_party p on p.court_id = a.court_id and p.case_id = a.id and p.side = 'debtor'
      join public.case_certificate k
        on k.court_id = p.court_id and k.case_id = p.case_id and k.party_seq = p.seq
    ), represented as materialized (
      select r.plain_name, r.number from asked a
      join public.case_legal_representative r on r.court_id = a.court_id and r.case_id = a.id
      where r.valid and r.type = '居民身份证' and exists (
        select from public.case_party p where p.court_id = r.court_id and p.case_id = r.case_id
          and p.plain_name = r.plain_name and p.side = 'debtor')
    ), found as (
      select f.* from debtor d cross join lateral (
        select k.court_id, k.case_id, k.party_seq, 'certificate' as reason from public.case_certificate k
        where k.number = d.number and k.type = d.type and k.valid limit 2000) f
      -- eighteen times the same digit passes the check and stands for no number at all
      where d.valid and d.type in ('居民身份证', '统一社会信用代码') and d.number !~ '^(.)\1*$'
      union all
      select f.* from debtor d cross join lateral (
        select k.court_id, k.case_id, k.party_seq,
          case when d.valid and k.valid then 'birth' else 'birth-faulty' end
        from (
          select k.court_id, k.case_id, k.party_seq, k.number, k.valid from public.case_certificate k
          where public.birth_key(k.type, k.number) = d.birth limit 5000) k
        join public.case_party p on p.court_id = k.court_id and p.case_id = k.case_id and p.seq = k.party_seq
        where p.plain_name = d.plain_name and not (k.number = d.number and k.valid)) f
      union all
      select f.* from asked a cross join lateral (
        select c.court_id, c.id, null::int, 'judgment' from public.enforcement_case c
        where public.basis_key(c.basis_number) = a.basis and c.basis_number is not null limit 2000) f
      union all
      select f.* from asked a
      join public.case_asset own on own.court_id = a.court_id and own.case_id = a.id
      cross join lateral (
        select s.court_id, s.case_id, null::int, 'asset' from public.case_asset s
        where s.key = own.key limit 2000) f
      union all
      -- another firm of the same person; the same firm is found by its code
      select f.* from represented r cross join lateral (
        select o.court_id, o.case_id, null::int, 'representative' from public.case_legal_representative o
        where o.number = r.number and o.valid and o.plain_name <> r.plain_name and exists (
          select from public.case_party p where p.court_id = o.court_id and p.case_id = o.case_id
            and p.plain_name = o.plain_name and p.side = 'debtor')
        limit 2000) f
    )
    select c.court_id, c.id, c.number, c.state, p.name, f.reason
    from (select distinct * from found) f
    join public.enforcement_case c on c.court_id = f.court_id and c.id = f.case_id
    left join public.case_party p on p.court_id = f.court_id and p.case_id = f.case_id and p.seq = f.party_seq
    where (c.court_id, c.id) <> (of_court, of_case) and (f.party_seq is null or p.side = 'debtor')
    order by (c.state in ('handling', 'suspended')) desc,
      array_position(array['certificate', 'judgment', 'asset', 'birth-faulty', 'birth', 'representative'], f.reason),
      c.filed_on desc, c.id
    limit most
  $function$;

-- search_initials(courts integer[], pattern text, most integer), callable by public
CREATE OR REPLACE FUNCTION public.search_initials(courts integer[], pattern text, most integer)
 RETURNS TABLE(court_id integer, case_id uuid)
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'public'
AS $function$
    select distinct p.court_id, p.case_id from public.case_party p
    where p.initials <> '' and p.initials like pattern
      and p.court_id = any(courts)
      and p.court_id = any(nullif(current_setting('ecc.court_ids', true), '')::int[])
    limit most
  $function$;

-- search_numbers(courts integer[], pattern text, most integer), callable by public
CREATE OR REPLACE FUNCTION public.search_numbers(courts integer[], pattern text, most integer)
 RETURNS TABLE(court_id integer, case_id uuid)
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'public'
AS $function$
    select c.court_id, c.id from public.enforcement_case c
    where (c.number || '') like pattern
      and c.court_id = any(courts)
      and c.court_id = any(nullif(current_setting('ecc.court_ids', true), '')::int[])
    limit most
  $function$;

-- search_parties(courts integer[], wanted text[], pattern text, most integer), callable by public
CREATE OR REPLACE FUNCTION public.search_parties(courts integer[], wanted text[], pattern text, most integer)
 RETURNS TABLE(court_id integer, case_id uuid)
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'public'
AS $function$
    select distinct p.court_id, p.case_id from public.case_party p
    where p.grams @> wanted and p.plain_name like pattern
      and p.court_id = any(courts)
      and p.court_id = any(nullif(current_setting('ecc.court_ids', true), '')::int[])
    limit most
  $function$;

-- sort_party_grams(), callable by ecc_app
CREATE OR REPLACE FUNCTION public.sort_party_grams()
 RETURNS bigint
 LANGUAGE sql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'public'
AS $function$ select gin_clean_pending_list('public.party_grams'::regclass) $function$;
