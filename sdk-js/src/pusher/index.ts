/** History and resuming for pusher-js as it is: docs/protocol/pusher-extensions.md. */
import { guarded } from '../errors.js'
import { decoded, past, type PusherHistoryOptions, type PusherHistoryPage, type PusherHistorySource } from './past.js'

export type { PusherHistoryOptions, PusherHistoryPage, PusherHistorySource, PusherPastEvent } from './past.js'

/** What is used of a pusher-js client. */
export interface PusherLike {
  /** Its connection manager. */
  readonly connection: {
    /** Of the present connection. */
    readonly socket_id: string
    /** Brings each message that comes to whoever is bound. */
    emit(event: string, data?: any, metadata?: any): unknown
  }
  /** Sends what channels say. */
  send_event(name: string, data: any, channel?: string): any
  /** Leaves a channel. */
  unsubscribe(channel: string): void
}

/** Where an event stands in its channel's log: a later epoch is a greater number, offsets are dense from 1. */
export interface PusherPosition {
  /** Which life of the log. */
  readonly epoch: number
  /** Dense from 1 within the epoch. */
  readonly offset: number
}

/** Events between two positions are missing, and are not coming; what follows is again without a hole. */
export interface PusherGap {
  /** Its name. */
  readonly channel: string
  /** The last event that handlers got. */
  readonly from: PusherPosition
  /** What follows begins behind it. */
  readonly to: PusherPosition
  /** The log was lost, does not reach back so far, or more followed than a client may go on from. */
  readonly reason: 'epoch' | 'expired' | 'too-far'
}

/** A pusher-js client whose channels go on where they were. */
export interface Resumable {
  /** Calls for each gap until the answer is called. */
  onGap(listener: (gap: PusherGap) => void): () => void
  /** Of the newest event that handlers got; undefined before the channel is subscribed. */
  position(channel: string): PusherPosition | undefined
  /**
   * The past, page by page. Of a subscribed channel from where its events began, so that both join without hole
   * or repeat; of others from the newest.
   */
  history(channel: string, options?: PusherHistoryOptions): AsyncGenerator<PusherHistoryPage, void, undefined>
}

/** What `resumable` takes beside the client. */
export interface ResumableOptions {
  /** Needed for `history` alone. */
  readonly history?: PusherHistorySource
}

interface At {
  readonly e: number
  readonly o: number
}

interface Item extends At {
  /** The connection that must not get it: its author's. */
  readonly not?: string
  /** The event as it is without positions. */
  readonly m?: { readonly event: string; readonly channel: string; readonly data: unknown; readonly user_id?: string }
}

interface Live extends Item {
  readonly f?: number
}

interface Resumed extends At {
  readonly recovered?: boolean
  readonly why?: PusherGap['reason']
  readonly more?: boolean
  readonly m: readonly Item[]
}

/** One channel's state; owned by `resumable`. */
interface Room {
  /** Of the newest event that was delivered. */
  at?: At | undefined
  /** Behind which the events began that were delivered without a hole. */
  start?: At | undefined
  /** An answer is to come, and live events wait for it. */
  asking: boolean
  held: Live[]
  /** Some did not fit there. */
  spilt: boolean
}

/** More events do not wait for an answer; they are asked for again. */
const HELD_MAX = 1_000
/** So many own connections are remembered, to leave out what they sent. */
const SOCKETS_MAX = 1_000

const isAfter = (item: At, at: At): boolean => (item.e === at.e ? item.o > at.o : item.e > at.e)
const shown = (at: At): PusherPosition => ({ epoch: at.e, offset: at.o })

/**
 * Makes the channels of a pusher-js client deliver, after each loss of the connection, what was missed: exactly once, in
 * order, to the handlers that are bound as ever. Wrap it before anything is subscribed. Where the server is none of
 * Carillon's, everything is as it was.
 */
