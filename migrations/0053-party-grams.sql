-- An import adds names by the thousand. Entries wait in a short list and are sorted in together, which costs a third of
-- sorting in each by itself. How long the list may get before whoever writes has to sort it in is a setting of the
-- connection (gin_pending_list_limit): short for requests, since every search reads the list; longer within an import,
-- which calls sort_party_grams() when it is done.
alter index party_grams set (fastupdate = on);

create function sort_party_grams() returns bigint
  language sql security definer set search_path = pg_catalog, public
  as $$ select gin_clean_pending_list('public.party_grams'::regclass) $$;
revoke execute on function sort_party_grams() from public;
grant execute on function sort_party_grams() to ecc_app;
