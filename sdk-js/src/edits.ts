import type { Channel, PublishOptions, PublishResult } from './channel.js'
import type { EventMap } from './message.js'

/** What a message is changed with. */
export interface Update {
  /** What JSON can say, or bytes. */
  readonly data: unknown
  /** Another name; that of the message if absent. */
  readonly name?: string
}

/** Adds to a message's data: a text to a text, bytes to bytes. Needs the capability to change messages, as do the others. */
export function append<M extends EventMap>(
  channel: Channel<M>,
  id: string,
  data: string | Uint8Array,
  options?: PublishOptions,
): Promise<PublishResult> {
  return channel.edit({ op: 'append', ref: id }, data, options)
}

/** Replaces a message's data; everybody, now and later, has the new data. Rejected with `target-unknown` when the message is not kept any more. */
export function update<M extends EventMap>(
  channel: Channel<M>,
  id: string,
  { data, name }: Update,
  options?: PublishOptions,
): Promise<PublishResult> {
  return channel.edit({ op: 'update', ref: id, n: name }, data, options)
}

/** Takes a message back: what is left of it is its place. Rejected with `target-unknown` when it is not kept any more. */
export function remove<M extends EventMap>(
  channel: Channel<M>,
  id: string,
  options?: PublishOptions,
): Promise<PublishResult> {
  return channel.edit({ op: 'delete', ref: id }, undefined, options)
}
