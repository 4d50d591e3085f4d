-- Ends a claim behind a failure. 1 due, 2 now, 3 endpoint, 4 channel, 5 lease
update webhook_queues
set failures = failures + 1, due_at = ?, failing_since = coalesce(failing_since, ?), lease = null,
  leased_until = 0
where webhook_id = ? and channel = ? and lease = ?
