-- KEYS[1] the log, for its slot; ARGV[5] the channel to publish on; ARGV[6] the signal
return {redis.call(ARGV[4], ARGV[5], 'S' .. ARGV[6])}
