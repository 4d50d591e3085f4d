-- 1 application, 2 before, 3 how many
select channel, user_id, since, ended_at from webhook_presences
where app_id = ? and ended_at > 0 and ended_at <= ?
order by ended_at limit ?
