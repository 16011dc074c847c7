import { columnOf } from './field.ts'
import type { Kind } from './matter.ts'

// The typed table of a declared kind, as statements that can be applied again: a new field adds a column, nothing is
// dropped.

/** What makes and keeps the table of a kind, row security included; none for a kind with a table of its own. */
export function tableStatements(kind: Kind): string[] {
  if (kind.own) return []
  const table = `"${kind.table}"`
  const states = Object.keys(kind.states)
    .map((state) => `'${state}'`)
    .join(', ')
  const scope = `(select nullif(current_setting('ecc.court_ids', true), ''))::int[]`
  const mine = `court_id = any(${scope}) or counterpart_court_id = any(${scope})`
  return [
    `create table if not exists ${table} (
      court_id int not null references court,
      id uuid not null,
      number text not null,
      state text not null,
      version int not null default 1,
      opened_at timestamptz not null,
      opener_id uuid,
      opener_name text not null,
      counterpart_court_id int references court,
      holder_id uuid,
      holder_team_id uuid,
      holder_name text,
      parent_court_id int,
      parent_id uuid,
      parent_kind text,
      case_id uuid,
      primary key (court_id, id),
      unique (court_id, number)
    )`,
    ...Object.entries(kind.fields).map(
      ([name, field]) => `alter table ${table} add column if not exists "${columnOf(name)}" ${field.column}`,
    ),
    `alter table ${table} drop constraint if exists known_state`,
    `alter table ${table} add constraint known_state check (state in (${states}))`,
    ...Object.entries(kind.fields)
      .filter(([, field]) => field.options)
      .flatMap(([name, field]) => [
        `alter table ${table} drop constraint if exists "known_${columnOf(name)}"`,
        `alter table ${table} add constraint "known_${columnOf(name)}" check ("${columnOf(name)}" in (${(
          field.options ?? []
        )
          .map((option) => `'${option}'`)
          .join(', ')}))`,
      ]),
    ...references(kind),
    `create index if not exists "${kind.table}_opened" on ${table} (court_id, opened_at desc, id)`,
    `create index if not exists "${kind.table}_counterpart" on ${table} (counterpart_court_id, opened_at desc)
      where counterpart_court_id is not null`,
    `create index if not exists "${kind.table}_parent" on ${table} (parent_id) where parent_id is not null`,
    `drop index if exists "${kind.table}_case"`,
    `create index if not exists "${kind.table}_of_case" on ${table} (case_id) where case_id is not null`,
    // A new end of the kind makes another condition.
    `drop index if exists "${kind.table}_open", "${kind.table}_open_counterpart", "${kind.table}_single"`,
    `create index "${kind.table}_open" on ${table} (court_id, opened_at) where ${openCondition(kind)}`,
    ...(kind.single
      ? [
          `create unique index "${kind.table}_single" on ${table} (court_id, ${kind.single.map(quoted).join(', ')})
      where ${openCondition(kind)}`,
        ]
      : []),
    `create index "${kind.table}_open_counterpart" on ${table} (counterpart_court_id, opened_at)
      where counterpart_court_id is not null and ${openCondition(kind)}`,
    `alter table ${table} enable row level security`,
    `alter table ${table} force row level security`,
    `drop policy if exists own_courts on ${table}`,
    `create policy own_courts on ${table} using (${mine}) with check (${mine})`,
    `grant select, insert, update on ${table} to ecc_app`,
    `select count_states('${kind.table}', '${kind.id}')`,
  ]
}

const quoted = (name: string) => `"${columnOf(name)}"`

/** What is not ended, as the table's indexes say it. */
export function openCondition(kind: Pick<Kind, 'ends'>): string {
  return `state not in (${kind.ends.map((state) => `'${state}'`).join(', ')})`
}

/** Whom a thing names is of its own court: the court stands in each foreign key. */
function references(kind: Kind): string[] {
  const people = ['opener_id', 'holder_id', ...(kind.fields.handler?.type === 'person' ? ['handler'] : [])]
  const teams = ['holder_team_id', ...(kind.fields.team?.type === 'team' ? ['team'] : [])]
  const documents = Object.keys(kind.fields).filter((name) => kind.fields[name]?.type === 'document')
  const named = [
    ...documents.map((name) => [columnOf(name), 'issued_document'] as const),
    ...people.map((column) => [column, 'person'] as const),
    ...teams.map((column) => [column, 'team'] as const),
  ]
  return named.flatMap(([column, target]) => [
    `alter table "${kind.table}" drop constraint if exists "named_${column}"`,
    `alter table "${kind.table}" add constraint "named_${column}"
      foreign key (court_id, "${column}") references ${target} (court_id, id)`,
  ])
}
