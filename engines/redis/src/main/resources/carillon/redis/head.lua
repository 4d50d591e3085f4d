-- Answers epoch, offset, the latest message's frame or '', and for how many milliseconds it is kept.
local latest = redis.call('GET', KEYS[5])
if latest then
  local left = struct.unpack('>I8', latest) - now
  if left > 0 then
    return {epoch, offset, string.sub(latest, 9), left}
  end
end
return {epoch, offset, '', 0}
