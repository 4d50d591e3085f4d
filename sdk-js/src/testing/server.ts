import type { ServerErrorKind } from '../kinds.js'
import type { WebSocketConstructor } from '../link.js'
import type { ClientFrame, Item, Problem, Retry, ServerFrame, WirePosition } from '../wire.js'
import { settle, TestClock } from './clock.js'
import { Log } from './log.js'
import { type Line, socketsOf } from './socket.js'

/** What a test server is made with. */
export interface TestServerOptions {
  /** Milliseconds of silence after which the server pings; 25,000 if absent. */
  readonly heartbeat?: number
  /** Who a client is, by its token or key; without it, nobody has a client id. */
  readonly clientId?: (credentials: string) => string | undefined
}

interface Session {
  readonly id: string
  credentials: string | undefined
  clientId: string | undefined
  readonly channels: Set<string>
}

interface Refusal {
  readonly problem: Problem
  readonly code: number
}

const ADVICE = { no: 'fatal', now: 'now', later: 'later', token: 'token' } as const
const RETRIES = ['no', 'later', 'now', 'token'] as const satisfies readonly Retry[]

function problemOf(kind: ServerErrorKind, code: number, retry: Retry, msg = kind): Problem {
  return { kind, code, retry, msg: `${msg} (test server)` }
}

/**
 * A server in memory that speaks `carillon.v1`, for the tests of an application. Hand its `options` to
 * the client, and move its time yourself.
 */
export class TestServer {
  readonly clock = new TestClock()
  readonly WebSocket: WebSocketConstructor
  /** What clients said, in order, as they said it. */
  readonly heard: ClientFrame[] = []
  readonly #heartbeat: number
  readonly #clientId: (credentials: string) => string | undefined
  readonly #sessions = new Map<Line, Session>()
  readonly #logs = new Map<string, Log>()
  readonly #refused = new Map<string, Refusal>()
  readonly #denied = new Map<string, Problem>()
  #refusals: Refusal[] = []
  #epoch = 1
  #connections = 0
  #lostAcks = 0
  #skipped = 0
  #unreachable = false
  #mute = false

  constructor({ heartbeat = 25_000, clientId = () => undefined }: TestServerOptions = {}) {
    this.#heartbeat = heartbeat
    this.#clientId = clientId
    this.WebSocket = socketsOf({
      accepted: (line) => this.#unreachable && line.end(1006),
      said: (line, frames) => {
        for (const frame of frames) if (line.isOpen) this.#said(line, frame)
      },
      left: (line) => this.#sessions.delete(line),
    })
  }

  /** For the client's options. */
  get options(): { readonly WebSocket: WebSocketConstructor; readonly clock: TestClock } {
    return { WebSocket: this.WebSocket, clock: this.clock }
  }

  /** How many connections are welcome at present. */
  get connections(): number {
    return this.#sessions.size
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
    const log = this.#log(channel)
    const known = log.known(id)
    if (!known) this.#store(channel, { n: name, d: data, ts: this.clock.now(), ...(id !== undefined && { id }) })
    return known ?? log.head
  }

  /** What a channel keeps, the oldest first. */
  messages(channel: string): readonly Item[] {
    return this.#log(channel).items
  }

