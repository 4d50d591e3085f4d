-- 1 application, 2 the same
insert into webhook_books (app_id, read_to)
select ?, 0 where exists (select 1 from apps where id = ?)
on conflict do nothing
