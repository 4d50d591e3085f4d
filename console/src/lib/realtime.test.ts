import { describe, expect, it } from 'vitest';
import { refusalOf, textOf } from './realtime';

describe('textOf', () => {
  it('leaves text alone and writes objects as JSON', () => {
    expect(textOf('hello')).toBe('hello');
    expect(textOf({ a: 1 })).toBe('{"a":1}');
    expect(textOf(undefined)).toBe('');
  });
});

describe('refusalOf', () => {
  it('tells a refusal for good', () => {
    expect(refusalOf({ type: 'PusherError', data: { code: 4001, message: 'no such app' } })).toBe('no such app (4001)');
    expect(refusalOf({ type: 'WebSocketError', error: { type: 'PusherError', data: { code: 4001, message: '' } } })).toBe(
      'refused (4001)',
    );
  });

  it('leaves what the library retries to the library', () => {
    expect(refusalOf({ data: { code: 4200, message: 'reconnect' } })).toBeUndefined();
    expect(refusalOf(new Error('x'))).toBeUndefined();
    expect(refusalOf(null)).toBeUndefined();
  });
});