  /** Who is subscribed, as a number of connections. */
  subscribers(channel: string): number {
    return [...this.#sessions.values()].filter(({ channels }) => channels.has(channel)).length
  }

  /** All connections break, as a network does it, or with a close code. */
  drop(code = 1006): void {
    for (const line of [...this.#sessions.keys()]) this.#end(line, code)
  }

  /** The next attempts to connect are refused with a close code of 4000-4399; see clause 7.4. */
  refuse(code: number, times = 1): void {
    const retry = RETRIES[Math.floor(code / 100) - 40] ?? 'later'
    const refusal = { code, problem: problemOf('unavailable', code * 10, retry, 'unavailable') }
    for (let i = 0; i < times; i++) this.#refusals.push(refusal)
  }

  /** Nobody can connect any more, or again; the present connections break. */
  setReachable(reachable: boolean): void {
    this.#unreachable = !reachable
    if (!reachable) this.drop()
  }

  /** Connections stay, but the server says nothing more, or speaks again. */
  setMute(mute: boolean): void {
    this.#mute = mute
  }

  /** The next publish is taken, and the connection breaks before it is acknowledged. */
  loseAck(): void {
    this.#lostAcks += 1
  }

  /** The tokens in use end: their connections are closed, and they let nobody in. */
  expireToken(kind: 'token-expired' | 'token-revoked' = 'token-expired'): void {
    const problem = problemOf(kind, kind === 'token-expired' ? 40111 : 40112, 'token')
    for (const [line, { credentials }] of [...this.#sessions]) {
      if (credentials !== undefined) this.#refused.set(credentials, { problem, code: 4310 })
      this.#farewell(line, { problem, code: 4310 })
    }
  }

  /** Tells clients that their token ends in so many milliseconds. */
  announceExpiry(millis: number): void {
    for (const line of this.#sessions.keys()) line.say({ t: 'reauth', in: millis })
  }

  /** Nobody may subscribe to or publish on this channel; who is subscribed is told. With null, all may again. */
  deny(channel: string, kind: 'capability-denied' | 'unavailable' | null = 'capability-denied'): void {
    if (kind === null) return void this.#denied.delete(channel)
    const problem =
      kind === 'unavailable' ? problemOf(kind, 50300, 'later') : problemOf(kind, 40320, 'no')
    this.#denied.set(channel, problem)
    for (const [line, { channels }] of this.#sessions) {
      if (channels.delete(channel)) line.say({ t: 'err', ch: channel, ...problem })
    }
  }

  /** The next messages are logged, but not sent to subscribers: holes. */
  skip(messages: number): void {
    this.#skipped += messages
  }

  /** The newest position is told to subscribers, as after something was left out: clause 3.5. */
  mark(channel: string): void {
    const { e, o } = this.#log(channel).head
    this.#tell(channel, { t: 'msg', ch: channel, e, f: o, o, m: [] })
  }

  /** Tells of a range that begins behind all that is logged: a hole that nothing can fill. */
  breakRange(channel: string): void {
    const { e, o } = this.#log(channel).head
    this.#tell(channel, { t: 'msg', ch: channel, e, f: o + 1, o: o + 2, m: [] })
  }

  /** Logs are lost and begin anew: clause 3.1. */
  resetEpoch(): void {
    this.#epoch += 1
    for (const log of this.#logs.values()) log.reset()
  }

  /** What a channel kept is over its time. */
  expire(channel: string): void {
    this.#log(channel).expire()
  }

  #log(channel: string): Log {
    let log = this.#logs.get(channel)
    if (!log) this.#logs.set(channel, (log = new Log(this.#epoch)))
    return log
  }

  #store(channel: string, item: Omit<Item, 'o'>): void {
    const stored = this.#log(channel).append(item)
    const { e, o } = this.#log(channel).head
    if (this.#skipped > 0) this.#skipped -= 1
    else this.#tell(channel, { t: 'msg', ch: channel, e, f: o - 1, o, m: [stored] })
  }

  #tell(channel: string, frame: ServerFrame): void {
    for (const [line, { channels }] of this.#sessions) if (channels.has(channel)) this.#say(line, frame)
  }

  #say(line: Line, frame: ServerFrame): void {
    if (!this.#mute) line.say(frame)
  }

  #end(line: Line, code: number, reason = ''): void {
    this.#sessions.delete(line)
    line.end(code, reason)
  }

  #farewell(line: Line, { problem, code }: Refusal, i?: number): void {
    line.say({ t: 'err', ...(i !== undefined && { i }), ...problem })
    line.say({ t: 'go', v: ADVICE[problem.retry], why: problem.msg })
    this.#end(line, code, problem.msg)
  }

  #said(line: Line, frame: ClientFrame): void {
    this.heard.push(frame)
    const session = this.#sessions.get(line)
    const i = frame.i ?? 0
    if (!session) return this.#hello(line, frame, i)
    const channel = String(frame['ch'])
    const problem = 'ch' in frame && frame.t !== 'unsub' ? this.#denied.get(channel) : undefined
    if (problem) return this.#say(line, { t: 'err', i, ch: channel, ...problem })
    switch (frame.t) {
      case 'auth':
        session.credentials = String(frame['token'])
        return this.#say(line, { t: 'ok', i })
      case 'sub':
        return this.#sub(line, session, frame, i)
      case 'unsub':
        session.channels.delete(channel)
        return this.#say(line, { t: 'ok', i })
      case 'pub':
        return this.#pub(line, session, frame, i)
      case 'hist':
        return this.#hist(line, frame, i)
      case 'ping':
        return this.#say(line, { t: 'pong' })
      case 'bye':
        return this.#end(line, 1000)
    }
  }

  #hello(line: Line, frame: ClientFrame, i: number): void {
    const credentials = String(frame['token'] ?? frame['key'])
    const refusal = this.#refusals.shift() ?? this.#refused.get(credentials)
    if (refusal) return this.#farewell(line, refusal, i)
    const clientId = this.#clientId(credentials)
    const session = { id: `${++this.#connections}.1`, credentials, clientId, channels: new Set<string>() }
    this.#sessions.set(line, session)
    this.#say(line, {
      t: 'welcome',
      i,
      conn: session.id,
      ...(clientId !== undefined && { you: clientId }),
      hb: this.#heartbeat,
      limits: { message: 65_536, channels: 200 },
    })
  }

  /** 4.1 to 4.3. */
  #sub(line: Line, session: Session, frame: ClientFrame, i: number): void {
    const ch = String(frame['ch'])
    const log = this.#log(ch)
    const since = frame['since'] as WirePosition | undefined
    const { e, o } = log.head
    const verdict = since && log.judge(since)
    const first = log.items[0]?.o ?? o + 1
    const rewound = Math.max(o - Number(frame['rewind'] ?? 0), first - 1)
    const start = since && verdict === 'ok' ? since.o : verdict ? o : rewound
    session.channels.add(ch)
    const told = verdict === undefined ? {} : verdict === 'ok' ? { recovered: true } : { recovered: false, why: verdict }
    this.#say(line, { t: 'subbed', i, ch, e, o, start, ...told })
    const missed = log.after(start)
    if (missed.length > 0) this.#say(line, { t: 'msg', ch, e, f: start, o, m: missed })
  }

  /** 5.1 and 5.2. */
  #pub(line: Line, session: Session, frame: ClientFrame, i: number): void {
    const channel = String(frame['ch'])
    const items = frame['m'] as readonly Pick<Item, 'n' | 'd' | 'id' | 'enc'>[]
    const r = items.map((item) => {
      const known = this.#log(channel).known(item.id)
      if (known) return { ...known, dup: true }
      const by = session.clientId
      this.#store(channel, { ...item, ts: this.clock.now(), ...(by !== undefined && { by }) })
      return this.#log(channel).head
    })
    if (this.#lostAcks > 0) {
      this.#lostAcks -= 1
      return this.#end(line, 1006)
    }
    this.#say(line, { t: 'ok', i, r })
  }

  /** 6.1 and 6.2. */
  #hist(line: Line, frame: ClientFrame, i: number): void {
    const log = this.#log(String(frame['ch']))
    const { before, after } = frame as { readonly before?: WirePosition; readonly after?: WirePosition }
    const { items, more } = log.read(Number(frame['limit']), before, after)
    this.#say(line, { t: 'ok', i, m: items, more, ...log.head })
  }
}
