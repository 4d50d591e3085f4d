import type { Retry, ServerFrame } from '../wire.js'
import type { FallbackSettings, Hello, WayListener } from './index.js'

/**
 * Asks as who `hello` says, with the token in a header and never in the address.
 *
 * @returns undefined when the server refused it, which the listener was told as of a refused `hello`
 */
export async function request(
  { base, fetch }: FallbackSettings,
  { i, token, key }: Hello,
  listener: WayListener,
  path: string,
  signal: AbortSignal,
): Promise<Response | undefined> {
  const response = token
    ? await fetch(base + path, { headers: { Authorization: `Bearer ${token}` }, signal })
    : await fetch(`${base}${path}&key=${encodeURIComponent(key ?? '')}`, { signal })
  // anything else is an answer of something on the way
  if (!response.headers.get('content-type')?.includes('problem+json')) return response
  const { code: kind, number: code, detail: msg, retry } = (await response.json()) as {
    readonly code: string
    readonly number: number
    readonly detail: string
    readonly retry: Retry
  }
  const v = retry === 'no' ? 'fatal' : retry
  listener.received([{ t: 'err', i, kind, code, msg, retry } as ServerFrame, { t: 'go', v, why: msg }])
  return listener.closed(1006, msg) as undefined
}
