-- Who is present on the channels of an application. All keys are of its slot.
-- KEYS[1] versions  the newest version of any roster
-- KEYS[2] absent    zset: when the grace ends; <connection><key> 0 <channel>
-- KEYS[3..6]        what the names begin with; a channel's or a node's name follows:
--   3 here          hash: key to entry, and '' to the roster's version
--   4 users         hash: user to how many entries
--   5 held          set of what a node holds: <key> 0 <channel>
--   6 notices       channels on which changes are published
-- KEYS[7] stream of movements; the last of ARGV says what is followed
-- An entry is: where it stands in the order, when it was entered last, its grace, 8 bytes each; the
-- connection, 8 bytes that are not looked into; the node, 16; the member, which begins with the
-- length of the user's id and the id.
local USER_JOINED, JOINED, UPDATED, LEFT, USER_LEFT = 0, 1, 2, 3, 4
local NODE_LENGTH = 16
local micros = clock[1] * 1000000 + clock[2] + tonumber(ARGV[3]) * 1000

local function user_of(member)
  local length = struct.unpack('>I2', member)
  return string.sub(member, 3, 2 + length)
end

local function unpacked(value)
  local order, stamp, grace = struct.unpack('>I8I8I8', value)
  return {
    order = order,
    stamp = stamp,
    grace = grace,
    connection = string.sub(value, 25, 32),
    node = string.sub(value, 33, 32 + NODE_LENGTH),
    member = string.sub(value, 33 + NODE_LENGTH)
  }
end

local function entry_of(channel, key)
  local value = redis.call('HGET', KEYS[3] .. channel, key)
  return value and unpacked(value)
end

local function put(channel, key, entry)
  local numbers = struct.pack('>I8I8I8', entry.order, entry.stamp, entry.grace)
  redis.call(
    'HSET', KEYS[3] .. channel, key,
    numbers .. entry.connection .. entry.node .. entry.member)
end

local function held_name(channel, key)
  return key .. '\0' .. channel
end

local function absent_name(channel, key, entry)
  return entry.connection .. held_name(channel, key)
end

local function next_version()
  local version = math.max(tonumber(redis.call('GET', KEYS[1]) or 0) + 1, micros)
  redis.call('SET', KEYS[1], whole(version))
  return version
end

-- Tells of a change that was made; the roster's version begins anew where nobody was.
local function changed(channel, kind, key, member, version)
  local here = KEYS[3] .. channel
  local previous = tonumber(redis.call('HGET', here, '') or 0)
  redis.call('HSET', here, '', whole(version))
  local present = redis.call('HLEN', here) - 1
  if present == 0 then
    redis.call('DEL', here, KEYS[4] .. channel)
  end
  redis.call(
    ARGV[4], KEYS[6] .. channel,
    'M' .. struct.pack('>I8I8BI4B', previous, version, kind, present, #key) .. key .. member)
  if kind == USER_JOINED or kind == USER_LEFT then
    moved(KEYS[7], tonumber(ARGV[#ARGV]), kind == USER_JOINED and 'J' or 'L', channel, user_of(member))
  end
end

local function remove(channel, key, entry)
  redis.call('HDEL', KEYS[3] .. channel, key)
  redis.call('SREM', KEYS[5] .. entry.node, held_name(channel, key))
  redis.call('ZREM', KEYS[2], absent_name(channel, key, entry))
  local user = user_of(entry.member)
  local left = redis.call('HINCRBY', KEYS[4] .. channel, user, -1)
  if left <= 0 then
    redis.call('HDEL', KEYS[4] .. channel, user)
  end
  changed(channel, left <= 0 and USER_LEFT or LEFT, key, entry.member, next_version())
end
