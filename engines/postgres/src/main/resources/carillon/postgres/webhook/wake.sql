-- Nothing of an endpoint waits longer for its next attempt. In the order in which others lock.
-- 1 now, 2 endpoint, 3 now
update webhook_queues queue
set due_at = ?, version = version + 1
from (
  select webhook_id, channel from webhook_queues
  where webhook_id = ? and due_at > ?
  order by channel collate "C" for update
) as later
where queue.webhook_id = later.webhook_id and queue.channel = later.channel
