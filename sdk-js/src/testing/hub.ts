import type { ClientFrame, Item, Pres, Problem, ServerFrame } from '../wire.js'
import { enter, eph, hist, pub, snapshot, sub } from './answers.js'
import type { TestClock } from './clock.js'
import { Log } from './log.js'
import { Roster } from './roster.js'
import { problemOf } from './problems.js'
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
  /** 10.1 and 9.1. */
  readonly secret: string
  readonly member: string
  /** How it is told of presence, by channel. */
  readonly following: Map<string, unknown>
}

/** Why and how a connection is ended. */
export interface Refusal {
  readonly problem: Problem
  readonly code: number
}

/** Faults that a test has asked for, and that wait for their occasion. */
export interface Faults {
  refusals: Refusal[]
  /** What the next publishes are refused for, in milliseconds. */
  throttled: number[]
  lostAcks: number
  skipped: number
  skippedPresence: number
  unreachable: boolean
  noSockets: boolean
  mute: boolean
  readonly refused: Map<string, Refusal>
  readonly denied: Map<string, Problem>
}

const ADVICE = { no: 'fatal', now: 'now', later: 'later', token: 'token' } as const
const CODES = { no: 4010, later: 4110, now: 4210, token: 4310 } as const
const SECRET = 'secret-'
const FIRST_EPOCH = 100
const NEEDED = {
  sub: 'subscribe',
  pub: 'publish',
  eph: 'publish',
  hist: 'history',
  enter: 'presence',
  who: 'presence',
} as const

/** Connections and channels in memory, and what is said about them: sections 2 to 8 of the protocol. */
export class Hub implements Peer {
  readonly heard: ClientFrame[] = []
  readonly sessions = new Map<Line, Session>()
  readonly logs = new Map<string, Log>()
  readonly rosters = new Map<string, Roster>()
  readonly faults: Faults = {
    refusals: [],
    throttled: [],
    lostAcks: 0,
    skipped: 0,
    skippedPresence: 0,
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
    const session = this.sessions.get(line)
    this.sessions.delete(line)
    const again = session && [...this.sessions.values()].some(({ member }) => member === session.member)
    if (session && !again) for (const roster of this.rosters.values()) roster.lost(session.member)
  }

  roster(channel: string): Roster {
    let roster = this.rosters.get(channel)
    if (!roster) {
      roster = new Roster(channel, this.clock, (frame) => this.#tellPresence(channel, frame))
      this.rosters.set(channel, roster)
    }
    return roster
  }

  #tellPresence(channel: string, frame: Pres): void {
    if (this.faults.skippedPresence > 0) {
      this.faults.skippedPresence -= 1
      return
    }
    const count: Pres = { t: 'pres', ch: channel, n: this.roster(channel).size }
    for (const [line, { following }] of this.sessions) {
      const mode = following.get(channel)
      if (mode) this.say(line, mode === 'count' ? count : frame)
    }
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
    this.left(line)
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
      // without i it would say that a subscription has ended (11.1)
      const named = typeof frame['ch'] === 'string' && i !== undefined ? { ch: channel } : undefined
      return this.say(line, { t: 'err', ...(i !== undefined && { i }), ...named, ...problem })
    }
    switch (frame.t) {
      case 'auth':
        return this.#auth(line, session, frame)
      case 'sub':
        return sub(this, line, session, frame)
      case 'unsub':
        session.channels.delete(channel)
        session.following.delete(channel)
        this.roster(channel).leave(session.member)
        return this.say(line, { t: 'ok', i: i as number })
      case 'enter':
        enter(this, session, channel, frame['d'])
        return this.say(line, { t: 'ok', i: i as number })
      case 'leave':
        this.roster(channel).leave(session.member)
        return this.say(line, { t: 'ok', i: i as number })
      case 'who':
        this.say(line, { t: 'ok', i: i as number, v: this.roster(channel).version, n: this.roster(channel).size })
        return snapshot(this, line, channel)
      case 'eph':
        return eph(this, line, session, frame)
      case 'pub':
        return pub(this, line, session, frame)
      case 'hist':
        return hist(this, line, frame)
      case 'ping':
        return this.say(line, { t: 'pong' })
      case 'bye':
        // 10.4
        for (const roster of this.rosters.values()) roster.leave(session.member)
        return this.end(line, 1000)
    }
  }

  #problemWith(session: Session, frame: ClientFrame): Problem | undefined {
    const { t, i, ch } = frame
    const needed = (NEEDED as { readonly [t: string]: Operation })[t]
    if (!needed) {
      const known = ['auth', 'unsub', 'leave', 'ping', 'pong', 'bye'].includes(t)
      return known || i === undefined ? undefined : problemOf('bad-request', 40000, 'no', `t: ${t}`)
    }
    if (typeof ch !== 'string' || !/^#?[\w\-=@,.;:]{1,200}$/.test(ch)) {
      return problemOf('channel-name-invalid', 40010, 'no', String(ch))
    }
    const denied = this.faults.denied.get(ch)
    // 12.2: operations have capabilities of their own
    if (!denied && t === 'pub' && (frame['m'] as readonly Item[]).every(({ op }) => op)) return undefined
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
    const id = `${++this.#connections}.1`
    const presented = frame['session']
    const secret = typeof presented === 'string' && presented.startsWith(SECRET) ? presented : SECRET + id
    const member = `member-${secret.slice(SECRET.length)}`
    const session = { id, credentials, who, channels: new Set<string>(), secret, member, following: new Map() }
    this.sessions.set(line, session)
    this.say(line, {
      t: 'welcome',
      i,
      conn: session.id,
      session: secret,
      member,
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
  }}
