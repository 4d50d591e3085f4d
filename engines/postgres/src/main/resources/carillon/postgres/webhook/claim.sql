-- Takes what is due: of each endpoint a few channels, of one that failed too often a single one.
-- Rows that another worker is about to take are passed over.
-- 1 now, 2 endpoints that have enough under way, 3 now, 4 now, 5 failures that close an endpoint,
-- 6 channels of an endpoint, 7 channels of all, 8 lease, 9 until
with open as (
  select w.id, w.failures
  from webhooks w
  where not w.paused and w.closed_until <= ? and not (w.id = any (?::uuid[]))
), picked as (
  select one.webhook_id, one.channel, open.failures
  from open
  cross join lateral (
    select queue.webhook_id, queue.channel
    from webhook_queues queue
    where queue.webhook_id = open.id and queue.due_at <= ? and queue.leased_until <= ?
    order by queue.due_at
    limit case when open.failures >= ? then 1 else ? end
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
