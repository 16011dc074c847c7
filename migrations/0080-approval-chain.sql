-- 审批链、审批代理：an approval goes from step to step; each natural person has a hand in it once.

alter table approval add column steps jsonb, add column step int not null default 1,
  add column approver_court_id int references court, add column personal boolean not null default false;
update approval set approver_court_id = court_id,
  steps = jsonb_build_array(jsonb_build_object('role', approver_role, 'courtId', court_id, 'personal', false));
alter table approval alter column steps set not null, alter column approver_court_id set not null,
  add check (step between 1 and jsonb_array_length(steps)),
  -- what stands beside for those who ask whose turn it is
  add check (steps -> (step - 1) ->> 'role' = approver_role
    and (steps -> (step - 1) ->> 'courtId')::int = approver_court_id
    and (steps -> (step - 1) ->> 'personal')::boolean = personal);
-- the last step may be decided in the court above
alter table approval drop constraint approval_decider, add column decider_court_id int references court;
update approval set decider_court_id = court_id where decider_id is not null;
alter table approval add constraint approval_decider
  foreign key (decider_court_id, decider_id) references person (court_id, id),
  add check ((decider_id is null) = (decider_court_id is null));
create index approval_waiting on approval (approver_court_id, approver_role, proposed_at, id) where state = 'pending';

-- Who had a hand in it: the proposer as number 0, then whoever decided a step.
create table approval_step (
  court_id int not null references court,
  counterpart_court_id int references court,
  approval_id uuid not null,
  step int not null check (step >= 0),
  person_court_id int not null references court,
  person_id uuid not null,
  natural_id uuid not null,
  name text not null,
  -- whose post was used by his deputy
  deputy_for text,
  at timestamptz not null,
  primary key (court_id, approval_id, step),
  constraint approval_step_once unique (court_id, approval_id, natural_id),
  foreign key (court_id, approval_id) references approval (court_id, id),
  foreign key (person_court_id, person_id) references person (court_id, id)
);
insert into approval_step (court_id, counterpart_court_id, approval_id, step, person_court_id, person_id, natural_id,
  name, at)
select court_id, counterpart_court_id, id, 0, proposer_court_id, proposer_id, proposer_natural_id, proposer_name,
  proposed_at
from approval
union all
select court_id, counterpart_court_id, id, 1, decider_court_id, decider_id, decider_natural_id, decider_name, decided_at
from approval where decider_id is not null;
select guard_table('approval_step', true, true);
grant select, insert on approval_step to ecc_app;

-- 审批代理: while it lasts the deputy decides what waits for the posts of the absent person.
create table deputy (
  court_id int not null references court,
  id uuid not null,
  person_id uuid not null,
  deputy_id uuid not null,
  from_on date not null,
  to_on date not null,
  ended_on date,
  primary key (court_id, id),
  foreign key (court_id, person_id) references person (court_id, id),
  foreign key (court_id, deputy_id) references person (court_id, id),
  check (person_id <> deputy_id),
  check (from_on <= to_on)
);
create index deputy_of on deputy (court_id, deputy_id, to_on);
create index deputy_person on deputy (court_id, person_id, to_on);
select guard_table('deputy', false, true);
grant select, insert, update on deputy to ecc_app;
create trigger people_changed after insert or update or delete on deputy
  for each row execute function count_people_change();
