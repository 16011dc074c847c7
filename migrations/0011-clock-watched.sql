-- Whether a clock still speaks: not suspended, not ended with its case. One fact for lists, rungs and the next node.
alter table clock add column watched boolean not null default true;
