-- KEYS as in lease; ARGV[5] a dead node of which nothing is left
return {redis.call('ZREM', KEYS[2], ARGV[5])}
