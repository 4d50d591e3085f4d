-- Renews a node's lease, and moves nodes whose leases ended to the dead ones.
-- KEYS[1] nodes zset: when each lease ends; KEYS[2] dead zset; KEYS[3] apps set
-- ARGV[5] node; ARGV[6] how long it lives from now on; ARGV[7] 1 when it may move others
-- Answers 2 when the lease was valid, 1 when it had ended, 0 when nobody knew it; the dead; and how
-- many nodes there are.
local ends = redis.call('ZSCORE', KEYS[1], ARGV[5])
local state = 0
if ends then
  state = tonumber(ends) > now and 2 or 1
end
redis.call('ZADD', KEYS[1], whole(now + tonumber(ARGV[6])), ARGV[5])
if ARGV[7] == '1' then
  local ended = redis.call('ZRANGEBYSCORE', KEYS[1], '-inf', whole(now), 'LIMIT', 0, 10)
  for _, node in ipairs(ended) do
    if node ~= ARGV[5] then
      redis.call('ZREM', KEYS[1], node)
      redis.call('ZADD', KEYS[2], whole(now), node)
    end
  end
end
return {state, redis.call('ZRANGE', KEYS[2], 0, 9), redis.call('ZCARD', KEYS[1])}
