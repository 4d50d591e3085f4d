import { describe, expect, it } from 'vitest';
import type { Rule } from '../../lib/api/types';
import { formOf, requestOf, wordsOf } from './ruleForm';

const full: Rule = {
  pattern: 'chat:*',
  messageBytes: 1000,
  clientEvents: false,
  hot: { messages: 0, seconds: 60 },
  historyDays: 7,
  publish: 'tokens',
  subscribe: 'clients',
  presence: 'server',
  events: ['a', 'b'],
  schema: { type: 'object' },
  slow: 'latest-per-key',
};

describe('a rule', () => {
  it('is the same after it was edited without a change', () => {
    const { pattern, ...request } = full;
    expect(formOf(full).pattern).toBe(pattern);
    expect(requestOf(formOf(full))).toEqual(request);
  });

  it('leaves out what is empty', () => {
    expect(requestOf(formOf(undefined))).toEqual({});
    expect(wordsOf({ pattern: 'x' })).toEqual(['as the app’s settings say']);
  });

  it('sends what is no number as it was typed', () => {
    expect(requestOf({ ...formOf(undefined), messageBytes: 'many' })).toEqual({ messageBytes: 'many' });
    expect(requestOf({ ...formOf(undefined), hotSeconds: '5' })).toEqual({ hot: { messages: '', seconds: 5 } });
  });
});
