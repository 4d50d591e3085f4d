-- Who the applications are. Every row names its tenant, also where an application's id would do, so
-- that every statement can.

create table tenants (
  id uuid primary key,
  name varchar(100) not null,
  created_at timestamptz not null
);

create table apps (
  id varchar(64) primary key,
  tenant_id uuid not null references tenants on delete cascade,
  name varchar(100) not null,
  enabled boolean not null,
  client_events boolean not null,
  subscription_counts boolean not null,
  require_sign_in boolean not null,
  connections integer not null check (connections > 0),
  message_bytes integer not null check (message_bytes > 0),
  client_events_per_second integer not null check (client_events_per_second > 0),
  presence_members integer not null check (presence_members > 0),
  channels_per_connection integer not null check (channels_per_connection > 0),
  created_at timestamptz not null,
  unique (tenant_id, id)
);

create table api_keys (
  id varchar(64) primary key,
  tenant_id uuid not null,
  app_id varchar(64) not null,
  sealed_secret bytea not null,
  label varchar(100) not null,
  created_at timestamptz not null,
  foreign key (tenant_id, app_id) references apps (tenant_id, id) on delete cascade
);
create index on api_keys (tenant_id, app_id);
create index on api_keys (app_id);

create table channel_rules (
  id bigint generated always as identity primary key,
  tenant_id uuid not null,
  app_id varchar(64) not null,
  position integer not null,
  pattern varchar(200) not null,
  message_bytes integer check (message_bytes > 0),
  client_events boolean,
  hot_messages integer check (hot_messages between 0 and 100000),
  hot_seconds integer check (hot_seconds between 1 and 86400),
  check ((hot_messages is null) = (hot_seconds is null)),
  unique (app_id, position),
  foreign key (tenant_id, app_id) references apps (tenant_id, id) on delete cascade
);
create index on channel_rules (tenant_id, app_id);

-- A known text, sealed by the first start: another master key cannot open it.
create table master_key_check (
  one boolean primary key default true check (one),
  sealed bytea not null
);

-- The transaction that changes an application tells its id; the argument names the column.
create function tell_directory_change() returns trigger language plpgsql as $$
declare
  old_id text := case when tg_op = 'INSERT' then null else to_jsonb(old) ->> tg_argv[0] end;
  new_id text := case when tg_op = 'DELETE' then null else to_jsonb(new) ->> tg_argv[0] end;
begin
  perform pg_notify('carillon_directory', coalesce(new_id, old_id));
  if old_id <> new_id then
    perform pg_notify('carillon_directory', old_id);
  end if;
  return null;
end $$;

create trigger directory_change after insert or update or delete on apps
  for each row execute function tell_directory_change('id');
create trigger directory_change after insert or update or delete on api_keys
  for each row execute function tell_directory_change('app_id');
create trigger directory_change after insert or update or delete on channel_rules
  for each row execute function tell_directory_change('app_id');
