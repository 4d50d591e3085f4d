-- 1 endpoint, 2 before, 3 event or 0, 4 the same, 5 how many
select number, webhook_id, call_id, began_at, millis, attempt, status, reply, events
from webhook_attempts
where webhook_id = ? and number < ? and (? = 0 or ? = any (events))
order by number desc
limit ?
