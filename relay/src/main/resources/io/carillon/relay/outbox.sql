-- What is to be published, written in the transaction of the business data and taken out by the
-- relay. Safe to run again.
create table if not exists carillon_outbox (
  number bigint generated always as identity primary key,
  id uuid not null default gen_random_uuid(),   -- of the message, the same at each attempt
  channel text not null check (length(channel) between 1 and 200),
  name text not null check (length(name) between 1 and 200),
  data jsonb,
  created_at timestamptz not null default now(),
  failed_at timestamptz,   -- it was refused for good, and is not tried until this is null again
  problem text             -- why
);
create index if not exists carillon_outbox_heads on carillon_outbox (channel collate "C", number)
  where failed_at is null;

-- Publishes when the transaction commits, and not at all when it does not.
create or replace function carillon_publish(channel text, name text, data jsonb) returns uuid
language sql as $$
  insert into carillon_outbox (channel, name, data) values ($1, $2, $3) returning id
$$;

create or replace function carillon_outbox_wake() returns trigger language plpgsql as $$
begin
  perform pg_notify('carillon_outbox', '');
  return null;
end $$;

drop trigger if exists carillon_outbox_wake on carillon_outbox;
create trigger carillon_outbox_wake after insert on carillon_outbox
  for each statement execute function carillon_outbox_wake();
