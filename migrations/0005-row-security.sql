-- The second net under may(): a row is there only for its own court's scope, or, where a matter is shared, the counterpart's.

create function guard_table(name text, shared boolean, forced boolean) returns void language plpgsql as $$
declare
  mine text := 'court_id = any((select nullif(current_setting(''ecc.court_ids'', true), ''''))::int[])';
begin
  if shared then
    mine := mine || ' or counterpart_' || mine;
  end if;
  execute format('alter table %I enable row level security', name);
  if forced then execute format('alter table %I force row level security', name); end if;
  execute format('create policy own_courts on %I using (%s) with check (%s)', name, mine, mine);
end $$;

select guard_table(name, false, true) from unnest(array[
  'person', 'team', 'post', 'session', 'idempotency', 'number_series', 'outbox_receipt',
  'audit', 'audit_head', 'case_certificate', 'case_fact', 'import_run', 'clock_rung'
]) name;
select guard_table(name, true, true) from unnest(array[
  'act_log', 'approval', 'clock', 'clock_ledger', 'attachment'
]) name;
-- not forced: their definer functions (search, sign-in) run as the owner and apply the scope themselves
select guard_table(name, false, false) from unnest(array['enforcement_case', 'case_party', 'account']) name;

-- A message may be put into any court's box, and read only in its own.
alter table outbox enable row level security;
alter table outbox force row level security;
create policy read_own on outbox for select
  using (court_id = any((select nullif(current_setting('ecc.court_ids', true), ''))::int[]));
create policy put_anywhere on outbox for insert with check (true);

grant usage on schema public to ecc_app;
grant select on court, calendar_year, calendar_day, calendar_change, clock_rule, demonstration to ecc_app;
grant insert, update, delete on calendar_year, calendar_day to ecc_app;
grant insert on calendar_change, clock_rule to ecc_app;
grant select, insert, update on person, team, post, account, session, idempotency, approval, clock, number_series,
  audit_head, enforcement_case, import_run, clock_ledger to ecc_app;
-- append-only: no update, no delete
grant select, insert on act_log, clock_rung, attachment, outbox, outbox_receipt, audit, case_fact to ecc_app;
grant select, insert, update, delete on case_party, case_certificate to ecc_app;
revoke execute on function guard_table(text, boolean, boolean) from public;
