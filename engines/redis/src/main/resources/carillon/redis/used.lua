-- KEYS as in lease. Answers the applications of which nodes hold something.
return redis.call('SMEMBERS', KEYS[3])
