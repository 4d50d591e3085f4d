-- 1 channels, 2 users, 3 application
select p.channel, p.user_id, p.since, p.ended_at
from unnest(?::text[], ?::text[]) as asked (channel, user_id)
join webhook_presences p
  on p.app_id = ? and p.channel = asked.channel collate "C" and p.user_id = asked.user_id collate "C"
