-- Ends a claim. What came after it was taken is not known to the worker, but the version tells.
-- 1 version, 2 whether something is left, 3 due, 4 endpoint, 5 channel, 6 lease
update webhook_queues
set due_at = case when version <> ? or ? then ?::bigint end, lease = null, leased_until = 0
where webhook_id = ? and channel = ? and lease = ?
