-- KEYS as in count; ARGV[5] channel. Answers how many subscriptions it has.
return {tonumber(redis.call('HGET', KEYS[1], ARGV[5]) or 0)}
