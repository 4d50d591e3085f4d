-- 1 endpoint, 2 channel, 3 sequence, 4 event id, 5 type, 6 happened at, 7 user, 8 name, 9 data,
-- 10 socket, 11 now
insert into webhook_events (webhook_id, channel, sequence, event_id, type, happened_at, user_id,
  name, data, socket_id, waiting_since)
values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
