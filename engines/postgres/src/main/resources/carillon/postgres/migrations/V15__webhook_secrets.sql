-- A webhook's secret can be changed: the one before signs, too, until then.
alter table webhooks
  add column former_sealed_secret bytea,
  add column former_until timestamptz;

drop trigger noted_change on webhooks;
create trigger noted_change
  after update of label, url, format, types, channel_prefix, batched, paused, sealed_secret
  on webhooks
  for each statement execute function note_webhook_change();
