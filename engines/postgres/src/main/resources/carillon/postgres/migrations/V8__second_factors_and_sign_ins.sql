-- Second factors, what becomes of accounts, and who else says who somebody is.

-- An authenticator's secret; it is asked for once it is confirmed.
create table second_factors (
  account_id uuid primary key references accounts on delete cascade,
  sealed_secret bytea not null,
  confirmed_at timestamptz,
  last_step bigint not null   -- of the latest code that counted, as each counts once
);

create table recovery_codes (
  account_id uuid not null references second_factors on delete cascade,
  digest char(64) not null,
  primary key (account_id, digest)
);

-- Who has shown a password and not yet a code. No session, so that nothing takes it for one.
create table sign_in_challenges (
  digest char(64) primary key,
  account_id uuid not null references accounts on delete cascade,
  expires_at timestamptz not null,
  tries integer not null
);
create index on sign_in_challenges (account_id);
create index on sign_in_challenges (expires_at);

alter table console_sessions
  add column opened_at timestamptz not null default now(),
  add column address varchar(64) not null default 'unknown',
  add column browser varchar(200) not null default '';

-- What became of accounts. It outlives them, so it refers to none.
create table account_log (
  id bigint generated always as identity primary key,
  account_id uuid not null,
  written_at timestamptz not null,
  action varchar(40) not null,
  address varchar(64) not null,
  browser varchar(200) not null
);
create index on account_log (account_id, id desc);

create trigger append_only before update or delete or truncate on account_log
  for each statement execute function refuse_change();

-- Who a provider of identities says somebody is.
create table identities (
  issuer varchar(500) not null,
  subject varchar(255) not null,
  account_id uuid not null references accounts on delete cascade,
  since timestamptz not null,
  primary key (issuer, subject)
);
create index on identities (account_id);
