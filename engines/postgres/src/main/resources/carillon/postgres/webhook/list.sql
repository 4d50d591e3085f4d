-- 1 tenant, 2 application
select w.id, w.app_id, w.label, w.url, w.format, w.types, w.channel_prefix, w.batched, w.paused,
  w.sealed_secret, w.since, w.former_sealed_secret, w.former_until, w.failures, w.closed_until, w.dropped,
  (select count(*) from webhook_events e where e.webhook_id = w.id and e.state = 'W') as waiting,
  (select count(*) from webhook_events e where e.webhook_id = w.id and e.state = 'X') as dead,
  coalesce(
    (select min(e.waiting_since) from webhook_events e where e.webhook_id = w.id and e.state = 'W'),
    0) as oldest
from webhooks w
where w.tenant_id = ? and w.app_id = ?
order by w.since, w.id
