import { describe, expect, it } from 'vitest';
import { halfOf, nextOf, tokenOf } from './next';

describe('nextOf', () => {
  it('leads to a page of the console', () => {
    expect(nextOf('?next=%2Fconsole%2Ft%2F1%2Fapps')).toBe('/console/t/1/apps');
    expect(nextOf('')).toBe('/console');
  });

  it('leads nowhere else', () => {
    for (const next of ['https://evil.example', '//evil.example', '/console//evil.example', '/console\\evil', '/consolex']) {
      expect(nextOf(`?next=${encodeURIComponent(next)}`)).toBe('/console');
    }
  });
});

describe('tokenOf', () => {
  it('is what stands behind the #', () => {
    expect(tokenOf('#abc-_')).toBe('abc-_');
    expect(tokenOf('')).toBe('');
  });
});

describe('halfOf', () => {
  it('is the token of a second step', () => {
    expect(halfOf('#second-step=abc-_1')).toBe('abc-_1');
    expect(halfOf('#abc')).toBeUndefined();
    expect(halfOf('')).toBeUndefined();
  });
});
