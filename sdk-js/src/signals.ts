import type { Channel } from './channel.js'
import { type Disposable, disposable, Emitter } from './emitter.js'
import type { Feed } from './feed.js'
import type { EventMap } from './message.js'
import type { EphItem } from './wire.js'

/** Something that was true for a moment: kept nowhere, and told to whoever is there. Immutable. */
export interface Signal {
  /** The name it was sent with. */
  readonly name: string
  /** What JSON can say, or bytes. */
  readonly data: unknown
  /** Says which of several things of one name it is about. */
  readonly key: string | undefined
  /** The sender's key; see `Member`. */
  readonly member: string
  /** Who sent it, as its token says. */
  readonly clientId: string | undefined
}

/** Of signals with the same name and key only the newest of this time is sent. */
const PAUSE_MILLIS = 40
const NAMES_MAX = 100

/**
 * Tells the others who are there now; it is kept nowhere and not acknowledged, and while there is no connection it
 * is told to nobody. Of what is sent faster than every 40 ms, only the newest for each name and key.
 */
export function signal<M extends EventMap>(channel: Channel<M>, name: string, data: unknown, key?: string): void {
  signalsOf(channel.feed).send(name, data, key)
}

/** Each signal of this name from others. Joins the channel. */
export function onSignal<M extends EventMap>(
  channel: Channel<M>,
  name: string,
  listener: (signal: Signal) => void,
): Disposable {
  return signalsOf(channel.feed).on(name, listener)
}

function signalsOf(feed: Feed): Signals {
  return (feed.signals ??= new Signals(feed))
}

/** A channel's signals: section 11 of the protocol. */
export class Signals {
  readonly #listeners = new Emitter<Record<string, Signal>>()
  readonly #waiting = new Map<string, object>()
  #timer: unknown

  constructor(private readonly feed: Feed) {}

  send(name: string, data: unknown, key: string | undefined): void {
    const { connection, settings } = this.feed.core
    if (connection.state.state !== 'connected') return
    const place = `${name}\n${key}`
    if (this.#waiting.size >= NAMES_MAX && !this.#waiting.has(place)) return
    this.#waiting.set(place, { n: name, ...settings.codec.pack(data ?? null), k: key })
    if (this.#timer === undefined) this.#flush()
  }

  on(name: string, listener: (signal: Signal) => void): Disposable {
    const off = this.#listeners.on(name, listener)
    const release = this.feed.use()
    return disposable(() => {
      off()
      release()
    })
  }

  received(items: readonly EphItem[]): void {
    for (const item of items) {
      const { n: name, k: key, member, by: clientId } = item
      this.#listeners.emit(name, { name, data: this.feed.core.settings.codec.unpack(item), key, member, clientId })
    }
  }

  #flush(): void {
    this.#timer = undefined
    if (this.#waiting.size === 0) return
    const m = [...this.#waiting.values()]
    this.#waiting.clear()
    const { connection, settings } = this.feed.core
    if (connection.speaking) connection.send({ t: 'eph', ch: this.feed.name, m })
    this.#timer = settings.clock.setTimeout(() => this.#flush(), PAUSE_MILLIS)
  }
}
