import { expect, it } from 'vitest';
import { changesOf } from './changes';

it('shows what differs, by name', () => {
  expect(changesOf({ before: { b: '1', a: 'x' }, after: { b: '2', a: 'x', c: '3' } })).toEqual([
    { name: 'b', before: '1', after: '2' },
    { name: 'c', before: undefined, after: '3' },
  ]);
  expect(changesOf({})).toEqual([]);
});
