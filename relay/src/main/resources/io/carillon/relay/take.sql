-- The oldest row of each channel, for a number of channels behind one. Its lock is the channel's:
-- what another relay is about to publish is passed over, and nothing behind it is taken.
-- 1 channel, 2 how many
with recursive heads as (
  (
    select channel, number from carillon_outbox
    where failed_at is null and channel collate "C" > ?
    order by channel collate "C", number limit 1
  )
  union all
  select next.channel, next.number
  from heads cross join lateral (
    select channel, number from carillon_outbox
    where failed_at is null and channel collate "C" > heads.channel collate "C"
    order by channel collate "C", number limit 1
  ) as next
)
select number, id, channel, name, data
from carillon_outbox
where failed_at is null and number in (select number from heads limit ?)
for update skip locked
