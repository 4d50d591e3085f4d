-- What was published on archived channels, by day of acceptance (UTC), so that retention drops days.

alter table channel_rules add column history_days integer
  check (history_days between 1 and 365);

-- Since when an application's rules are what they are: only since then a channel was archived
-- without interruption.
alter table apps add column rules_since timestamptz;

create function note_rules_change() returns trigger language plpgsql as $$
begin
  -- now() is the transaction's, so that the first of many rows is the only one that writes
  update apps set rules_since = now()
    where id = coalesce(new.app_id, old.app_id) and rules_since is distinct from now();
  return null;
end $$;

create trigger rules_since after insert or update or delete on channel_rules
  for each row execute function note_rules_change();

-- Text that people choose is kept as bytes, as Postgres takes no NUL in text: one such message would
-- spoil the batch that it is in.
create table archive (
  day date not null,
  app_id varchar(64) collate "C" not null,
  channel text collate "C" not null,
  epoch bigint not null,
  log_offset bigint not null,
  accepted_at timestamptz not null,
  message_id bytea,
  event bytea not null,
  payload bytea not null,
  form smallint not null,   -- 0 text, 1 JSON, 2 binary
  sender smallint not null, -- 0 backend, 1 client
  connection bigint,        -- the client's, or the one that a backend left out
  user_id bytea,
  primary key (app_id, channel, epoch, log_offset, day)
) partition by range (day);

-- Not less than any epoch in the archive, nor than any epoch that a process was told to start from.
create table archive_epochs (
  one boolean primary key default true check (one),
  last bigint not null
);
insert into archive_epochs (last) values (0);

create function create_archive_day(of_day date) returns void language plpgsql as $$
begin
  perform pg_advisory_xact_lock(4702111234474983745);
  execute format('create table if not exists %I partition of archive for values from (%L) to (%L)',
    'archive_' || to_char(of_day, 'YYYYMMDD'), of_day, of_day + 1);
end $$;

create function drop_archive_days(before date) returns integer language plpgsql as $$
declare
  partition text;
  dropped integer := 0;
begin
  perform pg_advisory_xact_lock(4702111234474983745);
  -- a drop waits for whoever reads, and others wait behind it: rather try again later
  perform set_config('lock_timeout', '1s', true);
  for partition in
    select c.relname from pg_inherits i join pg_class c on c.oid = i.inhrelid
    where i.inhparent = 'archive'::regclass and c.relname ~ '^archive_[0-9]{8}$'
      and to_date(right(c.relname, 8), 'YYYYMMDD') < before
  loop
    execute format('drop table %I', partition);
    dropped := dropped + 1;
  end loop;
  return dropped;
end $$;
