-- What is done with readers that are too slow for a channel; null to disconnect them.

alter table channel_rules
  add column slow varchar(14) check (slow in ('disconnect', 'drop-oldest', 'latest-per-key'));
