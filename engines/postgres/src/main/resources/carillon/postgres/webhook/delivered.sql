-- 1 when, 2 numbers
update webhook_events
set state = 'D', settled_at = ?, attempts = attempts + 1
where number = any (?::bigint[]) and state = 'W'
