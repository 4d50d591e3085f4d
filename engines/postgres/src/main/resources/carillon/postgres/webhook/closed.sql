-- 1 until, 2 endpoint
update webhooks set failures = failures + 1, closed_until = greatest(closed_until, ?) where id = ?
