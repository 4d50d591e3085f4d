-- A book that nobody writes any more would be wrong when somebody asks again.
-- 1 application, 2 the same
delete from webhook_books
where app_id = ? and not exists (
  select 1 from webhooks
  where app_id = ? and types && array['CHANNEL_OCCUPIED', 'CHANNEL_VACATED', 'MEMBER_ADDED',
    'MEMBER_REMOVED']::varchar[])
