-- Takes the channels of which another number of subscriptions is due.
-- KEYS[1] stream of movements; KEYS[2] counts hash; ARGV[5] how many
-- Answers channels and numbers in turn.
local answers = {}
local due = KEYS[1] .. ':counts'
for _, channel in ipairs(
  redis.call('ZRANGEBYSCORE', due, '-inf', whole(now), 'LIMIT', 0, ARGV[5])) do
  redis.call('ZREM', due, channel)
  answers[#answers + 1] = channel
  answers[#answers + 1] = tonumber(redis.call('HGET', KEYS[2], channel) or 0)
end
return answers
