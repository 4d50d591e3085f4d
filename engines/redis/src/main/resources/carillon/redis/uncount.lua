-- Takes back some of a dead node's subscriptions. KEYS as in count, KEYS[3] of the dead node
-- ARGV[5] what the names of notices begin with; ARGV[6] what is followed, as in
-- count. Answers how many channels are left.
local followed = tonumber(ARGV[6])
local scanned = redis.call('HSCAN', KEYS[3], 0, 'COUNT', 200)[2]
for i = 1, #scanned, 2 do
  local channel = scanned[i]
  redis.call('HDEL', KEYS[3], channel)
  local total = redis.call('HINCRBY', KEYS[1], channel, -tonumber(scanned[i + 1]))
  if total <= 0 then
    redis.call('HDEL', KEYS[1], channel)
    redis.call('ZREM', KEYS[2], channel)
    moved(KEYS[4], followed, 'V', channel, '')
  end
  numbered(KEYS[4], followed, channel, math.max(total, 0))
  redis.call(ARGV[4], ARGV[5] .. channel, 'N' .. struct.pack('>I8', math.max(total, 0)))
end
return {redis.call('HLEN', KEYS[3])}
