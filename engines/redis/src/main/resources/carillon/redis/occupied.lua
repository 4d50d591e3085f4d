-- KEYS as in count; ARGV[5] prefix; ARGV[6] only names behind this one; ARGV[7] how many
local from = '[' .. ARGV[5]
if ARGV[6] >= ARGV[5] and ARGV[6] ~= '' then
  from = '(' .. ARGV[6]
end
local to = '+'
if ARGV[5] ~= '' then
  to = '(' .. ARGV[5] .. '\255'
end
return redis.call('ZRANGEBYLEX', KEYS[2], from == '[' and '-' or from, to, 'LIMIT', 0, ARGV[7])
