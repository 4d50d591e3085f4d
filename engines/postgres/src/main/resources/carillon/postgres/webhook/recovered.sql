-- The endpoint's failures are over. 1 endpoint
update webhooks set failures = 0, closed_until = 0 where id = ? and failures > 0
