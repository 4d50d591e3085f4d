-- One channel's log. All keys are of one hash slot.
-- KEYS[1] log      hash: e epoch, b when it began, o offset, r life, t when it was touched, g when `ids` began
-- KEYS[2] window   stream: the id is <epoch>-<offset>, m the frame, x when it expires
-- KEYS[3] ids      hash: id to epoch, offset and time; KEYS[4] the ids of the generation before
-- KEYS[5] latest   when it expires, and the frame
local LOG_KEPT = 86400000
local TOUCH_EVERY = 3600000
local IDS_WINDOW = 300000
local IDS_MAX = 100000
local LATEST_KEPT = 1800000
local FIELDS = '>I8I8I8'

local state = redis.call('HMGET', KEYS[1], 'e', 'o', 'r', 't', 'g', 'b')
local epoch, offset, generation = tonumber(state[1]), tonumber(state[2]), tonumber(state[5] or 0)
-- a log without it is from before this was written, and has its ids
local begun = tonumber(state[6] or 0)

if not epoch then
  -- a window without its log is older than the epoch that begins
  redis.call('DEL', KEYS[2])
end
if not epoch or state[3] ~= ARGV[1] then
  epoch = math.max(now, tonumber(ARGV[2]) + 1, (epoch or 0) + 1)
  offset = 0
  begun = now
  redis.call('HSET', KEYS[1], 'e', whole(epoch), 'b', whole(now), 'o', 0, 'r', ARGV[1], 't', whole(now))
  redis.call('PEXPIRE', KEYS[1], LOG_KEPT)
elseif now - tonumber(state[4]) > TOUCH_EVERY then
  redis.call('HSET', KEYS[1], 't', whole(now))
  redis.call('PEXPIRE', KEYS[1], LOG_KEPT)
end

-- Lets go of what is too old; the id of the first entry that is kept, or false.
local function first_kept()
  local count = 1
  while true do
    local entries = redis.call('XRANGE', KEYS[2], '-', '+', 'COUNT', count)
    if #entries == 0 then
      return false
    end
    local expired = {}
    for _, entry in ipairs(entries) do
      if tonumber(entry[2][4]) > now then
        break
      end
      expired[#expired + 1] = entry[1]
    end
    if #expired > 0 then
      redis.call('XDEL', KEYS[2], unpack(expired))
    end
    if #expired < #entries then
      return entries[#expired + 1][1]
    end
    count = 32
  end
end
