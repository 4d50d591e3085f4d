-- 1 former until, 2 sealed secret, 3 tenant, 4 application, 5 id
update webhooks
set former_sealed_secret = sealed_secret, former_until = ?, sealed_secret = ?
where tenant_id = ? and app_id = ? and id = ?
