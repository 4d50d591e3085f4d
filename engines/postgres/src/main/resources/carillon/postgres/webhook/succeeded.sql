-- The channel's failures are over. 1 endpoint, 2 channel, 3 lease
update webhook_queues
set failures = 0, failing_since = null
where webhook_id = ? and channel = ? and lease = ? and failures > 0
