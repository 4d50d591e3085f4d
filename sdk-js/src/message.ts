import type { Position } from './feed.js'
import type { Codec } from './link.js'
import type { Item } from './wire.js'

/** A channel's events: what data each name comes with. */
export type EventMap = object
export type EventName<M extends EventMap> = keyof M & string

/** One message of a channel; it is also its own position, to resume or to page from. Immutable. */
export interface Message<N extends string = string, D = unknown> extends Position {
  readonly name: N
  readonly data: D
  /** Given by the publisher's library, or by the publisher. */
  readonly id?: string
  /** The client that published it, as its token says; absent from backends and clients with a key alone. */
  readonly clientId?: string
  /** When the server took it, in milliseconds since 1970. */
  readonly timestamp: number
}

/** Any message of a channel, discriminated by its name. */
export type MessageOf<M extends EventMap, K extends EventName<M> = EventName<M>> = {
  [N in K]: Message<N, M[N]>
}[K]

export function messageOf<M extends EventMap>(item: Item, epoch: number, codec: Codec): MessageOf<M> {
  const { n: name, o: offset, e = epoch, id, by: clientId, ts: timestamp } = item
  return {
    name,
    data: codec.unpack(item),
    epoch: e,
    offset,
    timestamp,
    ...(id !== undefined && { id }),
    ...(clientId !== undefined && { clientId }),
  } as unknown as MessageOf<M>
}
