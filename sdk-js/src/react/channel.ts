import { useSyncExternalStore } from 'react'
import type { Channel, ChannelOptions } from '../channel.js'
import type { CarillonError } from '../errors.js'
import type { ChannelState } from '../feed.js'
import { fold } from '../fold.js'
import type { EventMap, Message, MessageOf } from '../message.js'
import { useCarillon } from './context.js'
import { Store } from './store.js'

/** What `useChannel` shows of a channel. Immutable. */
interface Shown {
  readonly messages: readonly Message[]
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
  /** As that of the channel; the same function in every render. */
  readonly publish: Channel<M>['publish']
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
const NOTHING: Shown = { messages: [], state: { state: 'off' }, hasOlder: true }

/** All users of a channel see the same messages; they are forgotten when the channel is left. */
class Room {
  readonly store: Store<Shown>
  readonly publish: Channel['publish']
  #loading: Promise<void> | undefined

  constructor(readonly channel: Channel) {
    this.publish = channel.publish.bind(channel) as Channel['publish']
    this.store = new Store({ ...NOTHING, state: channel.state }, () => {
      const { off } = channel.on('*', (message) => {
        const messages = fold(this.store.get().messages, message as Message)
        const more = messages.length > MESSAGES_MAX ? { hasOlder: true } : undefined
        this.store.set({ messages: messages.slice(-MESSAGES_MAX), ...more })
      })
      return off
    })
    channel.on('gap', () => this.store.set({ messages: [], hasOlder: true }))
    // while nobody looks as well, as the channel is left after that
    channel.on('state', (state) => this.store.set(state.state === 'off' ? NOTHING : { state }))
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

function roomOf(channel: Channel): Room {
  let room = rooms.get(channel)
  if (!room) rooms.set(channel, (room = new Room(channel)))
  return room
}

/** A channel and its messages. It is joined while a component uses it, and half a second longer. */
export function useChannel<M extends EventMap = Record<string, unknown>>(
  name: string,
  options?: ChannelOptions,
): ChannelView<M> {
  const { channel, store, publish, loadOlder } = roomOf(useCarillon().channel(name, options))
  const { messages, state, hasOlder } = useSyncExternalStore(store.subscribe, store.get, () => NOTHING)
  return {
    messages: messages as unknown as readonly MessageOf<M>[],
    status: state.state,
    error: state.state === 'failed' ? state.reason : undefined,
    publish: publish as unknown as Channel<M>['publish'],
    loadOlder,
    hasOlder,
    channel: channel as unknown as Channel<M>,
  }
}
