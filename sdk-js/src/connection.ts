import { type Clock } from './clock.js'
import { asError, CarillonError, own } from './errors.js'
import type { Codec, Encoded, Link, LinkListener } from './link.js'
import type { Tokens } from './tokens.js'
import type { ClientFrame, Err, Go, Limits, Problem, Reply, Retry, ServerFrame, Welcome } from './wire.js'

/**
 * What the connection does.
 *
 * ```
 * idle ─connect()→ connecting ─welcome→ connected ─lost→ waiting ─timer, online, visible→ connecting
 *                      └── fatal ───────────┴────────────────┴→ failed         any ─close()→ closed
 * ```
 */
export type ConnectionState =
  | { readonly state: 'idle' }
  | {
      readonly state: 'connecting'
      /** How many attempts failed in a row before this one. */
      readonly attempt: number
    }
  | {
      readonly state: 'connected'
      /** The connection's id. */
      readonly connection: string
      /** Who the server takes this client for; absent with a key alone. */
      readonly clientId: string | undefined
      /** By what others know this client on channels: the `key` of its `Member`. */
      readonly member: string | undefined
      /** What the server takes. */
      readonly limits: Limits
    }
  | {
      readonly state: 'waiting'
      /** How many attempts failed in a row; 0 after a connection that had lasted. */
      readonly attempt: number
      /** Milliseconds since 1970. */
      readonly retryAt: number
      /** Why the last connection or attempt ended. */
      readonly reason: CarillonError
    }
  | {
      readonly state: 'failed'
      /** Why the server does not want this client; `connect()` tries again all the same. */
      readonly reason: CarillonError
    }
  | { readonly state: 'closed' }

/** Who a connection works for. */
export interface ConnectionHost {
  /** What is said right behind `hello`, in the same message. */
  opening(): ClientFrame[]
  welcomed(): void
  received(frame: ServerFrame): void
  /** The same connection goes on with other rights. */
  renewed(): void
  /** Answers to what was asked will not come any more. */
  lost(code?: number): void
  changed(state: ConnectionState): void
  problem(problem: Problem): CarillonError
  /** Calls back with the answer, and gives the number for the request. */
  expect(answered: (reply: Reply) => void): number
}

/** Connecting, with its answer, may take this long. */
const CONNECT_MILLIS_MAX = 15_000
/** A first retry comes within this time. */
const FIRST_RETRY_MILLIS = 200
const BACKOFF_MILLIS = 300
const BACKOFF_MILLIS_MAX = 20_000
/** A connection that lived for this long is not part of a row of failures. */
const LASTING_MILLIS = 10_000
/** After `hb` of silence, or a request that nothing follows, the client waits, then asks, then gives up. */
const PROBE_MILLIS = 5_000
const GIVE_UP_MILLIS = 10_000

/** Keeps one connection to the server. Its one timer belongs to the present state. */
export class Connection {
  state: ConnectionState = { state: 'idle' }
  /** Frames can be sent: `hello` is out, though maybe not answered. */
  speaking = false
  #link: Link | undefined
  /** What late events are told by that they are of an earlier attempt. */
  #session: object | undefined
  #timer: unknown
  #attempt = 0
  #out: Encoded[] = []
  /** Milliseconds; 0 without a welcome. */
  #hb = 0
  /** 10.2: by which the server knows that a client has come back. */
  #secret: string | undefined
  /** When something should be heard: the heartbeat's time after the last, or at once when something is asked. */
  #due = 0
  #since = 0
  /** Milliseconds behind `#due` in which nothing more is done; longer once the server was asked. */
  #patience = PROBE_MILLIS
  #advised = false
  #go: Go | undefined
  #error: CarillonError | undefined

  constructor(
    private readonly host: ConnectionHost,
    private readonly clock: Clock,
    private readonly codec: Codec,
    private readonly credentials: Tokens | string,
    private readonly dial: (listener: LinkListener) => Promise<Link> | Link,
  ) {}

  /** Connects unless it does or is already; from `waiting` at once. */
  connect(): void {
    const { state } = this.state
    if (state !== 'connecting' && state !== 'connected') {
      if (state !== 'waiting') this.#attempt = 0
      void this.#begin()
    }
  }

