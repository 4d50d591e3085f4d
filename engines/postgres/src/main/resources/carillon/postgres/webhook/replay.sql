-- Settled events wait again. 1 endpoint, 2 first, 3 last, 4 state or null, 5 the same,
-- 6 how many, 7 now, 8 now, 9 now; answers how many
with chosen as (
  select number from webhook_events
  where webhook_id = ? and number between ? and ? and state <> 'W'
    and (?::text is null or state = ?)
  order by number limit ? for update
), again as (
  update webhook_events e
  set state = 'W', settled_at = null, replays = replays + 1, waiting_since = ?
  from chosen where e.number = chosen.number
  returning e.webhook_id, e.channel
), moved as (
  select queue.webhook_id, queue.channel
  from webhook_queues queue
  where (queue.webhook_id, queue.channel) in (select webhook_id, channel from again)
  order by queue.channel collate "C" for update
), woken as (
  update webhook_queues queue
  set due_at = ?, used_at = ?, version = version + 1, failing_since = null, failures = 0
  from moved
  where queue.webhook_id = moved.webhook_id and queue.channel = moved.channel
)
select count(*) from again
