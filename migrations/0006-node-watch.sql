-- 节点超期 → 事项督办（意见第十七条）：one order for each clock, by the clockwork or from the list of old arrears

create table node_order (
  court_id int not null references court,
  clock_id uuid not null,
  raised_at timestamptz not null,
  order_id uuid,
  primary key (court_id, clock_id),
  foreign key (court_id, clock_id) references clock (court_id, id)
);
select guard_table('node_order', false, true);
grant select, insert, update on node_order to ecc_app;