export function resumable(pusher: PusherLike, options: ResumableOptions = {}): Resumable {
  const { connection } = pusher
  const send = pusher.send_event.bind(pusher)
  const emit = connection.emit.bind(connection)
  const unsubscribe = pusher.unsubscribe.bind(pusher)
  const rooms = new Map<string, Room>()
  const sockets = new Set<string>()
  const listeners = new Set<(gap: PusherGap) => void>()

  function deliver(room: Room, { e, o, not, m }: Item): void {
    room.at = { e, o }
    if (!m || (not && sockets.has(not))) return
    // a handler that throws takes nothing away from what follows
    guarded(() => emit('message', { ...m, data: decoded(m.data) }))
  }

  function ask(name: string, room: Room, from: At): void {
    room.asking = true
    send('carillon:missed', { channel: name, carillon: { since: { e: from.e, o: from.o } } })
  }

  /** Clause P2.3. */
  function receive(name: string, room: Room, live: Live): void {
    const { at } = room
    if (room.asking) hold(room, live)
    else if (!at) deliver(room, live)
    else if (live.e !== at.e ? live.e > at.e : (live.f ?? live.o - 1) > at.o) {
      ask(name, room, at)
      hold(room, live)
    } else if (isAfter(live, at)) deliver(room, live)
  }

  function hold(room: Room, live: Live): void {
    if (room.held.length < HELD_MAX) room.held.push(live)
    else room.spilt = true
  }

  /** Clause P3.3. */
  function resume(name: string, room: Room, { e, o, recovered, why = 'expired', more, m }: Resumed): void {
    const from = room.at
    for (const item of m) {
      if (rooms.get(name) !== room) return
      if (!room.at || isAfter(item, room.at)) deliver(room, item)
    }
    if (!recovered || !room.at || isAfter({ e, o }, room.at)) room.at = { e, o }
    if (!recovered) room.start = room.at
    const { at, spilt } = room
    if (recovered === false && from) {
      const gap = { channel: name, from: shown(from), to: shown(at), reason: why }
      for (const listener of [...listeners]) guarded(() => listener(gap))
    }
    room.spilt = false
    if (more || spilt) return ask(name, room, at)
    room.asking = false
    for (const live of room.held.splice(0)) receive(name, room, live)
  }

  pusher.send_event = (name, data, channel) => {
    if (name !== 'pusher:subscribe') return send(name, data, channel)
    sockets.add(connection.socket_id)
    for (const oldest of sockets) if (sockets.size > SOCKETS_MAX) sockets.delete(oldest)
    const { at, start } = rooms.get(data.channel) ?? {}
    rooms.set(data.channel, { at, start, asking: true, held: [], spilt: false })
    return send(name, { ...data, carillon: at ? { since: { e: at.e, o: at.o } } : {} }, channel)
  }

  pusher.unsubscribe = (name) => {
    rooms.delete(name)
    unsubscribe(name)
  }

  connection.emit = (event, data, metadata) => {
    const word = event === 'message' ? data?.event : undefined
    const counted = word === 'carillon:event'
    if (!counted && word !== 'carillon:resumed') return emit(event, data, metadata)
    const name = data.channel as string
    // without one the subscription was called off, and taken up again before it was answered
    const room = rooms.get(name) ?? { asking: false, held: [], spilt: false }
    rooms.set(name, room)
    if (counted) receive(name, room, data.data as Live)
    else resume(name, room, data.data as Resumed)
    return connection
  }

  return {
    onGap(listener) {
      listeners.add(listener)
      return () => void listeners.delete(listener)
    },
    position(channel) {
      const at = rooms.get(channel)?.at
      return at && shown(at)
    },
    history(channel, asked = {}) {
      if (!options.history) throw new TypeError('no history (expected: the option history, with url and getToken)')
      const start = rooms.get(channel)?.start
      return past(options.history, channel, start ? { before: { epoch: start.e, offset: start.o + 1 }, ...asked } : asked)
    },
  }
}
