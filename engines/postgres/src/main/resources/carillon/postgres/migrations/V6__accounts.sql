-- Who signs in to the console, to which tenants they belong, and what they changed.

create table accounts (
  id uuid primary key,
  email varchar(254) not null unique,   -- in lower case
  password_hash varchar(200) not null,
  verified boolean not null,
  since timestamptz not null
);

create table console_sessions (
  id uuid primary key,
  account_id uuid not null references accounts on delete cascade,
  expires_at timestamptz not null
);
create index on console_sessions (account_id);
create index on console_sessions (expires_at);

-- One link of an account for each purpose; its token is kept nowhere.
create table mailed_links (
  digest char(64) primary key,
  account_id uuid not null references accounts on delete cascade,
  purpose varchar(6) not null check (purpose in ('VERIFY', 'RESET')),
  expires_at timestamptz not null,
  unique (account_id, purpose)
);

create table memberships (
  id uuid primary key,
  tenant_id uuid not null references tenants on delete cascade,
  account_id uuid not null references accounts on delete cascade,
  role varchar(10) not null check (role in ('OWNER', 'ADMIN', 'DEVELOPER', 'VIEWER')),
  since timestamptz not null,
  unique (tenant_id, account_id)
);
create index on memberships (account_id);

create view team_members as
  select m.id, m.tenant_id, t.name as tenant_name, m.account_id, a.email, m.role, m.since
  from memberships m
  join accounts a on a.id = m.account_id
  join tenants t on t.id = m.tenant_id;

create table invitations (
  id uuid primary key,
  tenant_id uuid not null references tenants on delete cascade,
  email varchar(254) not null,
  role varchar(10) not null check (role in ('OWNER', 'ADMIN', 'DEVELOPER', 'VIEWER')),
  digest char(64) not null unique,
  expires_at timestamptz not null,
  unique (tenant_id, email)
);

-- What members changed. It outlives the tenant and the account, so it refers to neither.
create table audit_log (
  id bigint generated always as identity primary key,
  tenant_id uuid not null,
  written_at timestamptz not null,
  account_id uuid not null,
  email varchar(254) not null,
  address varchar(64) not null,
  action varchar(40) not null,
  target varchar(200) not null,
  value_before text,   -- an object of strings as JSON
  value_after text
);
create index on audit_log (tenant_id, id desc);

create function refuse_change() returns trigger language plpgsql as $$
begin
  raise exception '% of % (expected: only ever appended to)', tg_op, tg_table_name;
end $$;

create trigger append_only before update or delete or truncate on audit_log
  for each statement execute function refuse_change();
