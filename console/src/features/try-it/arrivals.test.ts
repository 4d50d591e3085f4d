import { describe, expect, it } from 'vitest';
import { clockTime } from '../../ui/clockTime';
import { linesMax, withArrival, type Line } from './arrivals';

const arrival = { channel: 'news', event: 'greeting', data: 'hello' };
const noon = new Date(2026, 0, 2, 12, 3, 4, 5);

describe('withArrival', () => {
  it('puts the newest first with an id of its own', () => {
    const lines = withArrival(withArrival([], arrival, noon), { ...arrival, data: 'again' }, noon);
    expect(lines.map((line) => [line.id, line.data])).toEqual([
      [2, 'again'],
      [1, 'hello'],
    ]);
  });

  it('keeps a bounded number', () => {
    let lines: Line[] = [];
    for (let i = 0; i < linesMax + 5; i++) {
      lines = withArrival(lines, arrival, noon);
    }
    expect(lines).toHaveLength(linesMax);
    expect(lines[0]?.id).toBe(linesMax + 5);
  });
});

describe('clockTime', () => {
  it('is the same in every locale', () => {
    expect(clockTime(noon)).toBe('12:03:04.005');
  });
});
