import type { ClientFrame, ServerFrame, WirePosition } from '../wire.js'
import type { FallbackSettings, Hello, Way, WayListener } from './index.js'
import { request } from './request.js'

/** A channel that is polled. */
interface Polled {
  /** The request that is to be answered. */
  i: number | undefined
  at: WirePosition | undefined
  readonly rewind: number | undefined
}

interface Answer {
  readonly frames: readonly ServerFrame[]
  readonly cursor: string
}

const WAIT_SECONDS = 25
/** Every answer of a poll is a sign of life. */
const HEARTBEAT_MILLIS = 50_000

/** 13.7: requests that wait. Nothing is kept between them, so they bring messages, and carry none up. */
export function poll(settings: FallbackSettings, hello: Hello, listener: WayListener): Way {
  const channels = new Map<string, Polled>()
  let who = hello
  let cursor: string | undefined
  let abort = new AbortController()

  const say = (frame: object): void => listener.received([frame as ServerFrame])

  /** What was asked for has changed: a cursor would still be for the old. */
  const ask = (): void => {
    abort.abort()
    cursor = undefined
    const { signal } = (abort = new AbortController())
    run(signal).catch((error: unknown) => signal.aborted || listener.closed(1006, String(error)))
  }

  const run = async (signal: AbortSignal): Promise<void> => {
    // all that is asked for in one turn goes in one request
    await Promise.resolve()
    while (!signal.aborted && channels.size > 0) {
      const response = await request(settings, who, listener, `/v1/poll?wait=${WAIT_SECONDS}${wishes()}`, signal)
      if (!response) return
      if (!response.ok) return listener.closed(1006, `${response.status}`)
      const answer = (await response.json()) as Answer
      if (signal.aborted) return
      settings.works(false)
      cursor = answer.cursor
      answer.frames.forEach(receive)
      say({ t: 'pong' })
    }
  }

  const wishes = (): string => {
    if (cursor !== undefined) return `&cursor=${cursor}`
    return [...channels]
      .map(([name, { at, rewind }]) => {
        const past = at ? `${at.e}@${at.o}&rewind=` : `&rewind=${rewind ?? ''}`
        return `&ch=${encodeURIComponent(name)}&since=${past}`
      })
      .join('')
  }

  const receive = (frame: ServerFrame): void => {
    const { t, ch } = frame as { readonly t: string; readonly ch: string }
    const channel = channels.get(ch)
    if (!channel) return say(frame)
    const { i } = channel
    if (frame.t === 'msg') channel.at = { e: frame.e, o: frame.o }
    if (frame.t === 'subbed') {
      const { e, o, start, se = e } = frame
      const lost = frame.recovered === false
      channel.at = lost ? { e, o } : (channel.at ?? { e: se, o: start })
      // nobody asked: it goes on, or the client has to see that it does not
      if (!i) return lost ? say({ ...frame, t: 'msg', f: o, m: [] }) : undefined
      channel.i = undefined
    }
    if (t === 'err') channels.delete(ch)
    // messages come behind the answer, so theirs is undefined
    say({ ...frame, i })
  }

  const carryOut = (frame: ClientFrame): void => {
    const { t, i } = frame
    const ch = frame['ch'] as string
    switch (t) {
      case 'sub':
        channels.set(ch, { i, at: frame['since'] as WirePosition | undefined, rewind: frame['rewind'] as number | undefined })
        return ask()
      case 'unsub':
        channels.delete(ch)
        ask()
        break
      case 'auth':
        who = { ...who, token: String(frame['token']) }
        break
      case 'ping':
        return say({ t: 'pong' })
      default:
        if (i) say({ t: 'err', i, ch, kind: 'unsupported', code: 90008, msg: `${t} by long-poll`, retry: 'later' })
        return
    }
    say({ t: 'ok', i })
  }

  queueMicrotask(() => say({ t: 'welcome', i: hello.i, conn: 'poll', hb: HEARTBEAT_MILLIS, limits: {} }))
  return {
    send: (frames) => frames.forEach(carryOut),
    close: () => abort.abort(),
  }
}
