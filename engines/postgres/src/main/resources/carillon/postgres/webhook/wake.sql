-- Nothing of an endpoint waits longer for its next attempt. 1 now, 2 endpoint, 3 now
update webhook_queues set due_at = ?, version = version + 1 where webhook_id = ? and due_at > ?
