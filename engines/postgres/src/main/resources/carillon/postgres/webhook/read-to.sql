-- 1 up to, 2 application
update webhook_books set read_to = ? where app_id = ?
