import type { Core } from './core.js'
import { type Disposable, disposable, Emitter } from './emitter.js'
import type { CarillonError } from './errors.js'
import type { Feed } from './feed.js'
import type { ClientFrame, Pres } from './wire.js'

/** Somebody who is present; a user with several connections is several members. Immutable. */
export interface Member {
  /** Names the connection for as long as it can come back in time. */
  readonly key: string
  /** Who it is, as its token says; absent with a key alone. */
  readonly clientId: string | undefined
  /** What it entered with, null if nothing. */
  readonly data: unknown
}

/** Who is present. A new object for every change; immutable. */
export interface PresenceSnapshot {
  /** In the order in which they were first heard of; empty where only the number is asked for. */
  readonly members: readonly Member[]
  /** Also where only the number is asked for. */
  readonly count: number
  /** Whether this is the present state; false until it is known, and while there is no connection. */
  readonly synced: boolean
}

interface PresenceEvents {
  readonly change: PresenceSnapshot
  readonly error: CarillonError
}

const NOBODY: PresenceSnapshot = { members: [], count: 0, synced: false }
/** More changes than these do not wait for a snapshot; it is asked for again instead. */
const WAITING_MAX = 1_000

/** Who is present on a channel: section 9 of the protocol. */
export class Presence {
  readonly #core: Core
  readonly #feed: Feed
  readonly #channel: string
  readonly #events = new Emitter<PresenceEvents>()
  readonly #followers = new Set<{ readonly mode: true | 'count' }>()
  #snapshot = NOBODY
  #members = new Map<string, Member>()
  /** The version of the members. */
  #mine: number | undefined
  #pages: { readonly v: number; readonly members: Map<string, Member> } | undefined
  #waiting: Pres[] = []
  #entered: { readonly data: unknown } | undefined

  /** @internal */
  constructor(core: Core, feed: Feed, channel: string) {
    this.#core = core
    this.#feed = feed
    this.#channel = channel
  }

  /** What is known now; follow it with `subscribe`. */
  get snapshot(): PresenceSnapshot {
    return this.#snapshot
  }

  /** Whether this client has entered. */
  get entered(): boolean {
    return this.#entered !== undefined
  }

  /**
   * Becomes a member, or changes one's data; after a loss of the connection again, which nobody is told of
   * when it is short. Needs no subscription.
   *
   * @param data up to 1 kB of JSON
   */
  async enter(data: unknown = null): Promise<void> {
    this.#entered = { data }
    try {
      await this.#core.ask({ t: 'enter', ch: this.#channel, d: data })
    } catch (error) {
      this.#entered = undefined
      throw error
    }
  }

  /** Is a member no more; fine for who is none. */
  async leave(): Promise<void> {
    this.#entered = undefined
    await this.#core.ask({ t: 'leave', ch: this.#channel })
    this.#feed.linger()
  }

  /** Who is present, asked for once. */
  async get(): Promise<readonly Member[]> {
    const known = this.mode === true ? this.#snapshot : NOBODY
    const told = this.#events.until('change', known, ({ synced }) => synced)
    if (!known.synced) await this.#core.ask({ t: 'who', ch: this.#channel })
    await told
    return this.#snapshot.members
  }

  /** Follows who is present, from what is known at present. Joins the channel. */
  subscribe(listener: (snapshot: PresenceSnapshot) => void): Disposable {
    return this.#follow(true, listener)
  }

  /** Follows how many are present, which costs next to nothing on large channels. Joins the channel. */
  count(listener: (count: number) => void): Disposable {
    return this.#follow('count', ({ count }) => listener(count))
  }

  /** When the membership ended by itself, as when rights were lost. */
  onEnd(listener: (error: CarillonError) => void): Disposable {
    return disposable(this.#events.on('error', listener))
  }

  #follow(mode: true | 'count', listener: (snapshot: PresenceSnapshot) => void): Disposable {
    const before = this.mode
    const follower = { mode }
    this.#followers.add(follower)
    const release = this.#feed.use()
    const off = this.#events.on('change', listener)
    // a subscription that is there already is told anew what it is to be told of
    if (before !== this.mode) this.#feed.ask()
    else if (this.#snapshot.synced) listener(this.#snapshot)
    return disposable(() => {
      off()
      release()
      this.#followers.delete(follower)
    })
  }

  /** @internal What `sub` asks for. */
  get mode(): true | 'count' | undefined {
    const modes = [...this.#followers].map(({ mode }) => mode)
    return modes.includes(true) || modes[0]
  }

  /** @internal 10.2: what is said on a new connection. */
  opening(): ClientFrame[] {
    const entered = this.#entered
    return entered ? [{ t: 'enter', i: this.#core.expect(() => {}), ch: this.#channel, d: entered.data }] : []
  }

  /** @internal The connection is gone, or the channel was left. */
  lost(left = false): void {
    this.#mine = this.#pages = undefined
    this.#waiting = []
    if (left) {
      this.#entered = undefined
      this.#members.clear()
      this.#show(NOBODY)
    } else if (this.#snapshot.synced) this.#show({ ...this.#snapshot, synced: false })
  }

  /** @internal 9.4. */
  ended(error: CarillonError): void {
    this.#entered = undefined
    this.#events.emit('error', error)
  }

  /** @internal 9.6, 9.8 and 9.10. */
  received(frame: Pres): void {
    if (frame.n !== undefined) this.#show({ members: [], count: frame.n, synced: true })
    else if (frame.snap !== undefined) this.#page(frame)
    else if (this.#mine === undefined || this.#pages) this.#wait(frame)
    else if (this.#apply(frame)) this.#showMembers()
  }

  #page({ snap, v = 0, set, more }: Pres): void {
    if (snap === 1) this.#pages = { v, members: new Map() }
    const pages = this.#pages
    if (pages?.v !== v) return
    put(pages.members, set)
    if (more) return
    this.#members = pages.members
    this.#mine = v
    this.#pages = undefined
    this.#waiting.splice(0).every((frame) => this.#apply(frame))
    this.#showMembers()
  }

  #wait(frame: Pres): void {
    if (this.#waiting.push(frame) > WAITING_MAX) this.#waiting.shift()
  }

  /** 9.9; false for a hole. */
  #apply({ f = 0, v = 0, set, del = [] }: Pres): boolean {
    const mine = this.#mine ?? 0
    if (v <= mine) return true
    if (f > mine) {
      this.#mine = undefined
      this.#core.ask({ t: 'who', ch: this.#channel }).catch(() => {})
      return false
    }
    if (f === 0) this.#members.clear()
    for (const key of del) this.#members.delete(key)
    put(this.#members, set)
    this.#mine = v
    return true
  }

  #showMembers(): void {
    const members = [...this.#members.values()]
    this.#show({ members, count: members.length, synced: true })
  }

  #show(snapshot: PresenceSnapshot): void {
    this.#snapshot = snapshot
    this.#events.emit('change', snapshot)
  }
}

function put(members: Map<string, Member>, set: Pres['set'] = {}): void {
  for (const [key, { id: clientId, d: data = null }] of Object.entries(set)) members.set(key, { key, clientId, data })
}
