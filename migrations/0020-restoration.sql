-- 核验与恢复：a reader of the record who can write nothing, and what a restore has done (意见第三十四条)

-- roles belong to the cluster: another of its databases may have made it at this moment
do $$ begin
  create role ecc_verifier nologin;
exception when duplicate_object or unique_violation then null;
end $$;
do $$ begin
  if not pg_has_role(current_user, 'ecc_verifier', 'member') then grant ecc_verifier to current_user; end if;
end $$;
grant usage on schema public to ecc_verifier;
grant select on court, audit, audit_head to ecc_verifier;

-- One row for each restore. Messages up to `outbox_through` were written before it and may have gone out already: they
-- stay readable, and nothing sends them again.
create table restoration (
  id bigint generated always as identity primary key,
  at timestamptz not null,
  backup_at timestamptz not null,
  backup_digest text not null check (backup_digest ~ '^[0-9a-f]{64}$'),
  outbox_through bigint not null
);
grant select on restoration to ecc_app;
