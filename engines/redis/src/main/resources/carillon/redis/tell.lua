-- KEYS[1] decides on the slot; ARGV[5] the channel to publish on; ARGV[6] what
return {redis.call(ARGV[4], ARGV[5], ARGV[6])}
