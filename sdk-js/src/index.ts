/** Carillon's client for browsers, Node, Deno and edge runtimes. */
export { Carillon } from './client.js'
export type { ClientOptions, Credentials } from './client.js'
export type {
  Channel,
  ChannelOptions,
  HistoryOptions,
  HistoryPage,
  MessagesOptions,
  PublishOptions,
  PublishResult,
  Subscription,
} from './channel.js'
export type { Clock } from './clock.js'
export type { ConnectionState } from './connection.js'
export type { ClientEvents, Patience } from './core.js'
export type { Disposable } from './emitter.js'
export { CarillonError } from './errors.js'
export type { ClientErrorKind, ErrorKind } from './errors.js'
export type { ChannelState, Gap, Position } from './feed.js'
export type { Overflow } from './inbox.js'
export type { ServerErrorKind } from './kinds.js'
export type { Codec, Encoded, WebSocketConstructor, WebSocketLike } from './link.js'
export type { EventMap, EventName, Message, MessageOf } from './message.js'
export type { Member, Presence, PresenceSnapshot } from './presence.js'
export type { GetToken, TokenRequest } from './tokens.js'
export { append, remove, update } from './edits.js'
export type { Update } from './edits.js'
export { fold } from './fold.js'
export { onSignal, signal } from './signals.js'
export type { Signal } from './signals.js'
export { stream } from './stream.js'
export type { TextStream } from './stream.js'
export { typing } from './typing.js'
export type { Typing, Typist } from './typing.js'
export type { GapReason, Limits, Retry } from './wire.js'
