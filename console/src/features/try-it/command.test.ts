import { describe, expect, it } from 'vitest';
import { channelProblem, publishLine } from './command';

describe('publishLine', () => {
  it('can be pasted into a shell', () => {
    expect(publishLine('news')).toBe(`./carillon publish news greeting '{"text":"hello"}'`);
    expect(publishLine('a;b')).toBe(`./carillon publish 'a;b' greeting '{"text":"hello"}'`);
  });
});

describe('channelProblem', () => {
  it('accepts public names and refuses the rest with what was expected', () => {
    expect(channelProblem('my-channel')).toBeUndefined();
    expect(channelProblem('cache-news')).toBeUndefined();
    expect(channelProblem('')).toContain('(expected: 1 to 200');
    expect(channelProblem('a b')).toContain('channel: a b (expected:');
    expect(channelProblem('private-a')).toContain('a public channel');
  });
});
