-- 1 id, 2 label, 3 url, 4 format, 5 types, 6 channel prefix, 7 batched, 8 paused, 9 sealed secret,
-- 10 since, 11 tenant, 12 application, 13 most
insert into webhooks (id, label, url, format, types, channel_prefix, batched, paused,
  sealed_secret, since, tenant_id, app_id)
select ?, ?, ?, ?, ?::text[], ?, ?, ?, ?, ?, a.tenant_id, a.id
from apps a
where a.tenant_id = ? and a.id = ? and (select count(*) from webhooks w where w.app_id = a.id) < ?
