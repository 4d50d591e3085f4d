-- 1 numbers
update webhook_events set attempts = attempts + 1 where number = any (?::bigint[])
