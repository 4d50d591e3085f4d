-- An application's book, for one node at a time. 1 application
select read_to from webhook_books where app_id = ? for update skip locked
