-- Named sets of limits, which tenants have, and what tenants set for single applications. Limits are
-- lines of a name and a number, such as "connections=500"; what is not named is as the catalogue has
-- it.

create table limit_plans (
  name varchar(63) collate "C" primary key,
  limits text not null,
  overrun varchar(10) not null default 'alert' check (overrun in ('alert', 'refuse')),
  changed_at timestamptz not null default now()
);
insert into limit_plans (name, limits) values
  ('default', ''),
  ('development',
    E'connections=100000\npresenceMembers=10000\nchannelsPerConnection=10000\nsubscriptionsPerSecond=10000');

alter table tenants add column plan varchar(63) collate "C" not null default 'default'
  references limit_plans;
create index on tenants (plan);

-- The five columns are read no more, and have defaults, so that processes of the version before go on
-- until they are replaced.
alter table apps add column limits text not null default '';
alter table apps alter column connections set default 10000;
alter table apps alter column message_bytes set default 10240;
alter table apps alter column client_events_per_second set default 10;
alter table apps alter column presence_members set default 100;
alter table apps alter column channels_per_connection set default 1000;
update apps set limits = concat_ws(E'\n',
  case when connections <> 10000 then 'connections=' || connections end,
  case when message_bytes <> 10240 then 'messageBytes=' || message_bytes end,
  case when presence_members <> 100 then 'presenceMembers=' || presence_members end,
  case when channels_per_connection <> 1000
    then 'channelsPerConnection=' || channels_per_connection end,
  case when client_events_per_second <> 10
    then 'clientEventsPerSecond=' || client_events_per_second end);

-- Who changes a plan, or gives a tenant another one, changes all applications that have it.
create function tell_plan_change() returns trigger language plpgsql as $$
begin
  perform pg_notify('carillon_directory', a.id)
  from tenants t join apps a on a.tenant_id = t.id where t.plan = new.name;
  return null;
end $$;
create trigger plan_change after update on limit_plans
  for each row execute function tell_plan_change();

create function tell_tenant_plan() returns trigger language plpgsql as $$
begin
  perform pg_notify('carillon_directory', id) from apps where tenant_id = new.id;
  return null;
end $$;
create trigger tenant_plan_change after update of plan on tenants
  for each row when (old.plan is distinct from new.plan) execute function tell_tenant_plan();

-- Who was told that a team has used how much of what its plan allows in a day or a month.
create table quota_alerts (
  tenant_id uuid not null references tenants on delete cascade,
  quota varchar(40) collate "C" not null,
  begins_at timestamptz not null,
  percent smallint not null check (percent between 1 and 100),
  used bigint not null,
  allowed bigint not null,
  told_at timestamptz not null default now(),
  primary key (tenant_id, quota, begins_at, percent)
);

-- What each team of a plan has used since a day and a month began.
create function used_of_plan(of_plan text, day timestamptz, month timestamptz)
returns table (
  id uuid, name text, messages_of_day bigint, messages_of_month bigint, deliveries_of_month bigint)
language sql stable as $$
  select t.id, t.name,
    coalesce(sum(u.messages) filter (where u.begins_at >= day), 0)::bigint,
    sum(u.messages)::bigint,
    sum(u.deliveries)::bigint
  from tenants t join usage_days u on u.tenant_id = t.id
  where t.plan = of_plan and u.begins_at >= month
  group by t.id, t.name
$$;
