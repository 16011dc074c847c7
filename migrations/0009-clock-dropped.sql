-- A clock that no longer exists: its start was corrected away, or the case closed before its limit. The row stays on record.
alter table clock add column dropped boolean not null default false;
