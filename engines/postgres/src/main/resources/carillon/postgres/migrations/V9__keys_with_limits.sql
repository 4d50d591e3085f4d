-- What may be done with a key: a line for each channel pattern, its operations by comma before it;
-- null for everything.
alter table api_keys add column capabilities text;

create or replace view key_listings as
  select k.id, k.tenant_id, k.app_id, k.label, k.created_at, k.replaces, k.closes_at,
    u.used_at, u.library, k.capabilities
  from api_keys k
  left join key_uses u on u.key_id = k.id;
