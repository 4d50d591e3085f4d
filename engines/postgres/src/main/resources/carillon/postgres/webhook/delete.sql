-- 1 tenant, 2 application, 3 id
delete from webhooks where tenant_id = ? and app_id = ? and id = ?
