-- Gives each message its position, unless its id is known, keeps it and hands it to whoever joined.
-- ARGV[5] the channel to publish on; then for each message:
-- messages to keep, milliseconds to keep them, 1 when it becomes the latest, the epoch that may be young,
-- or '' for any, the message, to whose account it counts, how many bytes it counts for, how many ids it has,
-- and these. Answers for each: {1, epoch, offset, time}
-- or, when an id is known, {0, epoch, offset, 0} or, when the epoch is young, {2, epoch, offset, age}.

-- KEYS[6] is there where all channels can count in one hash; see metered.lua.
local counted = {}

local function count(account, bytes)
  local so_far = counted[account]
  if so_far then
    so_far[1], so_far[2] = so_far[1] + 1, so_far[2] + bytes
  else
    counted[account] = {1, bytes}
  end
end

-- Once for each account of a call, however many messages are in it.
local function write_counts()
  local minute = whole(math.floor(now / 60000))
  for account, sums in pairs(counted) do
    local field = minute .. ' ' .. account
    redis.call('HINCRBY', KEYS[6], field .. ' m', sums[1])
    redis.call('HINCRBY', KEYS[6], field .. ' b', whole(sums[2]))
  end
end

local function position_of(id)
  for key = 3, 4 do
    local seen = redis.call('HGET', KEYS[key], id)
    if seen then
      local e, o, at = struct.unpack(FIELDS, seen)
      if now - at < IDS_WINDOW then
        return e, o
      end
    end
  end
end

-- An id is in one of two generations, so that old ones go together and cost nothing one by one.
local function remember(id)
  if now - generation >= IDS_WINDOW or redis.call('HLEN', KEYS[3]) >= IDS_MAX then
    if redis.call('EXISTS', KEYS[3]) == 1 then
      redis.call('RENAME', KEYS[3], KEYS[4])
    end
    generation = now
    redis.call('HSET', KEYS[1], 'g', whole(now))
  end
  redis.call('HSET', KEYS[3], id, struct.pack(FIELDS, epoch, offset, now))
  if redis.call('HLEN', KEYS[3]) == 1 then
    redis.call('PEXPIRE', KEYS[3], 2 * IDS_WINDOW)
  end
end

local function keep(frame, messages, age)
  if messages == '0' then
    -- what is readable has no hole
    redis.call('DEL', KEYS[2])
    return
  end
  local position = whole(epoch) .. '-' .. whole(offset)
  redis.call('XADD', KEYS[2], 'MAXLEN', messages, position, 'm', frame, 'x', whole(now + age))
  redis.call('PEXPIRE', KEYS[2], age)
  if offset % 32 == 0 then
    first_kept()
  end
end

local function known(first, last)
  for id = first, last do
    local e, o = position_of(ARGV[id])
    if e then
      return e, o
    end
  end
end

local function append(i, first, last)
  offset = redis.call('HINCRBY', KEYS[1], 'o', 1)
  local frame = struct.pack(FIELDS, epoch, offset, now) .. ARGV[i + 4]
  for id = first, last do
    remember(ARGV[id])
  end
  keep(frame, ARGV[i], tonumber(ARGV[i + 1]))
  if ARGV[i + 2] == '1' then
    local expires = struct.pack('>I8', now + LATEST_KEPT)
    redis.call('SET', KEYS[5], expires .. frame, 'PX', LATEST_KEPT)
  end
  if KEYS[6] then
    count(ARGV[i + 5], tonumber(ARGV[i + 6]))
  end
  redis.call(ARGV[4], ARGV[5], 'P' .. frame)
end

local young = now - begun < IDS_WINDOW
local answers = {}
local i = 6
while i <= #ARGV do
  local first, last = i + 8, i + 7 + tonumber(ARGV[i + 7])
  local e, o = known(first, last)
  if e then
    answers[#answers + 1] = {0, e, o, 0}
  elseif young and ARGV[i + 3] ~= '' and tonumber(ARGV[i + 3]) ~= epoch then
    answers[#answers + 1] = {2, epoch, offset, math.max(0, now - begun)}
  else
    append(i, first, last)
    answers[#answers + 1] = {1, epoch, offset, now}
  end
  i = last + 1
end
write_counts()
return answers
