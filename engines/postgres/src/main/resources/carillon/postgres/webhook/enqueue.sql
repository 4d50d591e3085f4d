-- Reserves sequence numbers, in one order for all nodes, so that they do not lock each other out.
-- 1 endpoints, 2 channels, 3 how many, 4 now
insert into webhook_queues as queue (webhook_id, channel, last_sequence, version, due_at, used_at)
select asked.webhook_id, asked.channel, asked.count, 1, clock.now, clock.now
from unnest(?::uuid[], ?::text[], ?::bigint[]) as asked (webhook_id, channel, count)
join webhooks w on w.id = asked.webhook_id
cross join (select ?::bigint) as clock (now)
order by asked.webhook_id, asked.channel collate "C"
on conflict (webhook_id, channel) do update set
  last_sequence = queue.last_sequence + excluded.last_sequence,
  version = queue.version + 1,
  due_at = coalesce(queue.due_at, excluded.due_at),
  used_at = excluded.used_at
returning webhook_id, channel, last_sequence
