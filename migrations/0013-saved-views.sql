-- 常用筛选：a person's own filters and columns of a list, under a name

create table saved_view (
  court_id int not null references court,
  id uuid not null,
  person_id uuid not null,
  list text not null check (list ~ '^[a-z-]{2,40}$'),
  name text not null check (name <> '' and char_length(name) <= 40),
  query jsonb not null,
  columns text[] not null default '{}',
  primary key (court_id, id),
  unique (court_id, person_id, list, name),
  foreign key (court_id, person_id) references person (court_id, id)
);
select guard_table('saved_view', false, true);
grant select, insert, update, delete on saved_view to ecc_app;
