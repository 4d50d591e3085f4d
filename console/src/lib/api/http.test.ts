import { afterEach, describe, expect, it, vi } from 'vitest';
import { call, Refusal } from './http';

afterEach(() => vi.unstubAllGlobals());

function answering(...answer: ConstructorParameters<typeof Response>) {
  const asked = vi.fn(() => Promise.resolve(new Response(...answer)));
  vi.stubGlobal('fetch', asked);
  return asked;
}

async function refusal(): Promise<Refusal> {
  return call('GET', '/x').then(
    () => Promise.reject(new Error('it was not refused')),
    (error: unknown) => error as Refusal,
  );
}

describe('a call', () => {
  it('answers the JSON that came', async () => {
    const asked = answering('{"a":1}');
    expect(await call('POST', '/x', { b: 2 })).toEqual({ a: 1 });
    expect(asked.mock.calls[0]).toMatchObject(['/x', { method: 'POST', body: '{"b":2}' }]);
  });

  it('rejects with the problem of the server, and when it may be tried again', async () => {
    answering('{"code":"too-many-attempts","title":"T","detail":"T: d","pointer":"/email"}', {
      status: 429,
      headers: { 'retry-after': '7' },
    });
    const { message, retryAfter, field, signedOut } = await refusal();
    expect([message, retryAfter, field, signedOut]).toEqual(['d', 7, 'email', false]);
  });

  it('says what is no answer of this server', async () => {
    answering('<html>', { status: 502 });
    expect((await refusal()).problem).toMatchObject({ code: 'not-understood', status: 502 });
    vi.stubGlobal('fetch', () => Promise.reject(new TypeError('failed')));
    expect((await refusal()).problem.code).toBe('unreachable');
  });
});
