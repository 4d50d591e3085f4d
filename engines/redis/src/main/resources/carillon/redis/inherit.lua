-- Takes over some of what a dead node held: its connections are lost, and their grace begins.
-- ARGV[5] the dead node; ARGV[6] who inherits. Answers how much is left.
local held = KEYS[5] .. ARGV[5]
for _, name in ipairs(redis.call('SRANDMEMBER', held, 100)) do
  redis.call('SREM', held, name)
  local zero = string.find(name, '\0', 1, true)
  local channel, key = string.sub(name, zero + 1), string.sub(name, 1, zero - 1)
  local entry = entry_of(channel, key)
  if entry and entry.node == ARGV[5] then
    if entry.grace == 0 then
      remove(channel, key, entry)
    else
      entry.node = ARGV[6]
      put(channel, key, entry)
      redis.call('SADD', KEYS[5] .. ARGV[6], name)
      redis.call('ZADD', KEYS[2], 'NX', whole(now + entry.grace), absent_name(channel, key, entry))
    end
  end
end
return {redis.call('SCARD', held)}
