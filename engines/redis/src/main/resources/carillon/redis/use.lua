-- KEYS as in lease; ARGV[5] an application of which a node holds something
return {redis.call('SADD', KEYS[3], ARGV[5])}
