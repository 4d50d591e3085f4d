-- 1 label, 2 url, 3 format, 4 types, 5 channel prefix, 6 batched, 7 paused, 8 tenant,
-- 9 application, 10 id
update webhooks
set label = ?, url = ?, format = ?, types = ?::text[], channel_prefix = ?, batched = ?, paused = ?,
  failures = 0, closed_until = 0
where tenant_id = ? and app_id = ? and id = ?
