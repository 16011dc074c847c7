-- 异议复议规定第十一条: who enforced does not review. Cases of a court that rest on a basis however it is typed, and the
-- one whose own number is the basis: an objection to an act of enforcement names the case in which it was done.
-- basis_key is not leakproof, so that row security keeps it from its index: this function reads past it and applies the
-- scope itself, as related_cases does.
create function cases_of_basis(of_court int, of_basis text)
  returns table (case_id uuid, number text, holder_id uuid)
  language sql stable security definer set search_path = pg_catalog, public
  as $$
    with asked as materialized (
      select public.basis_key(of_basis) as key
      where of_court = any(nullif(current_setting('ecc.court_ids', true), '')::int[])
    )
    select c.id, c.number, c.holder_id from asked a
    join public.enforcement_case c
      on c.court_id = of_court and public.basis_key(c.basis_number) = a.key and c.basis_number is not null
    union
    select c.id, c.number, c.holder_id from asked a
    join public.enforcement_case c on c.court_id = of_court and c.number = translate(a.key, '()', '（）')
  $$;
revoke execute on function cases_of_basis(int, text) from public;
grant execute on function cases_of_basis(int, text) to ecc_app;
