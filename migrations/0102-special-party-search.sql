-- 特殊主体台账（意见第十九条）: rules that have changed are asked of the cases that are stored already, in the background.
-- Rules and a place to go on from, no court's data. One row for each set of rules that ever held.
create table special_party_search (
  -- digest of the rules
  rules text primary key,
  -- the last case that was looked at; cases are taken in the order of their key
  after_court int,
  after_case uuid,
  looked_at int not null default 0,
  proposed int not null default 0,
  begun_at timestamptz not null,
  done_at timestamptz,
  check ((after_court is null) = (after_case is null))
);
grant select, insert, update on special_party_search to ecc_app;
