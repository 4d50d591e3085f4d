-- What waits for too long on a channel on which nothing went well for as long.
-- 1 now, 2 endpoint, 3 channel, 4 before, 5 before
update webhook_events e
set state = 'X', settled_at = ?
from webhook_queues queue
where queue.webhook_id = ? and queue.channel = ? and queue.failing_since <= ?
  and e.webhook_id = queue.webhook_id and e.channel = queue.channel and e.state = 'W'
  and e.waiting_since <= ?
