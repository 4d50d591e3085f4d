-- A key may have a successor, and is removed at a time then.
alter table api_keys
  add column replaces varchar(64),
  add column closes_at timestamptz;
create index on api_keys (closes_at) where closes_at is not null;

-- When a key was used last, by one of the nodes, as far as it was written down.
create table key_uses (
  key_id varchar(64) primary key references api_keys on delete cascade,
  used_at timestamptz not null,
  library varchar(100)
);

create view key_listings as
  select k.id, k.tenant_id, k.app_id, k.label, k.created_at, k.replaces, k.closes_at,
    u.used_at, u.library
  from api_keys k
  left join key_uses u on u.key_id = k.id;
