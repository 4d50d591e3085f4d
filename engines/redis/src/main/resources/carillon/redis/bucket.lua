-- What is known of a budget. KEYS[1] bucket. Answers the server's time in milliseconds, and the bucket's
-- state; empty when there is none.
return {now, redis.call('GET', KEYS[1]) or ''}
