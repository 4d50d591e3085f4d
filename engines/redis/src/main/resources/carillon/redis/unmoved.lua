-- Forgets what was recorded. KEYS[1] stream; ARGV[5] the first id that stays
return {redis.call('XTRIM', KEYS[1], 'MINID', ARGV[5])}
