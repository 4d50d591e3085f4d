import { describe, expect, it } from 'vitest';
import { beginnings, periods, roundUp, seriesOf, worded } from './period';

const none = { messages: 0, bytesIn: 0, deliveries: 0, bytesOut: 0, connectionMinutes: 0, peakConnections: 0 };
const now = new Date('2026-03-31T12:34:56.789Z');

describe('a period', () => {
  it('ends with the step of now', () => {
    expect(beginnings(periods.hour, now).at(-1)).toBe('2026-03-31T12:34:00Z');
    expect(beginnings(periods.day, now)[0]).toBe('2026-03-30T13:00:00Z');
    expect(beginnings(periods.days, now).at(-1)).toBe('2026-03-31T00:00:00Z');
    expect(beginnings(periods.year, now)[0]).toBe('2025-04-01T00:00:00Z');
    expect(beginnings(periods.year, now).at(-2)).toBe('2026-02-01T00:00:00Z');
  });
});

describe('the lines', () => {
  const begins = ['2026-01-01T00:00:00Z', '2026-01-01T01:00:00Z', '2026-01-01T02:00:00Z'];
  const point = (hour: number, of: string, messages: number) => ({
    at: begins[hour] ?? '',
    of,
    used: { ...none, messages, peakConnections: messages },
  });

  it('have a value for every step, and the largest comes first', () => {
    const points = [point(0, 'a', 1), point(2, 'a', 2), point(1, 'b', 9), { ...point(0, 'c', 1), at: '2025-01-01T00:00:00Z' }];
    expect(seriesOf(points, begins, 'messages')).toEqual([
      { of: 'b', values: [0, 9, 0], total: 9 },
      { of: 'a', values: [1, 0, 2], total: 3 },
    ]);
    expect(seriesOf(points, begins, 'peakConnections')[1]?.total).toBe(2);
  });
});

describe('figures', () => {
  it('are worded and rounded', () => {
    expect(worded(999, 'bytesIn')).toBe('999 B');
    expect(worded(1_500_000, 'bytesOut')).toBe('1.5 MB');
    expect([0, 1, 3, 20, 21, 99].map(roundUp)).toEqual([1, 1, 5, 20, 50, 100]);
  });
});
