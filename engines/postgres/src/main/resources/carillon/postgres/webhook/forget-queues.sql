-- Channels that were quiet for long and of which no event is kept; their sequence begins anew.
-- 1 before, 2 how many
delete from webhook_queues queue using (
  select idle.webhook_id, idle.channel from webhook_queues idle
  where idle.due_at is null and idle.used_at < ? and not exists (
    select 1 from webhook_events e
    where e.webhook_id = idle.webhook_id and e.channel = idle.channel)
  order by idle.used_at limit ? for update skip locked) as idle
where queue.webhook_id = idle.webhook_id and queue.channel = idle.channel
