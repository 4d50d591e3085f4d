import { describe, expect, it } from 'vitest';
import type { Webhook } from './calls';
import { ago, count, healthOf, outcomeOf, typesOf } from './words';

const webhook: Webhook = {
  id: '1',
  label: '',
  url: 'https://example.com',
  format: 'pusher',
  types: [],
  channelPrefix: '',
  batched: false,
  paused: false,
  since: '2026-11-21T12:00:00Z',
  waiting: 0,
  dead: 0,
  dropped: 0,
  failures: 0,
};
const now = new Date('2026-11-21T12:00:00Z');

describe('a webhook', () => {
  it('says how it fares', () => {
    expect(healthOf(webhook, now)).toEqual(['Active', 'good']);
    expect(healthOf({ ...webhook, failures: 1 }, now)).toEqual(['Failing', 'bad']);
    expect(healthOf({ ...webhook, failures: 5, closedUntil: '2026-11-21T12:00:01Z' }, now)[0]).toBe('Failing, tried less often');
    expect(healthOf({ ...webhook, failures: 5, closedUntil: '2026-11-21T11:59:59Z' }, now)[0]).toBe('Failing');
    expect(healthOf({ ...webhook, failures: 5, paused: true }, now)).toEqual(['Paused', 'waiting']);
  });

  it('offers what its format has', () => {
    expect(typesOf('carillon').map(([word]) => word)).toContain('message_published');
    expect(typesOf('pusher').map(([word]) => word)).not.toContain('message_published');
  });

  it('says since when the oldest event waits', () => {
    expect(ago('2026-11-21T11:59:59Z', now)).toBe('1 second');
    expect(ago('2026-11-21T11:49:01Z', now)).toBe('10 minutes');
    expect(ago('2026-11-20T12:00:00Z', now)).toBe('24 hours');
  });

  it('counts and names', () => {
    expect(count(1, 'event')).toBe('1 event');
    expect(count(1200, 'event')).toBe('1,200 events');
    const call = { number: 1, id: 'x', at: '', attempt: 1, latency: 3, accepted: false, reply: '', events: [] };
    expect(outcomeOf(call)).toBe('no answer');
    expect(outcomeOf({ ...call, status: 503 })).toBe('status 503');
  });
});
