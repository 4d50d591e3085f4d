// loaded by clients when they need it: a file takes its own time, and this server's time does not wait for it
import '../fallback/index.js'
import type { WebSocketConstructor } from '../link.js'
import type { ClientFrame, Item, Retry, ServerFrame, WirePosition } from '../wire.js'
import { settle, TestClock } from './clock.js'
import { fetchOf, type Passage } from './http.js'
import { Hub, type TestServerOptions } from './hub.js'
import { problemOf } from './problems.js'
import { socketsOf } from './socket.js'

const RETRIES = ['no', 'later', 'now', 'token'] as const satisfies readonly Retry[]

/**
 * A server in memory that speaks `carillon.v1`, for the tests of an application. Hand its `options` to
 * the client, and move its time yourself.
 */
export class TestServer {
  /** The time of this server, and of clients that were given its `options`. */
  readonly clock = new TestClock()
  /** For the client's option: sockets that lead here. */
  readonly WebSocket: WebSocketConstructor
  /** For the client's option: requests of the fallback that lead here. */
  readonly fetch: typeof fetch
  readonly #hub: Hub
  readonly #passage: Passage = { streams: true, polls: true }

  /** A server with empty logs that nobody is connected to. */
  constructor(options: TestServerOptions = {}) {
    this.#hub = new Hub(this.clock, options)
    this.WebSocket = socketsOf(this.#hub)
    this.fetch = fetchOf(this.#hub, this.#passage)
  }

  /** For the client's options. */
  get options(): Pick<TestServer, 'WebSocket' | 'fetch' | 'clock'> {
    return { WebSocket: this.WebSocket, fetch: this.fetch, clock: this.clock }
  }

  /** What clients said, in order, as they said it. */
  get heard(): readonly ClientFrame[] {
    return this.#hub.heard
  }

  /** How many connections are welcome at present. */
  get connections(): number {
    return this.#hub.sessions.size
  }

  /** Lets so many milliseconds pass, with all that they bring. */
  advance(millis: number): Promise<void> {
    return this.clock.advance(millis)
  }

  /** Lets what is under way arrive, without that time passes. */
  settle(): Promise<void> {
    return settle()
  }

  /** Publishes as a backend does. */
  publish(channel: string, name: string, data: unknown, id?: string): WirePosition {
    const log = this.#hub.log(channel)
    const known = log.known(id)
    if (!known) this.#hub.store(channel, { n: name, d: data, ts: this.clock.now(), ...(id !== undefined && { id }) })
    return known ?? log.head
  }

  /** What a channel keeps, the oldest first. */
  messages(channel: string): readonly Item[] {
    return this.#hub.log(channel).items
  }

  /** Who is subscribed, as a number of connections. */
  subscribers(channel: string): number {
    return [...this.#hub.sessions.values()].filter(({ channels }) => channels.has(channel)).length
  }

  /** All connections break, as a network does it, or with a close code. */
  drop(code = 1006): void {
    for (const line of [...this.#hub.sessions.keys()]) this.#hub.end(line, code)
  }

  /** The next publishes are refused because of the application's rate, and may be sent again after so many milliseconds: clause 5.4. */
  throttle(after: number, times = 1): void {
    for (let i = 0; i < times; i++) this.#hub.faults.throttled.push(after)
  }

  /** The next attempts to connect are refused with a close code of 4000-4399; see clause 7.4. */
  refuse(code: number, times = 1): void {
    const retry = RETRIES[Math.floor(code / 100) - 40] ?? 'later'
    const refusal = { code, problem: problemOf('unavailable', 50300, retry) }
    for (let i = 0; i < times; i++) this.#hub.faults.refusals.push(refusal)
  }

  /** Nobody can connect any more, or again; the present connections break. */
  setReachable(reachable: boolean): void {
    this.#hub.faults.unreachable = !reachable
    if (!reachable) this.drop()
  }

  /** What a network lets through; what it does not, breaks. */
  setPassage(passes: { readonly sockets?: boolean; readonly streams?: boolean; readonly polls?: boolean }): void {
    const { sockets, ...http } = passes
    Object.assign(this.#passage, http)
    if (sockets !== undefined) this.#hub.faults.noSockets = !sockets
    this.drop()
  }

  /** WebSockets pass again, and what is there stays. */
  allowSockets(): void {
    this.#hub.faults.noSockets = false
  }

  /** Connections stay, but the server says nothing more, or speaks again. */
  setMute(mute: boolean): void {
    this.#hub.faults.mute = mute
  }

  /** The next publish is taken, and the connection breaks before it is acknowledged. */
  loseAck(): void {
    this.#hub.faults.lostAcks += 1
  }

  /** The tokens in use end: their connections are closed, and they let nobody in. */
  expireToken(kind: 'token-expired' | 'token-revoked' = 'token-expired'): void {
    const problem = problemOf(kind, kind === 'token-expired' ? 40111 : 40112, 'token')
    for (const [line, { credentials }] of [...this.#hub.sessions]) {
      this.#hub.faults.refused.set(credentials, { problem, code: 4310 })
      this.#hub.farewell(line, problem)
    }
  }

  /** Tells clients that their token ends in so many milliseconds: clause 2.7. */
  announceExpiry(millis: number): void {
    for (const line of this.#hub.sessions.keys()) line.say({ t: 'reauth', in: millis })
  }

  /**
   * Nobody may use this channel, and who is subscribed is told; with null, all may again.
   *
   * @param after milliseconds in which asking again may help, for what is unavailable; not told if absent
   */
  deny(channel: string, kind: 'capability-denied' | 'unavailable' | null = 'capability-denied', after?: number): void {
    const { faults, sessions } = this.#hub
    if (kind === null) return void faults.denied.delete(channel)
    const told = after === undefined ? {} : { after }
    const problem = kind === 'unavailable' ? { ...problemOf(kind, 50300, 'later'), ...told } : problemOf(kind, 40320)
    faults.denied.set(channel, problem)
    for (const [line, { channels }] of sessions) {
      if (channels.delete(channel)) line.say({ t: 'err', ch: channel, ...problem })
    }
  }

  /** The next messages are logged, but not sent to subscribers: holes. */
  skip(messages: number): void {
    this.#hub.faults.skipped += messages
  }

  /** The next changes of presence happen, but are not told: holes as well. */
  skipPresence(changes: number): void {
    this.#hub.faults.skippedPresence += changes
  }

  /** Somebody else enters, or changes their data. */
  enter(channel: string, key: string, data: unknown = null): void {
    this.#hub.roster(channel).enter(key, { id: key, d: data })
  }

  /** Somebody else leaves. */
  leave(channel: string, key: string): void {
    this.#hub.roster(channel).leave(key)
  }

  /** The newest position is told to subscribers, as after something was left out: clause 3.5. */
  mark(channel: string): void {
    const { e, o } = this.#hub.log(channel).head
    this.say(channel, { t: 'msg', ch: channel, e, f: o, o, m: [] })
  }

  /** Subscribers are told just this, also what a server should not say. */
  say(channel: string, frame: ServerFrame): void {
    this.#hub.tell(channel, frame)
  }

  /** Logs are lost and begin anew: clause 3.1. */
  resetEpoch(): void {
    for (const log of this.#hub.logs.values()) log.reset()
  }

  /** What a channel kept is over its time. */
  expire(channel: string): void {
    this.#hub.log(channel).expire()
  }
}
