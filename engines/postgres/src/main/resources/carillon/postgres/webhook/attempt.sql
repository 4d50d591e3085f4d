-- 1 endpoint, 2 call, 3 began at, 4 millis, 5 attempt, 6 status, 7 reply, 8 events
insert into webhook_attempts (webhook_id, call_id, began_at, millis, attempt, status, reply, events)
values (?, ?, ?, ?, ?, ?, ?, ?::bigint[])
