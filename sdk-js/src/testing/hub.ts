import type { ServerErrorKind } from '../kinds.js'
import type { ClientFrame, Item, Problem, Retry, ServerFrame, WirePosition } from '../wire.js'
import type { TestClock } from './clock.js'
import { Log } from './log.js'
import { type Identity, ofKey, ofToken, type Operation } from './rights.js'
import type { Line, Peer } from './socket.js'

/** What a test server is made with. */
export interface TestServerOptions {
  /** Milliseconds of silence after which the server pings; 25,000 if absent. */
  readonly heartbeat?: number
  /** The application's key; any if absent. */
  readonly key?: string
  /** Who a client is, by its token; if absent, the claim `sub` of a JWT says it. */
  readonly clientId?: (token: string) => string | undefined
}

export interface Session {
  readonly id: string
  credentials: string
  who: Identity
  readonly channels: Set<string>
}

/** Why and how a connection is ended. */
export interface Refusal {
  readonly problem: Problem
  readonly code: number
}

/** Faults that a test has asked for, and that wait for their occasion. */
export interface Faults {
  refusals: Refusal[]
  lostAcks: number
  skipped: number
  unreachable: boolean
  noSockets: boolean
  mute: boolean
  readonly refused: Map<string, Refusal>
  readonly denied: Map<string, Problem>
}

const ADVICE = { no: 'fatal', now: 'now', later: 'later', token: 'token' } as const
const CODES = { no: 4010, later: 4110, now: 4210, token: 4310 } as const
const FIRST_EPOCH = 100

export function problemOf(kind: ServerErrorKind, code: number, retry: Retry = 'no', msg: string = kind): Problem {
  return { kind, code, retry, msg: `${msg} (test server)` }
}

/** Connections and channels in memory, and what is said about them: sections 2 to 8 of the protocol. */
export class Hub implements Peer {
  readonly heard: ClientFrame[] = []
  readonly sessions = new Map<Line, Session>()
  readonly logs = new Map<string, Log>()
  readonly faults: Faults = {
    refusals: [],
    lostAcks: 0,
    skipped: 0,
    unreachable: false,
    noSockets: false,
    mute: false,
    refused: new Map(),
    denied: new Map(),
  }
  /** Polls, which are told when something is said to a channel. */
  readonly waiting = new Set<() => void>()
  #connections = 0

  constructor(
    readonly clock: TestClock,
    private readonly options: TestServerOptions,
  ) {}

  accepted(line: Line): void {
    if (this.faults.unreachable) line.end(1006)
  }

  left(line: Line): void {
    this.sessions.delete(line)
  }

  said(line: Line, frames: readonly ClientFrame[]): void {
    for (const frame of frames) if (line.isOpen) this.#said(line, frame)
  }

  /** A WebSocket is refused on its way; other ways may pass. */
  passes(): boolean {
    return !this.faults.noSockets
  }

  malformed(line: Line): void {
    this.farewell(line, problemOf('malformed-frame', 40001))
  }

  log(channel: string): Log {
    let log = this.logs.get(channel)
    if (!log) this.logs.set(channel, (log = new Log(FIRST_EPOCH)))
    return log
  }

  store(channel: string, item: Omit<Item, 'o'>): void {
    const stored = this.log(channel).append(item)
    const { e, o } = this.log(channel).head
    if (this.faults.skipped > 0) this.faults.skipped -= 1
    else this.tell(channel, { t: 'msg', ch: channel, e, f: o - 1, o, m: [stored] })
  }

  tell(channel: string, frame: ServerFrame): void {
    for (const wake of this.waiting) wake()
    this.waiting.clear()
    for (const [line, { channels }] of this.sessions) if (channels.has(channel)) this.say(line, frame)
  }

  say(line: Line, frame: ServerFrame): void {
    if (!this.faults.mute) line.say(frame)
  }

  end(line: Line, code: number, reason = ''): void {
    this.sessions.delete(line)
    line.end(code, reason)
  }

  farewell(line: Line, problem: Problem, i?: number, code: number = CODES[problem.retry]): void {
    line.say({ t: 'err', ...(i !== undefined && { i }), ...problem })
    line.say({ t: 'go', v: ADVICE[problem.retry], why: problem.msg })
    this.end(line, code, problem.msg)
  }

