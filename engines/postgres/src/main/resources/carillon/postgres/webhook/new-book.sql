-- Only for who follows movements. 1 application, 2 the same
insert into webhook_books (app_id, read_to)
select ?, 0 where exists (
  select 1 from webhooks
  where app_id = ? and types && array['CHANNEL_OCCUPIED', 'CHANNEL_VACATED', 'MEMBER_ADDED',
    'MEMBER_REMOVED']::varchar[])
on conflict do nothing
