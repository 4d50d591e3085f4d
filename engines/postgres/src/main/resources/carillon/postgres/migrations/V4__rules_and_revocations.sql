-- One rule for each pattern: the most specific one counts, so they have no order.

delete from channel_rules later using channel_rules first
  where later.app_id = first.app_id and later.pattern = first.pattern
    and later.position > first.position;

alter table channel_rules
  drop column position,
  add column publish_by varchar(10) check (publish_by in ('clients', 'tokens', 'server')),
  add column subscribe_by varchar(10) check (subscribe_by in ('clients', 'tokens', 'server')),
  add column presence_by varchar(10) check (presence_by in ('clients', 'tokens', 'server')),
  add column events text, -- one a line, as no name has a line's end in it
  add column schema text,
  add unique (app_id, pattern);

-- Which client tokens were revoked, as long as such a token may live. What people choose is kept as
-- bytes, as in the archive.
create table token_revocations (
  id bigint generated always as identity primary key,
  tenant_id uuid not null,
  app_id varchar(64) not null,
  kind varchar(6) not null check (kind in ('token', 'client', 'key')),
  fits bytea not null,
  issued_before bigint not null,      -- seconds since 1970
  revoked_at timestamptz not null,    -- by the clock of the node that decided it
  kept_at timestamptz not null,       -- by the clock of the database
  unique (app_id, kind, fits),
  foreign key (tenant_id, app_id) references apps (tenant_id, id) on delete cascade
);
create index on token_revocations (kept_at);
create index on token_revocations (revoked_at);
create index on token_revocations (tenant_id, app_id);

create function tell_revocation() returns trigger language plpgsql as $$
begin
  perform pg_notify('carillon_revocations', '');
  return null;
end $$;

create trigger revocation after insert or update on token_revocations
  for each statement execute function tell_revocation();
