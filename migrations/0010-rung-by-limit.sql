-- A limit that moves (extension, resumption, a corrected date) is a new limit: its rungs and its order are counted anew.
alter table clock_rung add column due_on date not null;
alter table clock_rung drop constraint clock_rung_pkey;
alter table clock_rung add primary key (court_id, clock_id, rung, due_on);
alter table node_order add column due_on date not null;
alter table node_order drop constraint node_order_pkey;
alter table node_order add primary key (court_id, clock_id, due_on);
