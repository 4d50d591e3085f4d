import type { Position } from './feed.js'
import type { Codec } from './link.js'
import type { Item } from './wire.js'

/** A channel's events: what data each name comes with. */
export type EventMap = object
/** The names of a channel's events. */
export type EventName<M extends EventMap> = keyof M & string

/** One message of a channel; it is also its own position, to resume or to page from. Immutable. */
export interface Message<N extends string = string, D = unknown> extends Position {
  /** The event's name. */
  readonly name: N
  /** What was published: what JSON can say, or a `Uint8Array`. It is not checked against the event map. */
  readonly data: D
  /** Given by the publisher's library, or by the publisher. */
  readonly id: string | undefined
  /** The client that published it, as its token says; absent from backends and clients with a key alone. */
  readonly clientId: string | undefined
  /** When the server took it, in milliseconds since 1970. */
  readonly timestamp: number
  /** Whether it is a message of its own, or changes the one that `ref` names; `fold` does that to a list. */
  readonly action: 'create' | 'append' | 'update' | 'delete'
  /** The id of the message that an operation changes. */
  readonly ref: string | undefined
  /** The last operation that is in it already. */
  readonly changed: Position | undefined
  /** What the publisher put beside the data. */
  readonly extras: object | undefined
}

/** Any message of a channel, discriminated by its name. */
export type MessageOf<M extends EventMap, K extends EventName<M> = EventName<M>> = {
  [N in K]: Message<N, M[N]>
}[K]

export function messageOf<M extends EventMap>(item: Item, epoch: number, codec: Codec): MessageOf<M> {
  const { n: name, o: offset, e = epoch, id, by: clientId, ts: timestamp, op, ref, del, v, x: extras } = item
  return {
    name,
    data: codec.unpack(item),
    epoch: e,
    offset,
    timestamp,
    id,
    clientId,
    action: op ?? (del ? 'delete' : 'create'),
    ref,
    changed: v && { epoch: v.e, offset: v.o },
    extras,
  } as unknown as MessageOf<M>
}
