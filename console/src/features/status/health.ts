/** What the node says of itself. */
export type Health =
  { kind: 'loading' } | { kind: 'up' } | { kind: 'down'; detail: string } | { kind: 'unreachable'; detail: string };

/** Asks `GET /health`; never throws, because every answer is something to show. */
export async function askHealth(get: typeof fetch, signal: AbortSignal): Promise<Health> {
  try {
    const response = await get('/health', { signal, headers: { accept: 'application/json' } });
    const body: unknown = await response.json();
    const status = statusOf(body);
    if (response.ok && status === 'UP') {
      return { kind: 'up' };
    }
    return { kind: 'down', detail: `status ${status ?? 'missing'}, HTTP ${response.status}` };
  } catch (error) {
    return { kind: 'unreachable', detail: error instanceof Error ? error.message : String(error) };
  }
}

function statusOf(body: unknown): string | undefined {
  if (typeof body === 'object' && body !== null && 'status' in body && typeof body.status === 'string') {
    return body.status;
  }
  return undefined;
}
