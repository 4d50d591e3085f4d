-- ARGV[5] channel. Answers the version, then keys and entries in turn.
local answers = {0}
local all = redis.call('HGETALL', KEYS[3] .. ARGV[5])
for i = 1, #all, 2 do
  if all[i] == '' then
    answers[1] = tonumber(all[i + 1])
  else
    answers[#answers + 1] = all[i]
    answers[#answers + 1] = all[i + 1]
  end
end
if answers[1] == 0 then
  answers[1] = tonumber(redis.call('GET', KEYS[1]) or micros)
end
return answers
