-- Lets go of fields of KEYS[1], the hash of metered.lua; ARGV[5] and on name them.
for i = 5, #ARGV do
  redis.call('HDEL', KEYS[1], ARGV[i])
end
return 1
