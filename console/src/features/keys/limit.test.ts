import { describe, expect, test } from 'vitest';
import { capabilitiesOf, limitOf, rowOf } from './limit';

describe('the limit of a key', () => {
  test('none is null for the API, and absent in its answers', () => {
    expect(capabilitiesOf(null)).toBeNull();
    expect(limitOf(undefined)).toBeNull();
  });

  test('goes there and back', () => {
    const limit = limitOf({ 'chat:*': ['publish', 'subscribe'], news: ['history'] });

    expect(limit?.[0]).toEqual({ pattern: 'chat:*', allowed: ['subscribe', 'publish'] });
    expect(capabilitiesOf(limit)).toEqual({ 'chat:*': ['subscribe', 'publish'], news: ['history'] });
  });

  test.each([
    [[{ pattern: ' ', allowed: ['publish'] as const }], 'missing'],
    [[{ pattern: 'a', allowed: [] }], 'allows nothing'],
    [
      [
        { pattern: 'a', allowed: ['publish'] as const },
        { pattern: 'a ', allowed: ['history'] as const },
      ],
      'twice',
    ],
  ])('what cannot be meant is said at the field: %j', (limit, words) => {
    expect(() => capabilitiesOf(limit)).toThrow(words);
  });

  test('words are shown at the pattern that they name', () => {
    const rows = [
      { pattern: 'a:*', allowed: [] },
      { pattern: 'b c', allowed: [] },
      { pattern: '', allowed: [] },
    ];
    expect(rowOf(rows, 'channel pattern: b c (expected: ...)')).toBe(1);
    expect(rowOf(rows, 'a pattern is missing')).toBe(2);
    expect(rowOf(rows.slice(0, 2), 'something else')).toBe(0);
  });
});
