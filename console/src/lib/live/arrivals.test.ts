import { describe, expect, it } from 'vitest';
import { afterwards, arrivalOf, arrivalsMax, type Arrivals, matching, noArrivals } from './arrivals';

const message = {
  name: 'greeting',
  data: { text: 'Hello' },
  id: 'x',
  clientId: undefined,
  timestamp: 0,
  action: 'create',
  ref: undefined,
  changed: undefined,
  extras: undefined,
  epoch: 1,
  offset: 2,
} as const;
const arrived = (before: Arrivals, channel = 'news') => afterwards(before, { what: 'arrived', arrival: arrivalOf(channel, message) });

describe('arrivals', () => {
  it('are the newest first, and bounded', () => {
    let all = noArrivals;
    for (let i = 0; i < arrivalsMax + 3; i++) {
      all = arrived(all);
    }
    expect(all.shown).toHaveLength(arrivalsMax);
    expect(all.shown[0]?.id).toBe(arrivalsMax + 3);
    expect(all.shown[0]?.position).toBe('1:2');
  });

  it('are held while the list is paused, and shown when it goes on', () => {
    let all = afterwards(arrived(noArrivals), { what: 'pause' });
    all = arrived(all, 'other');
    expect(all.shown.map(({ channel }) => channel)).toEqual(['news']);
    expect(all.held).toHaveLength(1);
    all = afterwards(all, { what: 'resume' });
    expect(all.shown.map(({ channel }) => channel)).toEqual(['other', 'news']);
    expect(all.held).toBeUndefined();
  });

  it('go when the list is cleared, and it stays paused', () => {
    const all = afterwards(arrived(afterwards(noArrivals, { what: 'pause' })), { what: 'clear' });
    expect(all).toEqual({ shown: [], held: [], count: 1 });
  });

  it('are filtered by what they say', () => {
    const { shown } = arrived(noArrivals);
    expect(matching(shown, ' HELLO ')).toHaveLength(1);
    expect(matching(shown, 'greet')).toHaveLength(1);
    expect(matching(shown, 'bye')).toHaveLength(0);
    expect(matching(shown, '')).toHaveLength(1);
  });
});
