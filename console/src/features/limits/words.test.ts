import { expect, test } from 'vitest';
import type { AppLimit } from '../../lib/api/types';
import { inUse, named, ownOf, rangeOf, share } from './words';

const limit: AppLimit = {
  name: 'messagesPerSecond',
  level: 'app',
  unit: 'a second',
  meaning: 'Messages',
  value: 50,
  source: 'app',
  planValue: 100,
  most: 100,
  unlimited: false,
  editable: true,
  used: 2.5,
};

test('a name is words', () => {
  expect(named('messagesPerSecond')).toBe('Messages per second');
});

test('what is used is told with its part of the limit', () => {
  expect(inUse(limit)).toBe('2.5 (5 %)');
  expect(inUse({ ...limit, value: 0, used: 1234 })).toBe('1,234');
  const { used, ...unknown } = limit;
  expect(used).toBe(2.5);
  expect(inUse(unknown)).toBe('');
});

test('a quota without a limit has no part', () => {
  const quota = { name: 'messagesPerMonth', unit: 'a month', meaning: '', allowed: 0, used: 5, from: '', to: '', overrun: 'alert' } as const;
  expect(share(quota)).toBeUndefined();
  expect(share({ ...quota, allowed: 6 })).toBe(83);
});

test('only what the app has set itself is in its fields', () => {
  expect(ownOf([limit, { ...limit, name: 'connections', source: 'plan' }, { ...limit, name: 'team', editable: false }])).toEqual({
    messagesPerSecond: '50',
    connections: '',
  });
  expect(rangeOf({ ...limit, unlimited: true, most: 10_000 })).toBe('1 to 10,000, or 0 for no limit');
});
