import type { Clock } from './clock.js'
import { Connection, type ConnectionHost, type ConnectionState } from './connection.js'
import { Emitter } from './emitter.js'
import { CarillonError, own } from './errors.js'
import type { Feed } from './feed.js'
import type { Codec, Encoded, Link, LinkListener } from './link.js'
import { watchDevice } from './device.js'
import { Tokens, type GetToken } from './tokens.js'
import type { ClientFrame, Err, Ok, Problem, Reply, ServerFrame } from './wire.js'

/** 52 bits of chance. */
const chance = (): string => Math.random().toString(36).slice(2)

/** How a request waits for its answer. */
export interface Patience {
  /** Milliseconds until the promise is rejected with `timeout`; if absent `publishTimeout` for what is published, 15,000 for the rest. */
  readonly timeout?: number | undefined
  /** Rejects with `aborted` when it fires. */
  readonly signal?: AbortSignal | undefined
}

/** What happens to the client as a whole. */
export interface ClientEvents {
  /** The connection does something else now. */
  state: ConnectionState
  /** An attempt to get a token failed; `attempt` counts them in a row. */
  auth: {
    /** Failures in a row, from 1. */
    readonly attempt: number
    /** With what `getToken` threw as its `cause`. */
    readonly error: CarillonError
  }
  /** The server complained about something that no request or channel stands for. */
  error: CarillonError
}

/** What the core needs to know; all set. */
export interface CoreSettings {
  readonly errors: string
  readonly clock: Clock
  readonly codec: Codec
  readonly credentials: string | GetToken
  readonly queueLimit: number
  readonly publishTimeout: number
  readonly linger: number
  readonly dial: (listener: LinkListener) => Promise<Link> | Link
}

interface Request {
  /** As it was when it was asked, whatever becomes of the caller's objects. */
  readonly frame: Encoded
  readonly settle: (answer: Ok | CarillonError) => void
}

const ASK_MILLIS = 15_000

/** The WebSocket close code for a message over the size limit. */
const TOO_BIG = 1009

/** The shared inside of a client: its connection, who waits for which answer, and its feeds. */
export class Core implements ConnectionHost {
  readonly events = new Emitter<ClientEvents>()
  readonly connection: Connection
  /** By the channel's name. */
  readonly feeds = new Map<string, Feed>()
  #last = 0
  #unwatch: (() => void) | undefined
  readonly #idPrefix = chance() + chance()
  #ids = 0
  /** Waiting for an answer on this connection. */
  readonly #expected = new Map<number, (reply: Reply) => void>()
  /** Sent again on the next connection, in their order, until they are settled. */
  readonly #requests = new Map<number, Request>()

  constructor(readonly settings: CoreSettings) {
    const { credentials, clock, codec, dial } = settings
    const tokens =
      typeof credentials === 'string'
        ? credentials
        : new Tokens(clock, credentials, (error, attempt) => this.events.emit('auth', { attempt, error }))
    this.connection = new Connection(this, clock, codec, tokens, dial)
  }

  /** Connects because something is needed; a client that was closed or refused stays that. */
  need(): void {
    if (this.connection.state.state === 'idle') this.connection.connect()
  }

  /** Why nothing can be asked for, if so. */
  get dead(): CarillonError | undefined {
    const state = this.connection.state
    if (state.state === 'failed') return state.reason
    return state.state === 'closed' ? own('closed') : undefined
  }

  /** Nobody else makes the same. */
  newId(): string {
    return `${this.#idPrefix}-${++this.#ids}`
  }

  expect(answered: (reply: Reply) => void): number {
    this.#expected.set(++this.#last, answered)
    return this.#last
  }

  /** The answer to a frame that is sent again after a loss; the promise is settled exactly once. */
  async ask(frame: ClientFrame, { timeout = ASK_MILLIS, signal }: Patience = {}): Promise<Ok> {
    if (this.dead) throw this.dead
    if (signal?.aborted) throw own('aborted')
    if (this.#requests.size >= this.settings.queueLimit) throw own('queue-full')
    const i = ++this.#last
    const request = this.settings.codec.encode({ ...frame, i })
    return new Promise((resolve, reject) => {
      const abort = (): void => settle(own('aborted'))
      const timer = this.settings.clock.setTimeout(() => settle(own('timeout', frame.t)), timeout)
      const settle = (answer: Ok | CarillonError): void => {
        this.#requests.delete(i)
        this.settings.clock.clearTimeout(timer)
        signal?.removeEventListener('abort', abort)
        if (answer instanceof CarillonError) reject(answer)
        else resolve(answer)
      }
      signal?.addEventListener('abort', abort)
      this.#requests.set(i, { frame: request, settle })
      if (this.connection.state.state === 'connected') this.connection.sendEncoded(request, i)
      else this.need()
    })
  }

  opening(): ClientFrame[] {
    return [...this.feeds.values()].flatMap((feed) => feed.opening())
  }

  welcomed(): void {
    for (const [i, { frame }] of this.#requests) this.connection.sendEncoded(frame, i)
  }

  renewed(): void {
    for (const feed of this.feeds.values()) feed.renewed()
  }

  received(frame: ServerFrame): void {
    const feed = this.feeds.get((frame as { readonly ch?: string }).ch ?? '')
    if (frame.t === 'msg') feed?.receive(frame)
    else if (frame.t === 'pres') feed?.presence?.received(frame)
    else if (frame.t === 'eph') feed?.signals?.received(frame.m)
    else this.#answered(frame as Reply, feed)
  }

  #answered(reply: Reply, feed: Feed | undefined): void {
    const { i } = reply
    if (i === undefined) {
      if (reply.t === 'err') this.#complained(reply, feed)
      // a channel that was left has no start
      else if (feed?.start) feed.told(reply)
      return
    }
    const expected = this.#expected.get(i)
    this.#expected.delete(i)
    if (expected) return expected(reply)
    // what is asked is answered with one of these
    this.#requests.get(i)?.settle(reply.t === 'err' ? this.problem(reply) : (reply as Ok))
  }

  #complained(reply: Err, feed: Feed | undefined): void {
    const error = this.problem(reply)
    if (reply.of) feed?.presence?.ended(error)
    else if (feed) feed.refused(error)
    else this.events.emit('error', error)
  }

  lost(code?: number): void {
    this.#expected.clear()
    if (code === TOO_BIG) this.#giveUpLargest()
    for (const feed of this.feeds.values()) feed.lost()
  }

  /** Else it would end the next connection too. */
  #giveUpLargest(): void {
    const requests = [...this.#requests.values()].sort((one, other) => other.frame.length - one.frame.length)
    requests[0]?.settle(own('too-large'))
  }

  changed(state: ConnectionState): void {
    const { dead } = this
    if (!dead) this.#unwatch ??= watchDevice(() => this.connection.wake())
    else {
      this.#unwatch?.()
      this.#unwatch = undefined
      for (const { settle } of [...this.#requests.values()]) settle(dead)
      for (const feed of this.feeds.values()) feed.ended(dead)
    }
    this.events.emit('state', state)
  }

  problem(problem: Problem): CarillonError {
    return new CarillonError(problem, this.settings.errors)
  }
}
