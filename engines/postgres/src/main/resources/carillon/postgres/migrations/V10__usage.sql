-- What applications used: by minute as each source counted it, and added up. It outlives the
-- application and its keys, as it may have to be paid for.

create table usage_minutes (
  tenant_id uuid not null,
  app_id varchar(64) collate "C" not null,
  key_id varchar(64) collate "C" not null,   -- '-' where no key was shown
  begins_at timestamptz not null,
  source varchar(40) collate "C" not null,   -- the life of a process, or of a log that counts
  messages bigint not null,
  bytes_in bigint not null,
  deliveries bigint not null,
  bytes_out bigint not null,
  connection_millis bigint not null,
  peak_connections integer not null,
  written_at timestamptz not null,
  primary key (app_id, begins_at, key_id, source)
);
create index on usage_minutes (tenant_id, begins_at);
create index on usage_minutes (source);
create index on usage_minutes (written_at);

create table usage_hours (
  tenant_id uuid not null,
  app_id varchar(64) collate "C" not null,
  key_id varchar(64) collate "C" not null,
  begins_at timestamptz not null,
  messages bigint not null,
  bytes_in bigint not null,
  deliveries bigint not null,
  bytes_out bigint not null,
  connection_millis bigint not null,
  peak_connections integer not null,
  primary key (app_id, begins_at, key_id)
);
create index on usage_hours (tenant_id, begins_at);

create table usage_days (like usage_hours including all);

-- Up to when what was written is added up.
create table usage_rolled_up (
  one boolean primary key default true check (one),
  written_to timestamptz not null
);
insert into usage_rolled_up (written_to) values ('-infinity');

-- Replaces what the source said of the minute before; a smaller figure is older.
create function write_usage(
  apps text[], keys text[], minutes bigint[], sources text[], messages bigint[], bytes_in bigint[],
  deliveries bigint[], bytes_out bigint[], connection_millis bigint[], peaks integer[])
returns void language sql as $$
  insert into usage_minutes as known
  select a.tenant_id, u.app, u.key, to_timestamp(u.minute * 60), u.source, u.messages, u.bytes_in,
    u.deliveries, u.bytes_out, u.connection_millis, u.peak, clock_timestamp()
  from unnest(apps, keys, minutes, sources, messages, bytes_in, deliveries, bytes_out,
      connection_millis, peaks)
    as u(app, key, minute, source, messages, bytes_in, deliveries, bytes_out, connection_millis,
      peak)
  join apps a on a.id = u.app
  -- always in one order, so that processes that write the same rows wait for each other
  order by u.app, u.minute, u.key, u.source
  on conflict (app_id, begins_at, key_id, source) do update set
    messages = greatest(known.messages, excluded.messages),
    bytes_in = greatest(known.bytes_in, excluded.bytes_in),
    deliveries = greatest(known.deliveries, excluded.deliveries),
    bytes_out = greatest(known.bytes_out, excluded.bytes_out),
    connection_millis = greatest(known.connection_millis, excluded.connection_millis),
    peak_connections = greatest(known.peak_connections, excluded.peak_connections),
    written_at = excluded.written_at
  where (known.messages, known.bytes_in, known.deliveries, known.bytes_out,
      known.connection_millis, known.peak_connections)
    is distinct from (excluded.messages, excluded.bytes_in, excluded.deliveries,
      excluded.bytes_out, excluded.connection_millis, excluded.peak_connections);
$$;

-- Adds up anew every hour, and every day, of which something was written since the last time.
create function roll_up_usage(minutes_days integer, hours_days integer)
returns boolean language plpgsql as $$
declare
  since timestamptz;
  until timestamptz := clock_timestamp();
  -- of older hours the first minutes may be gone
  complete_from timestamptz := until - make_interval(days => minutes_days) + interval '1 hour';
