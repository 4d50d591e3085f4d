-- The oldest events of channels. 1 endpoints, 2 channels, 3 how many of each
select e.number, e.webhook_id, w.app_id, e.channel, e.sequence, e.event_id, e.type, e.happened_at,
  e.user_id, e.name, e.data, e.socket_id, e.attempts
from unnest(?::uuid[], ?::text[]) as asked (webhook_id, channel)
join webhooks w on w.id = asked.webhook_id
cross join lateral (
  select * from webhook_events waiting
  where waiting.webhook_id = asked.webhook_id and waiting.channel = asked.channel
    and waiting.state = 'W'
  order by waiting.sequence
  limit ?
) as e
order by e.number
