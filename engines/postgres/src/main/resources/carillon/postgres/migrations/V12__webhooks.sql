-- Whom an application's tenant wants to be told what, what waits to be told, and what became of it.
-- Times are milliseconds since 1970, as the nodes' clocks have them.

create table webhooks (
  id uuid primary key,
  tenant_id uuid not null,
  app_id varchar(64) not null,
  label varchar(100) not null,
  url varchar(2000) not null,
  format varchar(8) not null check (format in ('PUSHER', 'CARILLON')),
  types varchar(24)[] not null,
  channel_prefix varchar(200) not null,
  batched boolean not null,
  paused boolean not null,
  sealed_secret bytea not null,
  since timestamptz not null,
  failures integer not null default 0,      -- calls that failed since the last one that did not
  closed_until bigint not null default 0,   -- nothing is sent before
  dropped bigint not null default 0,        -- events for which there was no room
  foreign key (tenant_id, app_id) references apps (tenant_id, id) on delete cascade
);
create index on webhooks (tenant_id, app_id);
create index on webhooks (app_id);

-- Grows with each change of what the nodes keep in memory of the endpoints. No sequence, as that
-- would show a change before it is committed.
create table webhook_versions (
  one boolean primary key default true check (one),
  version bigint not null
);
insert into webhook_versions (version) values (1);

create function note_webhook_change() returns trigger language plpgsql as $$
begin
  update webhook_versions set version = version + 1;
  return null;
end $$;

create trigger noted after insert or delete on webhooks
  for each statement execute function note_webhook_change();
create trigger noted_change
  after update of label, url, format, types, channel_prefix, batched, paused on webhooks
  for each statement execute function note_webhook_change();

-- The events of an endpoint and channel: their order, and who works on them.
create table webhook_queues (
  webhook_id uuid not null references webhooks on delete cascade,
  channel varchar(200) not null,
  last_sequence bigint not null,
  version bigint not null default 0,   -- grows when something is to be done that a worker may not know
  due_at bigint,                       -- null when nothing waits
  lease bigint,
  leased_until bigint not null default 0,
  failures integer not null default 0,
  failing_since bigint,
  used_at bigint not null,
  primary key (webhook_id, channel)
);
create index webhook_queues_due on webhook_queues (webhook_id, due_at) where due_at is not null;
create index webhook_queues_idle on webhook_queues (used_at) where due_at is null;

create table webhook_events (
  number bigint generated always as identity primary key,
  webhook_id uuid not null references webhooks on delete cascade,
  channel varchar(200) not null,
  sequence bigint not null,
  event_id varchar(64) not null,
  type varchar(24) not null,
  happened_at bigint not null,
  user_id varchar(200),
  name varchar(200),
  data bytea,          -- any text, also one that Postgres' text cannot hold
  socket_id varchar(32),
  state char(1) not null default 'W' check (state in ('W', 'D', 'X')),   -- waiting, delivered, dead
  attempts integer not null default 0,
  replays integer not null default 0,
  waiting_since bigint not null,
  settled_at bigint,
  unique (webhook_id, event_id)
);
create index webhook_events_waiting on webhook_events (webhook_id, channel, sequence)
  where state = 'W';
create index webhook_events_listed on webhook_events (webhook_id, number);
create index webhook_events_dead on webhook_events (webhook_id, number) where state = 'X';
create index webhook_events_settled on webhook_events (settled_at) where state <> 'W';

create table webhook_attempts (
  number bigint generated always as identity primary key,
  webhook_id uuid not null references webhooks on delete cascade,
  call_id varchar(64) not null,
  began_at bigint not null,
  millis integer not null,
  attempt integer not null,
  status integer not null,
  reply varchar(1024) not null,
  events bigint[] not null
);
create index on webhook_attempts (webhook_id, number);
create index on webhook_attempts (began_at);

-- Up to which movement an application's are told, and who is there as far as was told.
create table webhook_books (
  app_id varchar(64) primary key references apps on delete cascade,
  read_to bigint not null
);

create table webhook_presences (
  app_id varchar(64) not null references webhook_books on delete cascade,
  channel varchar(200) collate "C" not null,
  user_id varchar(200) collate "C" not null,   -- empty for the channel itself
  since bigint not null,
  ended_at bigint not null default 0,
  primary key (app_id, channel, user_id)
);
create index on webhook_presences (ended_at, app_id) where ended_at > 0;
