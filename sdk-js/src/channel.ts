import type { Core, Patience } from './core.js'
import { type Disposable, disposable, Emitter } from './emitter.js'
import { own } from './errors.js'
import { type ChannelState, Feed, type Gap, type Position } from './feed.js'
import { Inbox, type Overflow } from './inbox.js'
import { type EventMap, type EventName, type MessageOf, messageOf } from './message.js'
import { Presence } from './presence.js'
import type { Problem, PubResult } from './wire.js'

/** Where a channel begins; those of the first `client.channel(…)` with its name count. */
export interface ChannelOptions {
  /** On the first join, the newest so many messages come first: 1 to 1,000. */
  readonly rewind?: number
  /** Where to go on on the first join: the position of the last message that was processed, perhaps saved. */
  readonly since?: Position
}

/** How one message is published. */
export interface PublishOptions extends Patience {
  /** Up to 128 characters; made up if absent. A message with an id that the channel knows is not taken again. */
  readonly id?: string
  /** A few words beside the data, up to 2,048 bytes of JSON. */
  readonly extras?: object
}

/** Where a message stands now that it is in the log. Immutable. */
export interface PublishResult extends Position {
  /** The one that was given, or that the client made up. */
  readonly id: string
  /** It had been taken before, at this position; nobody got it twice. */
  readonly duplicate: boolean
}

/** Which part of the past is read. */
export interface HistoryOptions extends Patience {
  /** Messages of a page, 1 to 1,000; 100 if absent. */
  readonly limit?: number
  /** Pages from here towards the oldest; without it from the newest. */
  readonly before?: Position
  /** Pages from here towards the newest instead. */
  readonly after?: Position
  /** Pages from where live messages began, so that both join without hole or repeat. Waits for the channel. */
  readonly untilAttach?: boolean
}

/** Some messages in a row, each as it is now. Immutable. */
export interface HistoryPage<M extends EventMap> {
  /** The newest first; with `after` the oldest first. */
  readonly items: readonly MessageOf<M>[]
  /** Whether another page follows. */
  readonly more: boolean
}

/** How messages wait for the one who iterates over them. */
export interface MessagesOptions {
  /** Ends the iteration. */
  readonly signal?: AbortSignal
  /** How many messages may wait to be read; 1,000 if absent. */
  readonly buffer?: number
  /** When more wait: the iteration fails (if absent), or messages are left out. */
  readonly overflow?: Overflow
}

/** A listener's hold on its channel. */
export interface Subscription extends Disposable {
  /** Settled when messages flow, or with why they do not. */
  readonly ready: Promise<void>
}

/** @internal A subscription whose listener may stay on when it does not hold the channel any more. */
export interface Held extends Subscription {
  readonly leave: () => void
}

interface ChannelEvents {
  /** Messages are missing and cannot be brought: read what you show anew, or its history. */
  readonly gap: Gap
  readonly state: ChannelState
}

/**
 * A channel. It joins with its first listener and leaves some time after the last one is off.
 *
 * @typeParam M what data each message name comes with
 */
export class Channel<M extends EventMap = Record<string, unknown>> {
  readonly #core: Core
  /** @internal For what is built on channels. */
  readonly feed: Feed
  readonly #messages = new Emitter<Record<string, MessageOf<M>>>()
  readonly #facts = new Emitter<ChannelEvents>()
  #held: (() => void) | undefined

  /** @internal */
  constructor(
    core: Core,
    /** Up to 200 letters, digits and `_ - = @ , . ; :`. */
    readonly name: string,
    options: ChannelOptions,
  ) {
    this.#core = core
    this.feed = new Feed(core, name, {
      delivered: (item, epoch) => {
        const message = messageOf<M>(item, epoch, core.settings.codec)
        this.#messages.emit(message.name, message)
        this.#messages.emit('*', message)
      },
      changed: (state) => this.#facts.emit('state', state),
      missed: (gap) => this.#facts.emit('gap', gap),
    })
    this.feed.rewind = options.rewind
    this.feed.position = options.since
  }

  /** What the channel does now; follow it with `on('state', …)`. */
  get state(): ChannelState {
    return this.feed.state
  }

  /** Of the newest message that was delivered, or where the channel was joined; save it to go on later. */
  get position(): Position | undefined {
    return this.feed.position
  }

