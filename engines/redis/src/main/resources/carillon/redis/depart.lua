-- Whoever was lost and has not come back within its grace leaves. Answers how many wait for that.
for _, name in ipairs(redis.call('ZRANGEBYSCORE', KEYS[2], '-inf', whole(now), 'LIMIT', 0, 100)) do
  local zero = string.find(name, '\0', 9, true)
  local channel, key = string.sub(name, zero + 1), string.sub(name, 9, zero - 1)
  local entry = entry_of(channel, key)
  if entry and entry.connection == string.sub(name, 1, 8) then
    remove(channel, key, entry)
  end
  redis.call('ZREM', KEYS[2], name)
end
return {redis.call('ZCARD', KEYS[2])}
