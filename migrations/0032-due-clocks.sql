-- 工作台：the clocks that speak, by their day, with all that counting them asks for: what is due is counted in the index

drop index clock_watched;
create index clock_watched on clock (court_id, kind, due_on, id)
  include (thing_id, rule_id, backlog, counterpart_court_id) where watched;
