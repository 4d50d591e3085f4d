import type { Clock } from '../clock.js'
import { type Codec, json, type Link, type LinkListener, type WebSocketConstructor } from '../link.js'
import type { ClientFrame, Item, ServerFrame } from '../wire.js'
import { poll } from './poll.js'
import { stream } from './stream.js'

/** What the HTTP transports need to know. */
export interface FallbackSettings {
  /** Where the server is, without a slash at its end. */
  readonly base: string
  readonly fetch: typeof fetch
  readonly clock: Clock
  /** That of the client: what it wrote is written anew, since HTTP carries JSON alone. */
  readonly codec: Codec
  readonly Socket: WebSocketConstructor
  /** What got through: a WebSocket, or HTTP. */
  readonly works: (socket: boolean) => void
}

/** What `hello` said. */
export interface Hello {
  readonly i: number
  readonly token?: string
  readonly key?: string
}

/** One of the two ways, once it is known who the client is. */
export interface Way {
  /** The first ones behind `hello`. */
  send(frames: readonly ClientFrame[]): void
  close(): void
}

/** What a way tells; who is told that it is closed closes it. */
export interface WayListener {
  received(frames: readonly ServerFrame[]): void
  closed(code: number, reason: string): void
}

/** After this time a WebSocket is tried beside the fallback, then after twice that, and so on. */
const PROBE_MILLIS = 10_000
const PROBE_MILLIS_MAX = 300_000

/** Section 13 of the protocol: a stream of events with requests beside it; where streams do not pass, polls. */
export function openFallback(settings: FallbackSettings, listener: LinkListener): Link {
  const { clock, codec, Socket, base } = settings
  let way: Way | undefined
  let timer: unknown
  let pause = PROBE_MILLIS
  const probe = (): void => {
    const socket = new Socket(`${base.replace(/^http/, 'ws')}/v1/realtime`, codec.protocol)
    socket.onerror = () => {}
    socket.onclose = again
    socket.onopen = () => {
      socket.onclose = null
      socket.close(1000)
      settings.works(true)
      listener.closed(4200, '')
    }
  }
  const again = (): void => {
    timer = clock.setTimeout(probe, pause)
    pause = Math.min(2 * pause, PROBE_MILLIS_MAX)
  }
  again()
  queueMicrotask(() => listener.opened())
  return {
    send(encoded) {
      const frames = encoded.map((frame) => rewritten(codec.decode(frame)[0] as unknown as ClientFrame))
      if (way) return way.send(frames)
      const hello = frames.shift() as unknown as Hello
      way = stream(settings, hello, listener, () => (way = poll(settings, hello, listener)))
      way.send(frames)
    },
    close() {
      clock.clearTimeout(timer)
      way?.close()
    },
  }
}

/** What the client wrote, for JSON. */
function rewritten(frame: ClientFrame): ClientFrame {
  const { m } = frame as { readonly m?: readonly Item[] }
  return m ? { ...frame, m: m.map((item) => ({ ...item, ...json.pack(item.d) })) } : frame
}
