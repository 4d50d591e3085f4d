-- What waits for webhooks that are not paused, no further than it matters. 1 limit
select count(*), coalesce(min(waiting_since), 0) from (
  select event.waiting_since
  from webhook_events event
  join webhooks w on w.id = event.webhook_id
  where event.state = 'W' and not w.paused
  limit ?
) as waiting
