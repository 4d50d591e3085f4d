-- 1 how many, 2 endpoint
update webhooks set dropped = dropped + ? where id = ?
