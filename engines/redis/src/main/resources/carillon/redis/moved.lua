-- KEYS[1] stream; ARGV[5] only behind this id; ARGV[6] how many
-- Answers ids, kinds, channels and users in turn.
local answers = {}
local found = redis.call('XRANGE', KEYS[1], '(' .. ARGV[5], '+', 'COUNT', ARGV[6])
for _, entry in ipairs(found) do
  answers[#answers + 1] = entry[1]
  for i = 2, 6, 2 do
    answers[#answers + 1] = entry[2][i]
  end
end
return answers
