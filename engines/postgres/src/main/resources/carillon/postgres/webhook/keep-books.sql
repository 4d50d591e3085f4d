-- 1 applications
delete from webhook_books where not (app_id = any (?::text[]))
