-- 1 until, 2 endpoints, 3 channels, 4 leases
update webhook_queues queue
set leased_until = ?
from (
  select q.webhook_id, q.channel
  from unnest(?::uuid[], ?::text[], ?::bigint[]) as mine (webhook_id, channel, lease)
  join webhook_queues q
    on q.webhook_id = mine.webhook_id and q.channel = mine.channel and q.lease = mine.lease
  for update of q skip locked
) as held
where queue.webhook_id = held.webhook_id and queue.channel = held.channel
