-- What was appended, by account and minute of this server's time.
-- KEYS[1] counted   hash: '<minute> <app> <key> m' messages, '... b' bytes, s the name of this hash's life
-- ARGV[5] its name, if it has none yet: who loses the hash loses its name, and begins another one
-- Answers the minute, the name, and the fields with their values.
local minute = math.floor(now / 60000)
if redis.call('EXISTS', KEYS[1]) == 0 then
  return {minute, '', {}}
end
redis.call('HSETNX', KEYS[1], 's', ARGV[5])
return {minute, redis.call('HGET', KEYS[1], 's'), redis.call('HGETALL', KEYS[1])}
