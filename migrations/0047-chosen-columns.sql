-- 清单列：which columns of a list a person sees, and in which order

create table chosen_columns (
  court_id int not null references court,
  person_id uuid not null,
  list text not null check (list ~ '^[a-z-]{2,40}$'),
  columns text[] not null check (cardinality(columns) between 1 and 60),
  primary key (court_id, person_id, list),
  foreign key (court_id, person_id) references person (court_id, id)
);
select guard_table('chosen_columns', false, true);
grant select, insert, update, delete on chosen_columns to ecc_app;
