-- 1 application, 2 channel, 3 user, 4 since, 5 ended at
insert into webhook_presences (app_id, channel, user_id, since, ended_at) values (?, ?, ?, ?, ?)
on conflict (app_id, channel, user_id) do update
set since = excluded.since, ended_at = excluded.ended_at
