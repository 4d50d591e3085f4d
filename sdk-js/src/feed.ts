import type { Core } from './core.js'
import type { CarillonError } from './errors.js'
import type { Presence } from './presence.js'
import type { Signals } from './signals.js'
import type { ClientFrame, GapReason, Item, Msg, Reply, Subbed } from './wire.js'

/** Where something stands in a channel's log: a later epoch is a greater number, offsets are dense from 1. */
export interface Position {
  /** Grows when the log begins anew; below 2⁵³. */
  readonly epoch: number
  /** From 1, without holes within an epoch; below 2⁵³. */
  readonly offset: number
}

/**
 * What a channel does.
 *
 * ```
 * off ─first use→ joining ─subbed→ live ─hole, loss→ joining        any ─refused→ failed
 * ```
 */
export type ChannelState =
  | { readonly state: 'off' }
  | { readonly state: 'joining' }
  | { readonly state: 'live' }
  | {
      readonly state: 'failed'
      /** Why the server refuses the channel; it is not tried again before somebody attaches or listens anew. */
      readonly reason: CarillonError
    }

/** Messages between two positions are missing, and are not coming; what follows is again without a hole. */
export interface Gap {
  /** The last message that was delivered. */
  readonly from: Position
  /** What follows begins behind it. */
  readonly to: Position
  /** Why they cannot be brought. */
  readonly reason: GapReason
}

/** What a feed tells its channel. */
export interface FeedListener {
  delivered(item: Item, epoch: number): void
  changed(state: ChannelState): void
  missed(gap: Gap): void
}

const RETRY_MILLIS = 1_000
/** In a row, without a message between them. */
const PROMPT_REPAIRS_MAX = 3

/** One channel of the connection: its position, and the rule that finds holes and repeats (3.4). */
export class Feed {
  state: ChannelState = { state: 'off' }
  /** The newest that was delivered; undefined until the channel was joined. */
  position: Position | undefined
  /** Where what is delivered began: history up to here joins without hole or repeat. */
  start: Position | undefined
  rewind: number | undefined
  presence: Presence | undefined
  signals: Signals | undefined
  /** Somebody uses it, so each connection is asked for it. */
  wanted = false
  readonly #users = new Set<object>()
  #lingering: unknown
  #retrying: unknown
  #asked: number | undefined
  #repairs = 0

  constructor(
    readonly core: Core,
    readonly name: string,
    private readonly listener: FeedListener,
  ) {
    core.feeds.set(name, this)
  }

  /** Keeps the channel joined until the answer is called, and then for the time of `linger`. */
  use(): () => void {
    const user = {}
    this.#users.add(user)
    this.#join()
    return () => {
      if (this.#users.delete(user)) this.linger()
    }
  }

  /** Leaves in a while, unless somebody uses it then; 4.5: that would end a membership as well. */
  linger(): void {
    const { clock, linger } = this.core.settings
    clock.clearTimeout(this.#lingering)
    this.#lingering = clock.setTimeout(() => {
      if (this.wanted && this.#users.size === 0 && !this.presence?.entered) this.leave()
    }, linger)
  }

  /** Off at once, whoever uses it. */
  leave(): void {
    const { connection } = this.core
    if (this.#asked !== undefined && connection.speaking) {
      connection.send({ t: 'unsub', i: this.core.expect(() => {}), ch: this.name })
    }
    this.lost()
    this.#users.clear()
    this.position = this.start = undefined
    this.wanted = false
    this.presence?.lost(true)
    this.#become({ state: 'off' })
  }

  #join(): void {
    const { core } = this
    if (this.#isActive) return
    this.wanted = true
    if (core.dead) return this.#become({ state: 'failed', reason: core.dead })
    this.#become({ state: 'joining' })
    core.need()
    this.ask()
  }

  get #isActive(): boolean {
    return this.state.state === 'joining' || this.state.state === 'live'
  }

  /** Also after a refusal, when rights may have changed. */
  ask(): void {
    const { connection } = this.core
    if (connection.speaking && this.wanted) connection.send(this.#asking())
  }

  /** What is said on a new connection. */
  opening(): ClientFrame[] {
    return [...(this.wanted ? [this.#asking()] : []), ...(this.presence?.opening() ?? [])]
  }

  /** 4.1: from here on, or behind what was delivered. */
  #asking(): ClientFrame {
    this.#stopRetrying()
    if (!this.#isActive) this.#become({ state: 'joining' })
    const { position, rewind } = this
    const since = position && { e: position.epoch, o: position.offset }
    const i = this.core.expect((reply) => i === this.#asked && this.told(reply))
    this.#asked = i
    return { t: 'sub', i, ch: this.name, since, rewind: since ? undefined : rewind, presence: this.presence?.mode }
  }

  /** The answer to what was asked for, or that something is left out (3.8). */
  told(reply: Reply): void {
    if (reply.t === 'subbed') this.#joined(reply)
    else if (reply.t === 'err') this.refused(this.core.problem(reply))
  }

  #joined({ e, o, start, se = e, recovered, why }: Subbed): void {
    const from = this.position
    if (!recovered) {
      const lost = recovered === false && from
      this.position = this.start = lost ? { epoch: e, offset: o } : { epoch: se, offset: start }
      if (lost) this.listener.missed({ from, to: this.position, reason: why ?? 'expired' })
    }
    this.#become({ state: 'live' })
  }

  /** 3.4 and 3.7. */
  receive({ e, f, o, prev, m }: Msg): void {
    const at = this.position
    const asked = this.#asked
    if (!at || asked === undefined) return
    const begun = e === at.epoch ? at.offset : prev?.e === at.epoch && at.offset >= prev.o ? f : -1
    if (f > begun) return this.#repair()
    if (e === at.epoch && o <= begun) return
    this.#repairs = 0
    for (const item of m) {
      if (item.o <= begun) continue
      this.position = { epoch: e, offset: item.o }
      this.listener.delivered(item, e)
      // a listener may have left the channel
      if (asked !== this.#asked) return
    }
    this.position = { epoch: e, offset: o }
  }

  /** Asks for what is missing; a server that answers with the same hole again is given time. */
  #repair(): void {
    if (this.state.state !== 'live') return
    this.#become({ state: 'joining' })
    if (++this.#repairs > PROMPT_REPAIRS_MAX) this.#later()
    else this.ask()
  }

  /** The connection has other rights now. */
  renewed(): void {
    if (!this.#isActive) this.ask()
  }

  /** By the answer to a request, or because rights were lost. */
  refused(reason: CarillonError): void {
    if (reason.retry === 'no' || reason.retry === 'token') return this.ended(reason)
    this.#become({ state: 'joining' })
    this.#later(reason.after)
  }

  /** Until somebody asks again; a position is kept, so that it can go on. */
  ended(reason: CarillonError): void {
    this.lost()
    if (this.wanted) this.#become({ state: 'failed', reason })
  }

  /** The connection is gone, and with it the subscription. */
  lost(): void {
    this.#asked = undefined
    this.#stopRetrying()
    this.presence?.lost()
    if (this.state.state === 'live') this.#become({ state: 'joining' })
  }

  /** Up to half of the time more, so that not all who were refused come at once. */
  #later(after = RETRY_MILLIS): void {
    const { clock } = this.core.settings
    this.#retrying = clock.setTimeout(() => this.ask(), after * (1 + clock.random() / 2))
  }

  #stopRetrying(): void {
    this.core.settings.clock.clearTimeout(this.#retrying)
  }

  #become(state: ChannelState): void {
    this.state = state
    this.listener.changed(state)
  }
}
