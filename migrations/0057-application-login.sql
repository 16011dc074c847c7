-- 应用登录: the role under which the application logs in, made by the owner at the start. No grant: only the owner reads it.
-- Roles belong to the cluster and this row to the database: copies of a database share the role of the first.
create table application_login (
  is_single boolean primary key default true check (is_single),
  name text not null check (name ~ '^ecc_login_[0-9a-f]{16}$'),
  password text not null
);

-- 核验: from Postgres 16 on, who made a role is its member and still may not become it
do $$ begin
  set local role ecc_verifier;
  reset role;
exception when insufficient_privilege then
  grant ecc_verifier to current_user;
end $$;
