import type { PusherPosition } from './index.js'

/** Where and as whom a channel's past is read. */
export interface PusherHistorySource {
  /** Where the server is, `https://rt.example.com`. */
  readonly url: string
  /** Answers with a client token that has the capability `history`; called for each page. */
  readonly getToken: () => Promise<string> | string
  /** That of the runtime if absent. */
  readonly fetch?: typeof fetch
}

/** Which part of the past is read. */
export interface PusherHistoryOptions {
  /** Events of a page, 1 to 1,000; 100 if absent. */
  readonly limit?: number
  /** Pages from here towards the oldest. */
  readonly before?: PusherPosition
  /** Gives up when it fires. */
  readonly signal?: AbortSignal
}

/** An event of the past, as it is now. Immutable. */
export interface PusherPastEvent extends PusherPosition {
  /** Its name, as `bind` takes it. */
  readonly event: string
  /** As handlers get it; absent when the event was deleted. */
  readonly data?: unknown
  /** Given by its publisher. */
  readonly id?: string
  /** Who sent it; absent for a backend's. */
  readonly userId?: string
  /** When the server took it, in milliseconds since 1970. */
  readonly timestamp: number
}

/** A page of the past. */
export interface PusherHistoryPage {
  /** The newest first. */
  readonly items: readonly PusherPastEvent[]
  /** Whether another page follows. */
  readonly more: boolean
}

interface Said extends PusherPosition {
  readonly name: string
  readonly data?: unknown
  readonly id?: string
  readonly user?: string
  readonly timestamp: number
}

/** What the server answers: a page, or a problem. */
interface Past {
  readonly messages: readonly Said[]
  readonly next?: string
  readonly detail?: string
}

/** Text that holds JSON is what it holds, as pusher-js has it. */
export function decoded(data: unknown): unknown {
  if (typeof data !== 'string') return data
  try {
    return JSON.parse(data) as unknown
  } catch {
    return data
  }
}

/** The past, page by page, from the newest or before a position. */
export async function* past(
  source: PusherHistorySource,
  channel: string,
  { limit = 100, before, signal }: PusherHistoryOptions,
): AsyncGenerator<PusherHistoryPage, void, undefined> {
  const request = source.fetch ?? fetch
  const place = `${source.url.replace(/\/+$/, '')}/v1/channels/${encodeURIComponent(channel)}/messages?limit=${limit}`
  let from = before && `${before.epoch}:${before.offset}`
  do {
    const headers = { Authorization: `Bearer ${await source.getToken()}` }
    const answer = await request(from ? `${place}&from=${from}` : place, { headers, signal: signal ?? null })
    const body = (await answer.json()) as Past
    if (!answer.ok) throw new Error(`the history of ${channel}: ${answer.status} ${body.detail}`, { cause: body })
    const items = body.messages.map(({ name: event, data, user: userId, ...rest }) => ({ ...rest, event, data: decoded(data), userId }))
    from = body.next
    yield { items: items as PusherPastEvent[], more: from !== undefined }
  } while (from)
}
