-- What every script begins with: the answer of a server of its own time and the first arguments.
-- ARGV[1] life      of the server; another one than the log was written in may have lost something
-- ARGV[2] floor     a new epoch is greater
-- ARGV[3] skew      milliseconds that are added to the server's time; 0 but in tests
-- ARGV[4] publish   PUBLISH or SPUBLISH
local clock = redis.call('TIME')
local now = clock[1] * 1000 + math.floor(clock[2] / 1000) + tonumber(ARGV[3])

local function whole(number)
  return string.format('%.0f', number)
end
