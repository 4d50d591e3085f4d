import { expect, test } from 'vitest';
import type { Message } from '../../lib/api/types';
import { decidedWords } from './decided';
import { neighbours } from './HistoryPage';

const at = (offset: number): Message => ({ epoch: 3, offset, name: 'n', timestamp: 1 });
const position = { epoch: 3, offset: 9 };

test('a page that goes back has older ones where the server says so, and newer ones unless it is the newest', () => {
  const found = { messages: [at(6), at(5)], position, complete: true, next: '3:5' };
  expect(neighbours(found, { direction: 'backward' })).toEqual({ older: '3:5', newer: undefined });
  expect(neighbours(found, { direction: 'backward', from: '3:7' })).toEqual({ older: '3:5', newer: '3:6' });
});

test('a page that goes on has older ones before its first, and newer ones where the server says so', () => {
  const found = { messages: [at(4), at(5)], position, complete: true, next: '3:5' };
  expect(neighbours(found, { direction: 'forward', from: '3:3' })).toEqual({ older: '3:4', newer: '3:5' });
});

test('behind the end the way back begins at the end', () => {
  const found = { messages: [], position, complete: true };
  expect(neighbours(found, { direction: 'forward', from: '3:9' })).toEqual({ older: '3:10' });
  expect(neighbours(found, { direction: 'backward' })).toEqual({});
});

test('what decided is said in a sentence', () => {
  expect(decidedWords({ type: 'channel-rule', pattern: 'chat:*', least: 'tokens' })).toBe('the rule chat:* asks for at least tokens.');
  expect(decidedWords({ type: 'no-capability', lacking: [] })).toBe('no capability of the token is for this channel.');
});