  /** When the channel's state changes; does not join it. */
  on(event: 'state', listener: (state: ChannelState) => void): Disposable
  /** When messages are missing for good; does not join it. */
  on(event: 'gap', listener: (gap: Gap) => void): Disposable
  /** Each message. */
  on(name: '*', listener: (message: MessageOf<M>) => void): Subscription
  /** Each message of this name. Joins the channel, and leaves it after the last listener is off. */
  on<K extends Exclude<EventName<M>, keyof ChannelEvents | '*'>>(
    name: K,
    listener: (message: MessageOf<M, K>) => void,
  ): Subscription
  on(name: string, listener: (value: never) => void): Disposable {
    if (name === 'state' || name === 'gap') {
      return disposable(this.#facts.on(name, listener as (value: Gap | ChannelState) => void))
    }
    return this.#listen(name, listener as (message: MessageOf<M>) => void)
  }

  #listen(name: string, listener: (message: MessageOf<M>) => void): Subscription {
    const off = this.#messages.on(name, listener)
    const leave = this.feed.use()
    const end = (): void => {
      off()
      leave()
    }
    return Object.assign(disposable(end), { ready: this.#live(), leave })
  }

  /** Joins until `detach`, with or without listeners. */
  attach(): Promise<void> {
    const release = this.feed.use()
    this.#held?.()
    this.#held = release
    return this.#live()
  }

  /** Leaves at once, also under its listeners, and forgets the position. */
  detach(): void {
    this.#held = undefined
    this.feed.leave()
  }

  /** Who is present. */
  get presence(): Presence {
    return (this.feed.presence ??= new Presence(this.#core, this.feed, this.name))
  }

  /**
   * Publishes a message. While there is no connection it waits for one; what was not acknowledged is sent
   * again, with its id, so that it is taken once. Settles exactly once, within the timeout.
   *
   * @param data anything that JSON can say, or bytes (a `Uint8Array`); the server's limit is in the connection's `limits`
   * @returns rejected with a `CarillonError`: `timeout`, `aborted`, `queue-full`, `closed`, or why the server did not take it
   */
  publish<K extends EventName<M>>(name: K, data: M[K], options?: PublishOptions): Promise<PublishResult> {
    return this.edit({ n: name }, data ?? null, options)
  }

  /** @internal */
  async edit(item: object, data: unknown, options: PublishOptions = {}): Promise<PublishResult> {
    const { codec, publishTimeout } = this.#core.settings
    const { id = this.#core.newId(), timeout = publishTimeout, signal, extras: x } = options
    const message = { ...item, ...codec.pack(data), id, x }
    const { r } = await this.#core.ask({ t: 'pub', ch: this.name, m: [message] }, { timeout, signal })
    const [result] = r as [PubResult | Problem]
    if ('kind' in result) throw this.#core.problem(result)
    const { e: epoch, o: offset, dup } = result
    return { id, epoch, offset, duplicate: !!dup }
  }

  /** The past, page by page, for as long as more pages are asked for. Needs no subscription. */
  async *history(options: HistoryOptions = {}): AsyncGenerator<HistoryPage<M>, void, undefined> {
    const { limit = 100, after, untilAttach } = options
    let from = after ?? options.before
    if (untilAttach) {
      const release = this.feed.use()
      await this.#live().finally(release)
      const { start } = this.feed
      from = start && { ...start, offset: start.offset + 1 }
    }
    for (;;) {
      const place = from && { [after ? 'after' : 'before']: { e: from.epoch, o: from.offset } }
      const { m = [], more = false, e = 0 } = await this.#core.ask({ t: 'hist', ch: this.name, limit, ...place }, options)
      const items = m.map((item) => messageOf<M>(item, e, this.#core.settings.codec))
      yield { items, more }
      from = items.at(-1)
      if (!more || !from) return
    }
  }

  /** Messages to iterate over, from now on. Ends with the signal, and when the channel is left. */
  messages<K extends EventName<M>>(name: K | '*', options: MessagesOptions = {}): AsyncIterableIterator<MessageOf<M, K>> {
    const { signal, buffer = 1_000, overflow = 'fail' } = options
    const end = (): void => inbox.end()
    const inbox = new Inbox<MessageOf<M, K>>(buffer, overflow, () => {
      subscription.off()
      state.off()
      signal?.removeEventListener('abort', end)
    })
    const subscription = this.#listen(name, (message) => inbox.push(message as MessageOf<M, K>))
    const look = (now: ChannelState): void => {
      if (now.state === 'off') end()
      if (now.state === 'failed') inbox.end(now.reason)
    }
    const state = this.on('state', look)
    signal?.addEventListener('abort', end)
    if (signal?.aborted) end()
    else look(this.state)
    return inbox
  }

  #live(): Promise<void> {
    const live = this.#facts.until('state', this.state, (now) => {
      if (now.state === 'failed') return now.reason
      return now.state === 'off' ? own('detached') : now.state === 'live'
    })
    // the state tells of it too, so nobody has to wait for this
    live.catch(() => {})
    return live
  }
}
