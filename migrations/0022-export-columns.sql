-- What the last export said of a case: where a later export says the same, what a person has changed since stands.
alter table enforcement_case add column export_columns jsonb;
