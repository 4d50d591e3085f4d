-- ARGV[5] channel; ARGV[6] key; ARGV[7] connection; ARGV[8] grace in ms; ARGV[9] node;
-- ARGV[10] member; ARGV[11] how many users there may be; ARGV[12] 0, or when it was entered, to
-- restore it unless another connection entered later
-- Answers {1, version, when} or, when there is no room, {0, users, 0}.
local channel, key, connection, member = ARGV[5], ARGV[6], ARGV[7], ARGV[10]
local stamp = tonumber(ARGV[12])
local user = user_of(member)
local old = entry_of(channel, key)
if stamp > 0 and old and old.stamp > stamp then
  return {1, tonumber(redis.call('HGET', KEYS[3] .. channel, '')), stamp}
end
if stamp == 0 then
  stamp = micros
end
if old and user_of(old.member) ~= user then
  remove(channel, key, old)
  old = nil
end
if not old then
  local users = redis.call('HLEN', KEYS[4] .. channel)
  if users >= tonumber(ARGV[11]) and redis.call('HEXISTS', KEYS[4] .. channel, user) == 0 then
    return {0, users, 0}
  end
end
if old then
  redis.call('ZREM', KEYS[2], absent_name(channel, key, old))
  if old.node ~= ARGV[9] then
    redis.call('SREM', KEYS[5] .. old.node, held_name(channel, key))
  end
end
redis.call('SADD', KEYS[5] .. ARGV[9], held_name(channel, key))
local version = (not old or old.member ~= member) and next_version()
put(channel, key, {
  order = old and old.order or version,
  stamp = stamp,
  grace = tonumber(ARGV[8]),
  connection = connection,
  node = ARGV[9],
  member = member
})
if not old then
  local entries = redis.call('HINCRBY', KEYS[4] .. channel, user, 1)
  changed(channel, entries == 1 and USER_JOINED or JOINED, key, member, version)
elseif version then
  changed(channel, UPDATED, key, member, version)
end
return {1, tonumber(redis.call('HGET', KEYS[3] .. channel, '')), stamp}
