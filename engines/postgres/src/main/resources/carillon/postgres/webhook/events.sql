-- 1 endpoint, 2 before, 3 state or null, 4 the same, 5 how many
select e.number, e.webhook_id, w.app_id, e.channel, e.sequence, e.event_id, e.type, e.happened_at,
  e.user_id, e.name, e.data, e.socket_id, e.attempts, e.state, e.replays, e.settled_at
from webhook_events e
join webhooks w on w.id = e.webhook_id
where e.webhook_id = ? and e.number < ? and (?::text is null or e.state = ?)
order by e.number desc
limit ?
