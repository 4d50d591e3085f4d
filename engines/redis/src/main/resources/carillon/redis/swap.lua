-- Changes a budget, unless another node has changed it. KEYS[1] bucket
-- ARGV[5] the state before, empty for none; ARGV[6] the state from now on; ARGV[7] for how many
-- milliseconds it is kept
if (redis.call('GET', KEYS[1]) or '') ~= ARGV[5] then
  return {0}
end
redis.call('SET', KEYS[1], ARGV[6], 'PX', ARGV[7])
return {1}
