-- Operations on archived messages, and what stands beside a payload.

alter table archive
  add column op smallint,           -- 0 append, 1 update, 2 delete; null for a message
  add column ref bytea,             -- the target's message_id
  add column target_epoch bigint,   -- where the target stands
  add column target_offset bigint,
  add column extras bytea,
  add check ((op is null) = (ref is null and target_epoch is null and target_offset is null)
    and (op is null or (ref is not null and target_epoch is not null and target_offset is not null)));

-- An operation names its target by id.
create index archive_messages on archive (app_id, channel, message_id)
  where op is null and message_id is not null;

create index archive_operations on archive (app_id, channel, target_epoch, target_offset)
  where op is not null;
