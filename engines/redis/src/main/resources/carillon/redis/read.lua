-- ARGV[5] <epoch>-<offset> to read behind; ARGV[6] how many
-- Answers epoch, offset, the id of the first entry that is kept or '', and the frames.
local first = first_kept()
local found = redis.call('XRANGE', KEYS[2], '(' .. ARGV[5], '+', 'COUNT', ARGV[6])
local frames = {}
for i, entry in ipairs(found) do
  frames[i] = entry[2][2]
end
return {epoch, offset, first or '', frames}
