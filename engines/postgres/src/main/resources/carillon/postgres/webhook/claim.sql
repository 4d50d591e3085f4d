-- Takes what is due: of each endpoint a few channels, of one that failed too often a single one.
-- Rows that another worker is about to take are passed over. Endpoints come in any order, so that
-- those with the most do not have all the room.
-- 1 endpoints with something under way, 2 how much, 3 now, 4 now, 5 now, 6 failures that close an
-- endpoint, 7 channels of an endpoint with batches, 8 of another, 9 channels of all, 10 lease,
-- 11 until
with open as materialized (
  select w.id, w.failures, w.batched, coalesce(busy.channels, 0) as busy
  from webhooks w
  left join unnest(?::uuid[], ?::bigint[]) as busy (id, channels) on busy.id = w.id
  where not w.paused and w.closed_until <= ?
  order by random()
), picked as (
  select one.webhook_id, one.channel, open.failures
  from open
  cross join lateral (
    select queue.webhook_id, queue.channel
    from webhook_queues queue
    where queue.webhook_id = open.id and queue.due_at <= ? and queue.leased_until <= ?
    order by queue.due_at
    limit greatest(
      0, case when open.failures >= ? then 1 when open.batched then ? else ? end - open.busy)
    for update skip locked
  ) as one
  limit ?
)
update webhook_queues queue
set lease = ?, leased_until = ?
from picked
where queue.webhook_id = picked.webhook_id and queue.channel = picked.channel
returning queue.webhook_id, queue.channel, queue.lease, queue.version, queue.failures,
  picked.failures
