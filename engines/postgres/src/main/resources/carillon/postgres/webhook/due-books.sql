-- 1 before, 2 how many
select distinct app_id from webhook_presences where ended_at > 0 and ended_at <= ? limit ?
