-- 1 before, 2 how many
delete from webhook_attempts where number in (
  select number from webhook_attempts where began_at < ? order by began_at limit ?)
