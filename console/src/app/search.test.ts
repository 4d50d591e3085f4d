import { describe, expect, it } from 'vitest';
import { first, parseSearch, stringifySearch } from './search';

describe('an address’s words', () => {
  it('stay text, also when they look like numbers', () => {
    expect(parseSearch('?channel=1&next=%2Fconsole%3Fa%3Db')).toEqual({ channel: '1', next: '/console?a=b' });
    expect(stringifySearch({ channel: '1', next: '/console?a=b' })).toBe('?channel=1&next=%2Fconsole%3Fa%3Db');
  });

  it('may have several of a name, and an empty one', () => {
    expect(parseSearch('?channel=a&channel=b&channel=')).toEqual({ channel: ['a', 'b', ''] });
    expect(stringifySearch({ channel: ['a', 'b', ''] })).toBe('?channel=a&channel=b&channel=');
  });

  it('are taken by name, the first of each', () => {
    expect(first('channel', 'next')({ channel: ['a', 'b'], other: 'c' })).toEqual({ channel: 'a' });
  });

  it('are none when there is nothing to say', () => {
    expect(parseSearch('')).toEqual({});
    expect(stringifySearch({ channel: undefined })).toBe('');
  });
});
