-- Lets go of ids that stand in an epoch that has ended. ARGV[5..] the ids.
for i = 5, #ARGV do
  for key = 3, 4 do
    local seen = redis.call('HGET', KEYS[key], ARGV[i])
    if seen and struct.unpack(FIELDS, seen) ~= epoch then
      redis.call('HDEL', KEYS[key], ARGV[i])
    end
  end
end
return {0}
