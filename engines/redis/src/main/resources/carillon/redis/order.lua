-- Tells every node an order, and keeps it for those that are not there now.
-- KEYS[1] orders stream; ARGV[5] channel; ARGV[6] the order; ARGV[7] for how many milliseconds
local id = redis.call('XADD', KEYS[1], 'MAXLEN', '~', 100000, '*', 'o', ARGV[6])
redis.call('XTRIM', KEYS[1], 'MINID', '~', whole(now - tonumber(ARGV[7])))
redis.call(ARGV[4], ARGV[5], id .. ' ' .. ARGV[6])
return {id}
