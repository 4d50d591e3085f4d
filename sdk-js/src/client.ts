import { Channel, type ChannelOptions } from './channel.js'
import { type Clock, systemClock } from './clock.js'
import type { ConnectionState } from './connection.js'
import { type ClientEvents, Core } from './core.js'
import { type Disposable, dispose, disposable } from './emitter.js'
import { own } from './errors.js'
import type { FallbackSettings } from './fallback/index.js'
import { type Codec, json, type Link, type LinkListener, openSocket, type WebSocketConstructor } from './link.js'
import type { EventMap } from './message.js'
import type { GetToken } from './tokens.js'

/** Who the client is: a token that your backend signs, or the application's key alone. */
export type Credentials =
  | {
      /** Asked for a token on every connect, unless the known one is in the first four fifths of its life, and before it ends. */
      readonly getToken: GetToken
    }
  | {
      /** The application's public key: it allows to subscribe to public channels and to read their history. */
      readonly key: string
    }

/** What a client is made with: who it is, and settings that have defaults. */
export type ClientOptions = Credentials & {
  /** Needed where the runtime has none, as in Node 20: the class of the package `ws`. */
  readonly WebSocket?: WebSocketConstructor
  /** How frames are written; JSON if absent. */
  readonly codec?: Codec
  /** How many requests may wait for an answer, sent or not; 1,000 if absent. More are refused. */
  readonly queueLimit?: number
  /** Milliseconds in which a publish settles, whatever happens; 120,000 if absent. */
  readonly publishTimeout?: number
  /** Milliseconds that a channel stays joined after its last listener; 500 if absent. */
  readonly linger?: number
  /** Whether HTTP is used where WebSockets do not pass; true if absent. It is loaded when it is needed. */
  readonly fallback?: boolean
  /** For the fallback; that of the runtime if absent. */
  readonly fetch?: typeof fetch
  /** For tests. */
  readonly clock?: Clock
}

/** One connection to a Carillon server, for all channels. Connects when something needs it. */
export class Carillon {
  readonly #core: Core
  readonly #channels = new Map<string, Channel>()

  /**
   * Connects to nothing yet.
   *
   * @param url where the server is, `https://rt.example.com`; a path is kept, for servers behind a proxy
   * @throws TypeError when the url is none
   */
  constructor(url: string, options: ClientOptions) {
    const base = new URL(url).href.replace(/\/+$/, '')
    const { clock = systemClock, codec = json, queueLimit = 1_000, publishTimeout = 120_000, linger = 500 } = options
    this.#core = new Core({
      errors: `${base}/docs/errors.md#`,
      credentials: 'key' in options ? options.key : options.getToken,
      clock,
      codec,
      queueLimit,
      publishTimeout,
      linger,
      dial: dialler({ base, clock, codec, fetch: options.fetch ?? ((...of) => fetch(...of)) }, options),
    })
  }

  /** What the connection does now; follow it with `on('state', …)`. */
  get state(): ConnectionState {
    return this.#core.connection.state
  }

  /** What the platform thinks of the network; a lost connection is not told by this. */
  get online(): boolean {
    return globalThis.navigator?.onLine !== false
  }

  /**
   * Connects, also after `close` and after a failure; while it waits, at once.
   *
   * @returns settled when connected; rejected with a `CarillonError` when the client was refused for good or closed. A
   *   network that is away rejects nothing: the client goes on trying.
   */
  connect(): Promise<void> {
    this.#core.connection.connect()
    return this.#core.events.until('state', this.state, ({ state }) => state === 'connected' || this.#core.dead)
  }

  /** Ends the connection; what waits for an answer is rejected with `closed`. */
  close(): void {
    this.#core.connection.close()
  }

  /** The channel of this name, always the same object; the options of the first call count. */
  channel<M extends EventMap = Record<string, unknown>>(name: string, options: ChannelOptions = {}): Channel<M> {
    let channel = this.#channels.get(name)
    if (!channel) this.#channels.set(name, (channel = new Channel(this.#core, name, options)))
    return channel as unknown as Channel<M>
  }

  /** Leaves the channel and forgets it, for clients that see many names. */
  release(name: string): void {
    this.#channels.get(name)?.detach()
    this.#channels.delete(name)
    this.#core.feeds.delete(name)
  }

  /** Calls for each event from now on, until `off`. What a listener throws is thrown again outside of the client. */
  on<K extends keyof ClientEvents>(event: K, listener: (value: ClientEvents[K]) => void): Disposable {
    return disposable(this.#core.events.on(event, listener))
  }

  /** Closes, at the end of a block with `using`. */
  [dispose](): void {
    this.close()
  }
}

/** So many attempts in a row without an open WebSocket, and HTTP is tried in turn with it: every second time. */
const FALLBACK_AFTER = 2

/** WebSockets, or what carries the same over HTTP. */
function dialler(
  settings: Omit<FallbackSettings, 'Socket' | 'works'>,
  { WebSocket: given, fallback = true }: ClientOptions,
): (listener: LinkListener) => Promise<Link> | Link {
  let failures = 0
  return (listener) => {
    const Socket = given ?? (globalThis.WebSocket as WebSocketConstructor | undefined)
    if (!Socket) throw own('unsupported')
    const turn = failures++
    if (fallback && turn && turn % FALLBACK_AFTER === 0) {
      const works = (socket: boolean): void => void (failures = socket ? 0 : FALLBACK_AFTER)
      return import('./fallback/index.js').then((http) => http.openFallback({ ...settings, Socket, works }, listener))
    }
    return openSocket(Socket, `${settings.base.replace(/^http/, 'ws')}/v1/realtime`, settings.codec, {
      ...listener,
      opened() {
        failures = 0
        listener.opened()
      },
    })
  }
}
