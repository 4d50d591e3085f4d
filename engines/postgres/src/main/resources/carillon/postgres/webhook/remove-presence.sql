-- 1 application, 2 channel, 3 user
delete from webhook_presences where app_id = ? and channel = ? and user_id = ?
