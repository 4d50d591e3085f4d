-- How many subscriptions a node has of a channel now. All keys are of the application's slot.
-- KEYS[1] counts hash: channel to all subscriptions; KEYS[2] occupied zset of names
-- KEYS[3] own hash: channel to this node's subscriptions; KEYS[4] stream of movements
-- ARGV[5] channel; ARGV[6] how many this node has; ARGV[7] 1 when it may be listed; ARGV[8] notices
-- ARGV[9] what is followed: 1 movements, 2 counts, 3 both
-- Answers how many there are.
local channel, count, followed = ARGV[5], tonumber(ARGV[6]), tonumber(ARGV[9])
local before = tonumber(redis.call('HGET', KEYS[3], channel) or 0)
if count == before then
  return {tonumber(redis.call('HGET', KEYS[1], channel) or 0)}
end
if count == 0 then
  redis.call('HDEL', KEYS[3], channel)
else
  redis.call('HSET', KEYS[3], channel, count)
end
local total = redis.call('HINCRBY', KEYS[1], channel, count - before)
if total <= 0 then
  redis.call('HDEL', KEYS[1], channel)
  redis.call('ZREM', KEYS[2], channel)
  moved(KEYS[4], followed, 'V', channel, '')
elseif ARGV[7] == '1' then
  redis.call('ZADD', KEYS[2], 0, channel)
end
if total > 0 and total == count - before then
  moved(KEYS[4], followed, 'O', channel, '')
end
numbered(KEYS[4], followed, channel, total)
redis.call(ARGV[4], ARGV[8], 'N' .. struct.pack('>I8', total))
return {total}
