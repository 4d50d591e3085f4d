import { describe, expect, it } from 'vitest';
import { wordsOf } from './events';

describe('wordsOf', () => {
  it('shows what it does not know as it is', () => {
    expect(wordsOf('signed-in')).toBe('Signed in');
    expect(wordsOf('newer-than-this-page')).toBe('newer-than-this-page');
  });
});
