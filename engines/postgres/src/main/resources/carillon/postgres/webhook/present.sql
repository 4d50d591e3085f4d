-- 1 application, 2 channel, 3 user, 4 how many
select channel, user_id, since, ended_at from webhook_presences
where app_id = ? and (channel, user_id) > (?::text collate "C", ?::text collate "C")
  and ended_at = 0
order by channel, user_id limit ?
