import type { ClientFrame, ServerFrame, WirePosition } from '../wire.js'
import type { FallbackSettings, Hello, Way, WayListener } from './index.js'
import { isProblem, request } from './request.js'

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
/** Of the first poll after a change: it is not answered before when all channels go on where they were. */
const FIRST_WAIT_SECONDS = 1
/** Every answer of a poll is a sign of life. */
const HEARTBEAT_MILLIS = 50_000

/** 13.7: requests that wait. Nothing is kept between them, so they bring messages, and carry none up. */
export function poll(settings: FallbackSettings, hello: Hello, listener: WayListener): Way {
  const channels = new Map<string, Polled>()
  let who = hello
  let cursor: string | undefined
  let abort = new AbortController()
  let welcome = false

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
    while (!signal.aborted) {
      if (!channels.size) {
        // what asks for nothing is refused, which shows as well that the server is there
        if (!welcome && !isProblem(await settings.fetch(`${settings.base}/v1/poll`, { signal }))) throw 'no answer'
        return greet()
      }
      const response = await request(settings, who, listener, `/v1/poll?wait=${wishes()}`, signal)
      if (!response) return
      if (!response.ok) throw response.status
      const answer = (await response.json()) as Answer
      if (signal.aborted) return
      greet()
      cursor = answer.cursor
      answer.frames.forEach(receive)
      for (const [ch, channel] of channels) {
        // one that goes on at its position is not told so
        if (!channel.i || !channel.at) continue
        say({ t: 'subbed', i: channel.i, ch, recovered: true })
        channel.i = undefined
      }
      say({ t: 'pong' })
    }
  }

  /** Only now: a network that lets nothing through must not look like a connection. */
  const greet = (): void => {
    settings.works(false)
    if (!welcome) say({ t: 'welcome', i: hello.i, conn: 'poll', hb: HEARTBEAT_MILLIS, limits: {} })
    welcome = true
  }

  const wishes = (): string => {
    if (cursor) return `${WAIT_SECONDS}&cursor=${cursor}`
    const all = [...channels].map(([name, { at, rewind }]) => {
      const past = at ? `${at.e}@${at.o}&rewind=` : `&rewind=${rewind ?? ''}`
      return `&ch=${encodeURIComponent(name)}&since=${past}`
    })
    return FIRST_WAIT_SECONDS + all.join('')
  }

  const receive = (frame: ServerFrame): void => {
    const { t, ch } = frame as { readonly t: string; readonly ch: string }
    const channel = channels.get(ch)
    if (!channel) return say(frame)
    const { i } = channel
    if (frame.t === 'msg') channel.at = { e: frame.e, o: frame.o }
    if (frame.t === 'subbed') {
      const { e, o, start, se = e, recovered } = frame
      channel.at = recovered === false ? { e, o } : { e: se, o: start }
      // nobody asked: the client has to see that it does not go on
      if (!i) return say({ ...frame, t: 'msg', f: o, m: [] })
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
        who = { ...who, token: frame['token'] as string }
        break
      case 'ping':
        // a poll that is under way answers for itself
        return channels.size ? undefined : say({ t: 'pong' })
      default:
        if (i) say({ t: 'err', i, ch, kind: 'unsupported', code: 90008, msg: `${t} by long-poll`, retry: 'later' })
        return
    }
    say({ t: 'ok', i })
  }

  ask()
  return {
    send: (frames) => frames.forEach(carryOut),
    close: () => abort.abort(),
  }
}
