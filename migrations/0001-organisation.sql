-- 法院、人员、团队、岗位、账号、会话（意见第一、五、八、三十六条第七项）
-- Reference tables (court, calendar, rules) are small and read by every court; all others lead with court_id.

create extension if not exists pg_trgm;

create table court (
  id int primary key,
  code text not null unique,
  name text not null,
  level text not null check (level in ('supreme', 'high', 'intermediate', 'basic')),
  parent_id int references court,
  -- the court itself and all above it: "below X" is x = any(line)
  line int[] not null,
  code_checked boolean not null default false,
  check (line @> array[id])
);
create index court_line on court using gin (line);

create table person (
  court_id int not null references court,
  id uuid not null,
  -- the human being: two accounts of one human share it, so that nobody approves what he proposed
  natural_id uuid not null,
  name text not null check (name <> '' and char_length(name) <= 100),
  primary key (court_id, id)
);
create index person_natural on person (natural_id);

create table team (
  court_id int not null references court,
  id uuid not null,
  name text not null check (name <> ''),
  kind text not null check (kind in ('fast', 'ordinary', 'special', 'centralized-affairs')),
  primary key (court_id, id),
  unique (court_id, name)
);

create table post (
  court_id int not null references court,
  id uuid not null,
  person_id uuid not null,
  role text not null,
  team_id uuid,
  from_on date not null,
  to_on date,
  primary key (court_id, id),
  foreign key (court_id, person_id) references person (court_id, id),
  foreign key (court_id, team_id) references team (court_id, id),
  check (to_on is null or to_on >= from_on)
);
create index post_person on post (court_id, person_id);
create index post_role on post (court_id, role);

create table account (
  court_id int not null references court,
  id uuid not null,
  person_id uuid not null,
  username text not null unique check (username ~ '^[a-z0-9._-]{2,40}$'),
  password_hash text not null,
  state text not null default 'active' check (state in ('active', 'stopped')),
  failures int not null default 0,
  locked_until timestamptz,
  primary key (court_id, id),
  foreign key (court_id, person_id) references person (court_id, id)
);
create index account_person on account (court_id, person_id);

create table session (
  court_id int not null references court,
  digest bytea not null,
  account_id uuid not null,
  opened_at timestamptz not null,
  seen_at timestamptz not null,
  ended_at timestamptz,
  primary key (court_id, digest),
  foreign key (court_id, account_id) references account (court_id, id)
);
create index session_account on session (court_id, account_id) where ended_at is null;

-- Signing in happens before any scope is known: this function alone looks a username up, and tells only its court.
create function court_of_username(wanted text) returns int
  language sql stable security definer set search_path = pg_catalog, public
  as $$ select court_id from public.account where username = wanted $$;

create table demonstration (
  only_one boolean primary key default true check (only_one),
  started_at timestamptz not null,
  starts_at timestamptz not null
);
