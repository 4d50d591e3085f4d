-- Ids outlive the log that knew them, and ended epochs stay as they were told.

-- Ids of the appends that an archived one was merged from, behind its own.
alter table archive add column merged_ids bytea[];

create index archive_operation_ids on archive (app_id, channel, message_id)
  where op is not null and message_id is not null;

-- An id among those merged is looked for in a few minutes of one channel.
create index archive_merged on archive (app_id, channel, accepted_at) where merged_ids is not null;

-- Every epoch of the channel below this one has ended. Whoever goes on across epochs has this
-- written before it reads.
create table archive_seals (
  app_id varchar(64) collate "C" not null,
  channel text collate "C" not null,
  below bigint not null,
  sealed_at timestamptz not null default now(),
  primary key (app_id, channel)
);

-- With which offset an epoch ended, for those that had anything then. What is behind it was
-- committed too late: somebody may have been told that nothing is there.
create table archive_ends (
  app_id varchar(64) collate "C" not null,
  channel text collate "C" not null,
  epoch bigint not null,
  last_offset bigint not null,
  sealed_at timestamptz not null default now(),
  primary key (app_id, channel, epoch)
);
create index on archive_seals (sealed_at);
create index on archive_ends (sealed_at);

-- Ends the epochs below `until`. Of each the newest row counts that others see now: the lock on the
-- channel's seal makes that one decision, and each statement sees what was committed before it.
create function seal_archive(of_app text, of_channel text, until bigint, from_day date)
returns void language plpgsql as $$
declare
  since bigint;
  at_epoch bigint := until;
  at_offset bigint;
begin
  if exists (select from archive_seals
      where app_id = of_app and channel = of_channel and below >= until) then
    return;
  end if;
  insert into archive_seals (app_id, channel, below) values (of_app, of_channel, 0)
    on conflict do nothing;
  select below into since from archive_seals
    where app_id = of_app and channel = of_channel for update;
  -- a channel has few epochs in a day; the bound is for one whose log is lost all the time
  for i in 1..1000 loop
    select epoch, log_offset into at_epoch, at_offset from archive
      where app_id = of_app and channel = of_channel and day >= from_day
        and (epoch, log_offset) < (at_epoch, 0)
      order by epoch desc, log_offset desc limit 1;
    exit when not found or at_epoch < since;
    insert into archive_ends (app_id, channel, epoch, last_offset)
      values (of_app, of_channel, at_epoch, at_offset) on conflict do nothing;
  end loop;
  update archive_seals set below = greatest(below, until), sealed_at = now()
    where app_id = of_app and channel = of_channel;
end $$;

-- Whether what is committed there counts, now that the log has begun the epoch `until`; what does
-- not is taken out.
create function confirm_archived(of_app text, of_channel text, of_epoch bigint, of_offset bigint,
  until bigint, from_day date)
returns boolean language plpgsql as $$
begin
  perform seal_archive(of_app, of_channel, until, from_day);
  if of_epoch >= until or exists (select from archive_ends where app_id = of_app
      and channel = of_channel and epoch = of_epoch and last_offset >= of_offset) then
    return true;
  end if;
  delete from archive where app_id = of_app and channel = of_channel
    and epoch = of_epoch and log_offset = of_offset;
  return false;
end $$;