  /** The device is awake or online again. */
  wake(): void {
    if (this.state.state === 'waiting' && !this.#advised) this.connect()
    if (this.#hb) this.#listen()
  }

  close(): void {
    if (this.speaking) {
      this.send({ t: 'bye' })
      this.#flush()
    }
    this.#secret = undefined
    this.#end({ state: 'closed' })
  }

  send(frame: ClientFrame): void {
    this.sendEncoded(this.codec.encode(frame), frame.i)
  }

  /** Together with what else is said in this turn. A broken network may not tell that it took it: an answer is waited for. */
  sendEncoded(frame: Encoded, i: number | undefined): void {
    if (i && this.#due > this.clock.now()) {
      this.#due = this.clock.now()
      this.#listen()
    }
    if (this.#out.push(frame) === 1) queueMicrotask(() => this.#flush())
  }

  #flush(): void {
    const frames = this.#out
    this.#out = []
    if (this.speaking) this.#link?.send(frames)
  }

  async #begin(): Promise<void> {
    const session = (this.#session = {})
    const current = (): boolean => session === this.#session
    this.#go = this.#error = undefined
    this.#become({ state: 'connecting', attempt: this.#attempt })
    this.#arm(CONNECT_MILLIS_MAX, () => this.#drop(own('timeout', 'connecting')))
    try {
      const credentials = this.credentials
      const who = typeof credentials === 'string' ? { key: credentials } : { token: await credentials.get() }
      if (!current()) return
      const dialled = this.dial({
        opened: () => current() && this.#greet(who),
        received: (frames) => frames.forEach((frame) => current() && this.#receive(frame)),
        closed: (code, reason) => current() && this.#closed(code, reason),
      })
      const link = dialled instanceof Promise ? await dialled : dialled
      if (current()) this.#link = link
      else link.close()
    } catch (thrown) {
      const error = asError(thrown, 'connection-lost')
      if (current()) this.#drop(error, error.retry)
    }
  }

  #greet(who: { readonly key: string } | { readonly token: string }): void {
    const i = this.host.expect((reply) => {
      if (reply.t === 'welcome') this.#welcomed(reply)
      else this.#error = this.host.problem(reply as Err)
    })
    this.speaking = true
    this.#out = []
    for (const frame of [{ t: 'hello', i, ...who, session: this.#secret } as const, ...this.host.opening()]) this.send(frame)
  }

  #welcomed({ conn, you, session, member, hb, limits }: Welcome): void {
    this.#since = this.clock.now()
    this.#due = this.#since + (this.#hb = hb)
    this.#secret = session
    this.#become({ state: 'connected', connection: conn, clientId: you, member, limits })
    this.#listen()
    this.host.welcomed()
  }

  #receive(frame: ServerFrame): void {
    this.#due = this.clock.now() + this.#hb
    this.#patience = PROBE_MILLIS
    switch (frame.t) {
      case 'ping':
        return this.send({ t: 'pong' })
      case 'go':
        this.#go = frame
        return
      case 'reauth':
        return void this.#renew()
      case 'err':
        // what follows may be the end
        if (frame.i === undefined && frame.ch === undefined) this.#error = this.host.problem(frame)
    }
    this.host.received(frame)
  }

  /** A new token for this connection; a failed one is asked for again until the connection ends. */
  async #renew(): Promise<void> {
    const session = this.#session
    const tokens = this.credentials as Tokens
    for (let attempt = 0; session === this.#session; attempt++) {
      try {
        const token = await tokens.ask('renew')
        if (session === this.#session) {
          const i = this.host.expect((reply) => {
            if (reply.t === 'err') tokens.refuse(this.host.problem(reply))
            else this.host.renewed()
          })
          this.send({ t: 'auth', i, token })
        }
        return
      } catch {
        await new Promise<void>((next) => this.clock.setTimeout(next, this.#backoff(attempt + 1)))
      }
    }
  }

  /** Gives up after silence; a timer that was late, as after a sleep, finds out at once. */
  #listen(): void {
    const rest = this.#due - this.clock.now()
    if (rest + GIVE_UP_MILLIS <= 0) return this.#drop(own('connection-lost', 'silence'))
    if (rest + this.#patience <= 0) {
      this.#patience = GIVE_UP_MILLIS
      this.send({ t: 'ping' })
    }
    this.#arm(rest + this.#patience, () => this.#listen())
  }

  /** 7.3 and 7.4: what the server advises, or what the close code says. */
  #closed(code: number, reason: string): void {
    const range = (['no', 'later', 'now', 'token'] as const)[(code / 100 - 40) | 0]
    const said = this.#go && (this.#go.v === 'fatal' ? 'no' : this.#go.v)
    const error = this.#error ?? own('connection-lost', `${code} ${this.#go?.why ?? reason}`.trim())
    this.#drop(error, said ?? range, this.#go?.after, code)
  }

  #drop(reason: CarillonError, retry?: Retry, after?: number, code?: number): void {
    const refused = retry === 'token'
    if (retry === 'no' || (refused && typeof this.credentials === 'string')) {
      return this.#end({ state: 'failed', reason })
    }
    if (refused) (this.credentials as Tokens).refuse(reason)
    if (this.#hb && this.clock.now() - this.#since > LASTING_MILLIS) this.#attempt = 0
    const attempt = this.#attempt++
    const delay = after ?? this.#backoff(retry === 'later' ? attempt + 1 : attempt)
    this.#advised = after !== undefined
    this.#leave(code)
    this.#become({ state: 'waiting', attempt, retryAt: this.clock.now() + delay, reason })
    this.#arm(delay, () => void this.#begin())
  }

  #end(state: ConnectionState): void {
    this.#leave()
    this.#become(state)
  }

  #leave(code?: number): void {
    this.clock.clearTimeout(this.#timer)
    this.#session = undefined
    this.#link?.close()
    this.#link = undefined
    this.speaking = false
    this.#hb = this.#due = 0
    this.host.lost(code)
  }

  #backoff(attempt: number): number {
    const most = attempt === 0 ? FIRST_RETRY_MILLIS : Math.min(BACKOFF_MILLIS * 2 ** attempt, BACKOFF_MILLIS_MAX)
    return Math.round(this.clock.random() * most)
  }

  #arm(millis: number, run: () => void): void {
    this.clock.clearTimeout(this.#timer)
    this.#timer = this.clock.setTimeout(run, millis)
  }

  #become(state: ConnectionState): void {
    this.state = state
    this.host.changed(state)
  }
}
