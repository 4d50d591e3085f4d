-- KEYS[1] orders; ARGV[5] behind this id; ARGV[6] how many. Answers the time, then ids and
-- orders in turn.
local answers = {now}
for _, entry in ipairs(redis.call('XRANGE', KEYS[1], '(' .. ARGV[5], '+', 'COUNT', ARGV[6])) do
  answers[#answers + 1] = entry[1]
  answers[#answers + 1] = entry[2][2]
end
return answers
