-- Records that a channel or a member came or went, as one step with the change itself.
-- stream   of the application; followed   1 when somebody wants to be told, 2 when of counts, 3 both
-- kind     O occupied, V vacated, J a user joined, L a user left
local function moved(stream, followed, kind, channel, user)
  if followed % 2 == 1 and string.byte(channel) ~= 35 then -- # is of the server's own
    redis.call(
      'XADD', stream, 'MAXLEN', '~', 100000, '*', 'kind', kind, 'channel', channel, 'user', user)
  end
end

-- Notes that a channel has another number of subscriptions, and when that is due: at once up to 100,
-- and 5 s after the first change beyond.
local function numbered(stream, followed, channel, total)
  if followed >= 2 and string.byte(channel) ~= 35 and string.sub(channel, 1, 9) ~= 'presence-' then
    local due = total > 100 and now + 5000 or now
    redis.call('ZADD', stream .. ':counts', 'NX', whole(due), channel)
    redis.call('PEXPIRE', stream .. ':counts', 600000) -- in case that nobody asks any more
  end
end
