-- 工作台：what came in as arrears has a list of its own; whoever walks what is due now must not pass over all of it first

drop index clock_watched;
create index clock_watched on clock (court_id, kind, backlog, due_on, id)
  include (thing_id, rule_id, counterpart_court_id) where watched;
