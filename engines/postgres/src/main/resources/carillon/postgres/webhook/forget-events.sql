-- 1 delivered before, 2 dead before, 3 how many
delete from webhook_events where number in (
  select number from webhook_events
  where state <> 'W' and settled_at < case state when 'D' then ?::bigint else ?::bigint end
  order by settled_at limit ?)
