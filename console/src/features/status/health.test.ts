import { describe, expect, it } from 'vitest';
import { askHealth } from './health';

const never = new AbortController().signal;

function answering(status: number, body: string): typeof fetch {
  return () => Promise.resolve(new Response(body, { status }));
}

describe('askHealth', () => {
  it('is up when the node says so', async () => {
    expect(await askHealth(answering(200, '{"status":"UP"}'), never)).toEqual({ kind: 'up' });
  });

  it('is down with the status when the node has a problem', async () => {
    expect(await askHealth(answering(503, '{"status":"DOWN"}'), never)).toEqual({
      kind: 'down',
      detail: 'status DOWN, HTTP 503',
    });
  });

  it('is unreachable when there is no answer that can be read', async () => {
    const answer = await askHealth(answering(502, '<html>'), never);
    expect(answer.kind).toBe('unreachable');
  });
});
