-- 每一引用都带法院：a row can't name a person, team or account of another court, whoever writes it (row-level security
-- is not applied to the checks of foreign keys, so the court stands in each of them)

alter table idempotency add constraint idempotency_account
  foreign key (court_id, account_id) references account (court_id, id);
alter table outbox add constraint outbox_to_person
  foreign key (court_id, to_person_id) references person (court_id, id);
alter table outbox add constraint outbox_to_team
  foreign key (court_id, to_team_id) references team (court_id, id);
alter table outbox_receipt add constraint outbox_receipt_person
  foreign key (court_id, person_id) references person (court_id, id);
alter table enforcement_case add constraint enforcement_case_opener
  foreign key (court_id, opener_id) references person (court_id, id);
alter table import_run add constraint import_run_by
  foreign key (court_id, by_id) references person (court_id, id);
alter table act_log add constraint act_log_actor
  foreign key (actor_court_id, actor_id) references person (court_id, id);
alter table approval add constraint approval_proposer
  foreign key (proposer_court_id, proposer_id) references person (court_id, id);
alter table approval add constraint approval_decider
  foreign key (court_id, decider_id) references person (court_id, id);
