-- Which of these events an endpoint has already. 1 endpoints, 2 event ids
select e.webhook_id, e.event_id
from unnest(?::uuid[], ?::text[]) as asked (webhook_id, event_id)
join webhook_events e on e.webhook_id = asked.webhook_id and e.event_id = asked.event_id
