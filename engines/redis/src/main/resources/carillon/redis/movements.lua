-- Records that a channel or a member came or went, as one step with the change itself.
-- stream   of the application; followed   1 when somebody wants to be told
-- kind     O occupied, V vacated, J a user joined, L a user left
local function moved(stream, followed, kind, channel, user)
  if followed == '1' and string.byte(channel) ~= 35 then -- # is of the server's own
    redis.call(
      'XADD', stream, 'MAXLEN', '~', 100000, '*', 'kind', kind, 'channel', channel, 'user', user)
  end
end