begin
  if not pg_try_advisory_xact_lock(4702111234474983746) then
    return false;
  end if;
  -- who wrote before may commit after; no transaction lasts as long as this
  select written_to - interval '1 minute' into since from usage_rolled_up;

  insert into usage_hours
  select tenant_id, app_id, key_id, hour, sum(messages), sum(bytes_in), sum(deliveries),
    sum(bytes_out), sum(connection_millis), max(peak)
  from (
    select m.tenant_id, m.app_id, m.key_id, d.begins_at as hour, sum(m.messages) as messages,
      sum(m.bytes_in) as bytes_in, sum(m.deliveries) as deliveries, sum(m.bytes_out) as bytes_out,
      sum(m.connection_millis) as connection_millis, sum(m.peak_connections) as peak
    from (select distinct app_id, date_trunc('hour', begins_at, 'UTC') as begins_at from usage_minutes
      where written_at >= since and begins_at > complete_from) as d
    join usage_minutes m on m.app_id = d.app_id and m.begins_at >= d.begins_at
      and m.begins_at < d.begins_at + interval '1 hour'
    group by m.tenant_id, m.app_id, m.key_id, d.begins_at, m.begins_at) as minutes
  group by tenant_id, app_id, key_id, hour
  on conflict (app_id, begins_at, key_id) do update set
    messages = excluded.messages, bytes_in = excluded.bytes_in, deliveries = excluded.deliveries,
    bytes_out = excluded.bytes_out, connection_millis = excluded.connection_millis,
    peak_connections = excluded.peak_connections;

  insert into usage_days
  select h.tenant_id, h.app_id, h.key_id, d.day, sum(h.messages), sum(h.bytes_in),
    sum(h.deliveries), sum(h.bytes_out), sum(h.connection_millis), max(h.peak_connections)
  from (
    select distinct app_id, date_trunc('day', begins_at, 'UTC') as day from usage_minutes
    where written_at >= since and begins_at > complete_from) as d
  join usage_hours h on h.app_id = d.app_id and h.begins_at >= d.day
    and h.begins_at < d.day + interval '1 day'
  group by h.tenant_id, h.app_id, h.key_id, d.day
  on conflict (app_id, begins_at, key_id) do update set
    messages = excluded.messages, bytes_in = excluded.bytes_in, deliveries = excluded.deliveries,
    bytes_out = excluded.bytes_out, connection_millis = excluded.connection_millis,
    peak_connections = excluded.peak_connections;

  delete from usage_minutes where begins_at < until - make_interval(days => minutes_days);
  delete from usage_hours where begins_at < until - make_interval(days => hours_days);
  update usage_rolled_up set written_to = until;
  return true;
end $$;

-- Lines of one kind of table, in steps that are not shorter than its rows.
create function read_usage(
  rows_of text, of_tenant uuid, of_app text, from_time timestamptz, to_time timestamptz,
  step text, split text)
returns table (
  at timestamptz, of_what text, messages bigint, bytes_in bigint, deliveries bigint,
  bytes_out bigint, connection_millis bigint, peak integer)
language plpgsql stable as $$
begin
  return query execute format($sql$
    select at, of_what, sum(messages)::bigint, sum(bytes_in)::bigint, sum(deliveries)::bigint,
      sum(bytes_out)::bigint, sum(connection_millis)::bigint, max(peak)::integer
    from (
      select date_trunc($5, begins_at, 'UTC') as at, begins_at,
        case $6 when 'key' then key_id when 'app' then app_id else '' end::text as of_what,
        sum(messages) as messages, sum(bytes_in) as bytes_in, sum(deliveries) as deliveries,
        sum(bytes_out) as bytes_out, sum(connection_millis) as connection_millis,
        sum(peak_connections) as peak
      from %I
      where tenant_id = $1 and ($2 is null or app_id = $2) and begins_at >= $3 and begins_at < $4
      group by 1, 2, 3) as parts
    group by at, of_what
    order by at, of_what
    $sql$, 'usage_' || rows_of)
  using of_tenant, of_app, from_time, to_time, step, split;
end $$;
