-- What may be done with a key: a line for each channel pattern, its operations by comma before it;
-- null for everything.
alter table api_keys add column capabilities text;

create or replace view key_listings as
  select k.id, k.tenant_id, k.app_id, k.label, k.created_at, k.replaces, k.closes_at,
    u.used_at, u.library, k.capabilities
  from api_keys k
  left join key_uses u on u.key_id = k.id;

-- What programs show in place of a session. The token itself is kept nowhere.
create table access_tokens (
  id uuid primary key,
  account_id uuid not null references accounts on delete cascade,
  digest char(64) not null unique,
  label varchar(100) not null,
  tenant_id uuid references tenants on delete cascade,   -- null for all tenants of the account
  ceiling varchar(10) not null check (ceiling in ('ADMIN', 'DEVELOPER', 'VIEWER')),
  since timestamptz not null,
  expires_at timestamptz not null,
  used_at timestamptz
);
create index on access_tokens (account_id);
create index on access_tokens (tenant_id);

-- The label of the access token with which it was done.
alter table audit_log add column token varchar(100);
