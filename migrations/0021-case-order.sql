-- 案件清单按到期日、按状态：a page of a list is read in its order from an index, the undated cases last

drop index case_state_due;
create index case_state_due on enforcement_case (court_id, state, (coalesce(next_due_on, date '9999-12-31')), id);
create index case_due on enforcement_case (court_id, (coalesce(next_due_on, date '9999-12-31')), id);
-- the highest number in use of a series
create index case_serial on enforcement_case (court_id, type_code, filed_year, serial);
-- what is overdue or due soon: only the clocks that still speak
create index clock_watched on clock (court_id, kind, due_on) where watched and done_on is null;
create index case_to_correct on enforcement_case (court_id) where cardinality(to_correct) > 0;
