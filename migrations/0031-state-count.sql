-- 案件与事项数量：how many things of a kind stand in a state, court by court, kept as they change and never recounted.
-- The database keeps them itself, so that no way in (an act, an import, a statement by hand) can forget it.

-- One number may lie in several rows, whose sum it is: a writer takes whichever row nobody holds and makes another one
-- where all are held. So nobody waits for a number until another has committed, and no two writers block each other.
create table state_count (
  court_id int not null references court,
  kind text not null,
  state text not null,
  part bigint not null generated always as identity,
  n bigint not null,
  primary key (court_id, kind, state, part)
);
-- not forced: the trigger writes as the owner, and the application only reads
select guard_table('state_count', false, false);
grant select on state_count to ecc_app;

create function add_to_state_count(court int, of_kind text, in_state text, difference bigint) returns void
  language plpgsql security definer set search_path = pg_catalog, public
  as $$
  begin
    update public.state_count set n = n + difference
    where (court_id, kind, state, part) = (
      select court_id, kind, state, part from public.state_count
      where court_id = court and kind = of_kind and state = in_state
      order by part limit 1 for update skip locked);
    if not found then
      insert into public.state_count (court_id, kind, state, n) values (court, of_kind, in_state, difference);
    end if;
  end $$;
revoke execute on function add_to_state_count(int, text, text, bigint) from public;

-- Whole statements at once: an import or a COPY brings thousands of rows.
create function count_states_added() returns trigger
  language plpgsql security definer set search_path = pg_catalog, public
  as $$
  begin
    perform public.add_to_state_count(court_id, tg_argv[0], state, count(*))
    from added group by court_id, state order by court_id, state;
    return null;
  end $$;
create function count_states_removed() returns trigger
  language plpgsql security definer set search_path = pg_catalog, public
  as $$
  begin
    perform public.add_to_state_count(court_id, tg_argv[0], state, -count(*))
    from removed group by court_id, state order by court_id, state;
    return null;
  end $$;
create function count_state_moved() returns trigger
  language plpgsql security definer set search_path = pg_catalog, public
  as $$
  begin
    perform public.add_to_state_count(old.court_id, tg_argv[0], old.state, -1);
    perform public.add_to_state_count(new.court_id, tg_argv[0], new.state, 1);
    return null;
  end $$;

-- Has the states of a kind's table counted from here on, and what stands in it by now.
create function count_states(of_table text, of_kind text) returns void
  language plpgsql
  as $$
  begin
    execute format('create or replace trigger states_added after insert on %I referencing new table as added
      for each statement execute function count_states_added(%L)', of_table, of_kind);
    execute format('create or replace trigger states_removed after delete on %I referencing old table as removed
      for each statement execute function count_states_removed(%L)', of_table, of_kind);
    execute format('create or replace trigger state_moved after update on %I for each row
      when ((old.court_id, old.state) is distinct from (new.court_id, new.state))
      execute function count_state_moved(%L)', of_table, of_kind);
    -- the tables' guards hold for their owner too: from here on every court's rows are seen
    perform set_config('ecc.court_ids', coalesce((select array_agg(id)::text from court), '{}'), true);
    delete from state_count where kind = of_kind;
    execute format('insert into state_count (court_id, kind, state, n)
      select court_id, %L, state, count(*) from %I group by court_id, state', of_kind, of_table);
  end $$;
revoke execute on function count_states(text, text) from public;

select count_states('enforcement_case', 'case');
