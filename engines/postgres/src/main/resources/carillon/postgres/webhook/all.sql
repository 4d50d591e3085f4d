select w.id, w.app_id, w.label, w.url, w.format, w.types, w.channel_prefix, w.batched, w.paused,
  w.sealed_secret, w.since, w.former_sealed_secret, w.former_until
from webhooks w
