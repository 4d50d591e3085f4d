-- ARGV[5] channel; ARGV[6] key; ARGV[7] connection; ARGV[8] 1 when its grace counts
-- Answers for how many milliseconds the entry stays.
local entry = entry_of(ARGV[5], ARGV[6])
if not entry or entry.connection ~= ARGV[7] then
  return {0}
end
if ARGV[8] == '0' or entry.grace == 0 then
  remove(ARGV[5], ARGV[6], entry)
  return {0}
end
local name = absent_name(ARGV[5], ARGV[6], entry)
redis.call('ZADD', KEYS[2], 'NX', whole(now + entry.grace), name)
return {entry.grace}
