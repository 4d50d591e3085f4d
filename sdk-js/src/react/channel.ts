import { useSyncExternalStore } from 'react'
import type { Channel, ChannelOptions, Held, PublishOptions, PublishResult } from '../channel.js'
import type { CarillonError } from '../errors.js'
import type { ChannelState, Position } from '../feed.js'
import { fold } from '../fold.js'
import type { EventMap, EventName, Message, MessageOf } from '../message.js'
import { useCarillon } from './context.js'
import { Store } from './store.js'

/** A message that `publish` was called with and that is not among the messages yet. Immutable. */
export interface Pending<N extends string = string, D = unknown> {
  /** What it is published with; the message will have it too. */
  readonly id: string
  /** The event's name. */
  readonly name: N
  /** As it was given to `publish`. */
  readonly data: D
  /** Why it was given up; to publish it again with its `id` is safe. */
  readonly error?: CarillonError
}

/** Any such message, discriminated by its name. */
export type PendingOf<M extends EventMap> = { [N in EventName<M>]: Pending<N, M[N]> }[EventName<M>]

interface Sent extends Pending {
  /** The server took it, and the channel is about to bring it. */
  readonly taken?: Position
}

/** What `useChannel` shows of a channel. Immutable. */
interface Shown {
  readonly messages: readonly Message[]
  readonly pending: readonly Sent[]
  readonly state: ChannelState
  readonly hasOlder: boolean
}

/** What `useChannel` gives. */
export interface ChannelView<M extends EventMap> {
  /** The oldest first; after a gap it begins anew, so that it never has a hole. */
  readonly messages: readonly MessageOf<M>[]
  /** Of the channel: `off`, `joining`, `live` or `failed`. */
  readonly status: ChannelState['state']
  /** Why the status is `failed`. */
  readonly error: CarillonError | undefined
  /** As the channel's; what becomes of it is seen in `pending` too, so the promise may be left alone. */
  readonly publish: Channel<M>['publish']
  /** What was published here, and waits, is on its way or was given up; in the order of publishing. */
  readonly pending: readonly PendingOf<M>[]
  /** Puts the page before the oldest message before it; calls at the same time are one. */
  readonly loadOlder: (limit?: number) => Promise<void>
  /** Whether that may bring something. */
  readonly hasOlder: boolean
  /** For what the hook does not offer. */
  readonly channel: Channel<M>
}

/** More are not kept; the oldest go. */
const MESSAGES_MAX = 1_000
const PAGE = 50
const NOTHING: Shown = { messages: [], pending: [], state: { state: 'off' }, hasOlder: true }

/** All users of a channel see the same messages; they are forgotten when the channel is left. */
class Room {
  readonly store: Store<Shown>
  #loading: Promise<void> | undefined

  constructor(readonly channel: Channel) {
    // it listens on while nobody looks: the channel is left a while after that, and somebody may look again before
    let held: Held | undefined
    this.store = new Store({ ...NOTHING, state: channel.state }, () => {
      held?.off()
      held = channel.on('*', (message) => {
        const messages = fold(this.store.get().messages, message as Message)
        const hasOlder = messages.length > MESSAGES_MAX || this.store.get().hasOlder
        this.store.set({ messages: messages.slice(-MESSAGES_MAX), pending: this.#pending(message.id), hasOlder })
      }) as Held
      return held.leave
    })
    channel.on('gap', () => this.store.set({ messages: [], hasOlder: true }))
    channel.on('state', (state) => this.store.set(state.state === 'off' ? NOTHING : { state, pending: this.#pending() }))
  }

  readonly publish = (name: string, data: unknown, options: PublishOptions = {}): Promise<PublishResult> => {
    const { id = this.channel.feed.core.newId() } = options
    const become = (change: Partial<Sent>): void => {
      const sent = this.store.get().pending.map((each) => (each.id === id ? { ...each, ...change } : each))
      this.store.set({ pending: this.#pending('', sent) })
    }
    this.store.set({ pending: [...this.#pending(id), { id, name, data }].slice(-MESSAGES_MAX) })
    const sent = this.channel.publish(name, data, { ...options, id })
    sent.then(
      (taken) => become({ taken }),
      (error) => become({ error: error as CarillonError }),
    )
    return sent
  }

  /** Without the one that has come, and without those that were taken and are not coming any more. */
  #pending(come?: string, sent = this.store.get().pending): readonly Sent[] {
    const { position } = this.channel
    return sent.filter(({ id, taken }) => {
      if (!taken || !position || id === come) return id !== come
      return position.epoch === taken.epoch && position.offset < taken.offset
    })
  }

  readonly loadOlder = (limit = PAGE): Promise<void> =>
    (this.#loading ??= this.#load(limit).finally(() => (this.#loading = undefined)))

  async #load(limit: number): Promise<void> {
    const [oldest] = this.store.get().messages
    const { value } = await this.channel.history(oldest ? { limit, before: oldest } : { limit, untilAttach: true }).next()
    const { messages } = this.store.get()
    // a gap has come in between
    if (!value || (oldest && messages[0] !== oldest)) return
    this.store.set({ messages: [...[...value.items].reverse(), ...messages], hasOlder: value.more })
  }
}

const rooms = new WeakMap<Channel, Room>()

function roomOf(channel: Channel, { rewind, since }: ChannelOptions): Room {
  let room = rooms.get(channel)
  if (!room) {
    // another hook may have asked for the channel before, without options; none joins while it renders
    channel.feed.rewind ??= rewind
    channel.feed.position ??= since
    rooms.set(channel, (room = new Room(channel)))
  }
  return room
}

/** A channel and its messages. It is joined while a component uses it, and half a second longer. */
export function useChannel<M extends EventMap = Record<string, unknown>>(
  name: string,
  options: ChannelOptions = {},
): ChannelView<M> {
  const { channel, store, publish, loadOlder } = roomOf(useCarillon().channel(name), options)
  const { state, ...shown } = useSyncExternalStore(store.subscribe, store.get, () => NOTHING)
  return {
    ...shown,
    status: state.state,
    error: state.state === 'failed' ? state.reason : undefined,
    publish,
    loadOlder,
    channel,
  } as unknown as ChannelView<M>
}