  #said(line: Line, frame: ClientFrame): void {
    this.heard.push(frame)
    const session = this.sessions.get(line)
    if (!session) return this.#hello(line, frame)
    const { i } = frame
    const channel = String(frame['ch'])
    const problem = this.#problemWith(session, frame)
    if (problem) {
      const named = typeof frame['ch'] === 'string' ? { ch: channel } : undefined
      return this.say(line, { t: 'err', ...(i !== undefined && { i }), ...named, ...problem })
    }
    switch (frame.t) {
      case 'auth':
        return this.#auth(line, session, frame)
      case 'sub':
        return this.#sub(line, session, frame)
      case 'unsub':
        session.channels.delete(channel)
        return this.say(line, { t: 'ok', i: i as number })
      case 'pub':
        return this.#pub(line, session, frame)
      case 'hist':
        return this.#hist(line, frame)
      case 'ping':
        return this.say(line, { t: 'pong' })
      case 'bye':
        return this.end(line, 1000)
    }
  }

  #problemWith(session: Session, { t, i, ch }: ClientFrame): Problem | undefined {
    const needed = ({ sub: 'subscribe', pub: 'publish', hist: 'history' } as { readonly [t: string]: Operation })[t]
    if (!needed) {
      const known = ['auth', 'unsub', 'ping', 'pong', 'bye'].includes(t)
      return known || i === undefined ? undefined : problemOf('bad-request', 40000, 'no', `t: ${t}`)
    }
    if (typeof ch !== 'string' || !/^#?[\w\-=@,.;:]{1,200}$/.test(ch)) {
      return problemOf('channel-name-invalid', 40010, 'no', String(ch))
    }
    const denied = this.faults.denied.get(ch)
    return denied ?? (session.who.may(needed, ch) ? undefined : problemOf('capability-denied', 40320, 'no', `${needed} ${ch}`))
  }

  /** 2.1 to 2.4. */
  #hello(line: Line, frame: ClientFrame): void {
    const { t, i = 0, token, key } = frame
    if (t !== 'hello') return this.farewell(line, problemOf('hello-missing', 40104), i)
    const credentials = String(token ?? key)
    const refusal = this.faults.refusals.shift() ?? this.faults.refused.get(credentials)
    if (refusal) return this.farewell(line, refusal.problem, i, refusal.code)
    const who = token === undefined ? this.#ofKey(credentials) : ofToken(credentials, this.options.clientId?.(credentials))
    if (!who) {
      const problem = token === undefined ? problemOf('app-unknown', 40400) : problemOf('token-invalid', 40110)
      return this.farewell(line, problem, i)
    }
    const session = { id: `${++this.#connections}.1`, credentials, who, channels: new Set<string>() }
    this.sessions.set(line, session)
    this.say(line, {
      t: 'welcome',
      i,
      conn: session.id,
      ...(who.clientId !== undefined && { you: who.clientId }),
      hb: this.options.heartbeat ?? 25_000,
      limits: { message: 65_536, channels: 200 },
    })
  }

  #ofKey(key: string): Identity | undefined {
    return this.options.key === undefined || this.options.key === key ? ofKey : undefined
  }

  /** 2.6. */
  #auth(line: Line, session: Session, frame: ClientFrame): void {
    const i = frame.i as number
    const token = String(frame['token'])
    const who = ofToken(token, this.options.clientId?.(token))
    if (!who || who.clientId !== session.who.clientId) {
      return this.say(line, { t: 'err', i, ...problemOf('token-invalid', 40110) })
    }
    Object.assign(session, { credentials: token, who })
    for (const channel of session.channels) {
      if (!who.may('subscribe', channel)) {
        session.channels.delete(channel)
        this.say(line, { t: 'err', ch: channel, ...problemOf('capability-denied', 40320) })
      }
    }
    this.say(line, { t: 'ok', i })
  }

  /** 4.1 to 4.3. */
  #sub(line: Line, session: Session, frame: ClientFrame): void {
    const ch = String(frame['ch'])
    const log = this.log(ch)
    const since = frame['since'] as WirePosition | undefined
    const { e, o } = log.head
    const verdict = since && log.judge(since)
    const first = log.items[0]?.o ?? o + 1
    const rewound = Math.max(o - Number(frame['rewind'] ?? 0), first - 1)
    const start = since && verdict === 'ok' ? since.o : verdict ? o : rewound
    session.channels.add(ch)
    const told = verdict === undefined ? {} : verdict === 'ok' ? { recovered: true } : { recovered: false, why: verdict }
    this.say(line, { t: 'subbed', i: frame.i as number, ch, e, o, start, ...told })
    const missed = log.after(start)
    if (missed.length > 0) this.say(line, { t: 'msg', ch, e, f: start, o, m: missed })
  }

  /** 5.1 and 5.2. */
  #pub(line: Line, session: Session, frame: ClientFrame): void {
    const channel = String(frame['ch'])
    const items = frame['m'] as readonly Pick<Item, 'n' | 'd' | 'id' | 'enc'>[]
    const by = session.who.clientId
    const r = items.map((item) => {
      const known = this.log(channel).known(item.id)
      if (known) return { ...known, dup: true }
      if (/^pusher(_internal)?:/.test(item.n)) return problemOf('event-name-invalid', 40011, 'no', item.n)
      this.store(channel, { ...item, ts: this.clock.now(), ...(by !== undefined && { by }) })
      return this.log(channel).head
    })
    if (this.faults.lostAcks > 0) {
      this.faults.lostAcks -= 1
      return this.end(line, 1006)
    }
    this.say(line, { t: 'ok', i: frame.i as number, r })
  }

  /** 6.1 and 6.2. */
  #hist(line: Line, frame: ClientFrame): void {
    const log = this.log(String(frame['ch']))
    const { before, after } = frame as { readonly before?: WirePosition; readonly after?: WirePosition }
    const { items, more } = log.read(Number(frame['limit'] ?? 100), before, after)
    this.say(line, { t: 'ok', i: frame.i as number, m: items, more, ...log.head })
  }
}
