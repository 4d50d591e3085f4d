import type { Retry, ServerFrame } from '../wire.js'
import type { FallbackSettings, Hello, WayListener } from './index.js'

/** Whether the server refused it; any other refusal is of something on the way. */
export const isProblem = ({ headers }: Response): boolean => /problem\+json/.test(headers.get('content-type') as string)

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
  const response = await fetch(base + path + (token ? '' : `&key=${encodeURIComponent(key as string)}`), {
    headers: token ? { Authorization: `Bearer ${token}` } : {},
    signal,
  })
  if (!isProblem(response)) return response
  const { code: kind, number: code, detail: msg, retry } = (await response.json()) as {
    readonly code: string
    readonly number: number
    readonly detail: string
    readonly retry: Retry
  }
  const v = retry === 'no' ? 'fatal' : retry
  listener.received([{ t: 'err', i, kind, code, msg, retry } as ServerFrame, { t: 'go', v }])
  return listener.closed(1006, '') as undefined
}
