-- How many events wait for an endpoint, no further than it matters. 1 endpoint, 2 limit
select count(*) from (
  select 1 from webhook_events where webhook_id = ? and state = 'W' limit ?
) as waiting
