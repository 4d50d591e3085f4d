import { describe, expect, it } from 'vitest';
import { halfOf, nextOf } from './next';

describe('nextOf', () => {
  it('leads to a page of the console', () => {
    expect(nextOf('/console/t/1/apps?channel=a')).toBe('/console/t/1/apps?channel=a');
    expect(nextOf(undefined)).toBe('/console');
  });

  it('leads nowhere else', () => {
    for (const next of [
      'https://evil.example',
      '//evil.example',
      '/console//evil.example',
      '/console\\evil',
      '/consolex',
      '/console/..//evil.example',
      '/console/%2e%2e//evil.example',
      '/console/../logout',
      '/console/a//evil.example',
      '/console/\t/evil.example',
      'javascript:alert(1)',
    ]) {
      expect(nextOf(next), next).toBe('/console');
    }
  });
});

describe('halfOf', () => {
  it('is the token of a second step', () => {
    expect(halfOf('second-step=abc-_1')).toBe('abc-_1');
    expect(halfOf('abc')).toBeUndefined();
    expect(halfOf('')).toBeUndefined();
  });
});
