// dist/index.d.ts
export { Carillon } from './client.js';
export type { ClientOptions, Credentials } from './client.js';
export type { Channel, ChannelOptions, HistoryOptions, HistoryPage, MessagesOptions, PublishOptions, PublishResult, Subscription, } from './channel.js';
export type { Clock } from './clock.js';
export type { ConnectionState } from './connection.js';
export type { ClientEvents, Patience } from './core.js';
export type { Disposable } from './emitter.js';
export { CarillonError } from './errors.js';
export type { ClientErrorKind, ErrorKind } from './errors.js';
export type { ChannelState, Gap, Position } from './feed.js';
export type { Overflow } from './inbox.js';
export type { ServerErrorKind } from './kinds.js';
export type { Codec, Encoded, WebSocketConstructor, WebSocketLike } from './link.js';
export type { EventMap, EventName, Message, MessageOf } from './message.js';
export type { Member, Presence, PresenceSnapshot } from './presence.js';
export type { GetToken, TokenRequest } from './tokens.js';
export { append, remove, update } from './edits.js';
export type { Update } from './edits.js';
export { fold } from './fold.js';
export { onSignal, signal } from './signals.js';
export type { Signal } from './signals.js';
export { stream } from './stream.js';
export type { TextStream } from './stream.js';
export { typing } from './typing.js';
export type { Typing, Typist } from './typing.js';
export type { GapReason, Limits, Retry } from './wire.js';

// dist/client.d.ts
import { Channel, type ChannelOptions } from './channel.js';
import { type Clock } from './clock.js';
import type { ConnectionState } from './connection.js';
import { type ClientEvents } from './core.js';
import { type Disposable, dispose } from './emitter.js';
import { type Codec, type WebSocketConstructor } from './link.js';
import type { EventMap } from './message.js';
import type { GetToken } from './tokens.js';
export type Credentials = {
    readonly getToken: GetToken;
} | {
    readonly key: string;
};
export type ClientOptions = Credentials & {
    readonly WebSocket?: WebSocketConstructor;
    readonly codec?: Codec;
    readonly queueLimit?: number;
    readonly publishTimeout?: number;
    readonly linger?: number;
    readonly fallback?: boolean;
    readonly fetch?: typeof fetch;
    readonly clock?: Clock;
};
export declare class Carillon {
    #private;
    constructor(url: string, options: ClientOptions);
    get state(): ConnectionState;
    get online(): boolean;
    connect(): Promise<void>;
    close(): void;
    channel<M extends EventMap = Record<string, unknown>>(name: string, options?: ChannelOptions): Channel<M>;
    release(name: string): void;
    on<K extends keyof ClientEvents>(event: K, listener: (value: ClientEvents[K]) => void): Disposable;
    [dispose](): void;
}

// dist/channel.d.ts
import type { Patience } from './core.js';
import { type Disposable } from './emitter.js';
import { type ChannelState, type Gap, type Position } from './feed.js';
import { type Overflow } from './inbox.js';
import { type EventMap, type EventName, type MessageOf } from './message.js';
import { Presence } from './presence.js';
export interface ChannelOptions {
    readonly rewind?: number;
    readonly since?: Position;
}
export interface PublishOptions extends Patience {
    readonly id?: string;
    readonly extras?: object;
}
export interface PublishResult extends Position {
    readonly id: string;
    readonly duplicate: boolean;
}
export interface HistoryOptions extends Patience {
    readonly limit?: number;
    readonly before?: Position;
    readonly after?: Position;
    readonly untilAttach?: boolean;
}
export interface HistoryPage<M extends EventMap> {
    readonly items: readonly MessageOf<M>[];
    readonly more: boolean;
}
export interface MessagesOptions {
    readonly signal?: AbortSignal;
    readonly buffer?: number;
    readonly overflow?: Overflow;
}
export interface Subscription extends Disposable {
    readonly ready: Promise<void>;
}
interface ChannelEvents {
    readonly gap: Gap;
    readonly state: ChannelState;
}
export declare class Channel<M extends EventMap = Record<string, unknown>> {
    #private;
    readonly name: string;
    get state(): ChannelState;
    get position(): Position | undefined;
    on(event: 'state', listener: (state: ChannelState) => void): Disposable;
    on(event: 'gap', listener: (gap: Gap) => void): Disposable;
    on(name: '*', listener: (message: MessageOf<M>) => void): Subscription;
    on<K extends Exclude<EventName<M>, keyof ChannelEvents | '*'>>(name: K, listener: (message: MessageOf<M, K>) => void): Subscription;
    attach(): Promise<void>;
    detach(): void;
    get presence(): Presence;
    publish<K extends EventName<M>>(name: K, data: M[K], options?: PublishOptions): Promise<PublishResult>;
    history(options?: HistoryOptions): AsyncGenerator<HistoryPage<M>, void, undefined>;
    messages<K extends EventName<M>>(name: K | '*', options?: MessagesOptions): AsyncIterableIterator<MessageOf<M, K>>;
}
export {};

// dist/core.d.ts
import type { Clock } from './clock.js';
import { Connection, type ConnectionHost, type ConnectionState } from './connection.js';
import { Emitter } from './emitter.js';
import { CarillonError } from './errors.js';
import type { Feed } from './feed.js';
import type { Codec, Link, LinkListener } from './link.js';
import { type GetToken } from './tokens.js';
import type { ClientFrame, Ok, Problem, Reply, ServerFrame } from './wire.js';
export interface Patience {
    readonly timeout?: number | undefined;
    readonly signal?: AbortSignal | undefined;
}
export interface ClientEvents {
    state: ConnectionState;
    auth: {
        readonly attempt: number;
        readonly error: CarillonError;
    };
    error: CarillonError;
}
export interface CoreSettings {
    readonly errors: string;
    readonly clock: Clock;
    readonly codec: Codec;
    readonly credentials: string | GetToken;
    readonly queueLimit: number;
    readonly publishTimeout: number;
    readonly linger: number;
    readonly dial: (listener: LinkListener) => Promise<Link> | Link;
}
export declare class Core implements ConnectionHost {
    #private;
    readonly settings: CoreSettings;
    readonly events: Emitter<ClientEvents>;
    readonly connection: Connection;
    readonly feeds: Map<string, Feed>;
    constructor(settings: CoreSettings);
    need(): void;
    get dead(): CarillonError | undefined;
    newId(): string;
    expect(answered: (reply: Reply) => void): number;
    ask(frame: ClientFrame, { timeout, signal }?: Patience): Promise<Ok>;
    opening(): ClientFrame[];
    welcomed(): void;
    renewed(): void;
    received(frame: ServerFrame): void;
    lost(code?: number): void;
    changed(state: ConnectionState): void;
    problem(problem: Problem): CarillonError;
}

// dist/clock.d.ts
export interface Clock {
    now(): number;
    setTimeout(run: () => void, millis: number): unknown;
    clearTimeout(timer: unknown): void;
    random(): number;
}
export declare const systemClock: Clock;

// dist/connection.d.ts
import { type Clock } from './clock.js';
import { CarillonError } from './errors.js';
import type { Codec, Encoded, Link, LinkListener } from './link.js';
import type { Tokens } from './tokens.js';
import type { ClientFrame, Limits, Problem, Reply, ServerFrame } from './wire.js';
export type ConnectionState = {
    readonly state: 'idle';
} | {
    readonly state: 'connecting';
    readonly attempt: number;
} | {
    readonly state: 'connected';
    readonly connection: string;
    readonly clientId: string | undefined;
    readonly member: string | undefined;
    readonly limits: Limits;
} | {
    readonly state: 'waiting';
    readonly attempt: number;
    readonly retryAt: number;
    readonly reason: CarillonError;
} | {
    readonly state: 'failed';
    readonly reason: CarillonError;
} | {
    readonly state: 'closed';
};
export interface ConnectionHost {
    opening(): ClientFrame[];
    welcomed(): void;
    received(frame: ServerFrame): void;
    renewed(): void;
    lost(code?: number): void;
    changed(state: ConnectionState): void;
    problem(problem: Problem): CarillonError;
    expect(answered: (reply: Reply) => void): number;
}
export declare class Connection {
    #private;
    private readonly host;
    private readonly clock;
    private readonly codec;
    private readonly credentials;
    private readonly dial;
    state: ConnectionState;
    speaking: boolean;
    constructor(host: ConnectionHost, clock: Clock, codec: Codec, credentials: Tokens | string, dial: (listener: LinkListener) => Promise<Link> | Link);
    connect(): void;
    wake(): void;
    close(): void;
    send(frame: ClientFrame): void;
    sendEncoded(frame: Encoded, i: number | undefined): void;
}

// dist/errors.d.ts
import type { ServerErrorKind } from './kinds.js';
import type { Retry } from './wire.js';
declare const OWN: {
    readonly aborted: readonly [90001, "no", "given up"];
    readonly timeout: readonly [90002, "later", "no answer in time"];
    readonly closed: readonly [90003, "no", "closed (expected: connect() first)"];
    readonly 'connection-lost': readonly [90004, "now", "connection lost"];
    readonly 'queue-full': readonly [90005, "later", "too many (expected: up to queueLimit)"];
    readonly 'token-unavailable': readonly [90006, "later", "no token"];
    readonly 'buffer-full': readonly [90007, "no", "read too slowly"];
    readonly unsupported: readonly [90008, "no", "no WebSocket (expected: the option WebSocket)"];
    readonly detached: readonly [90009, "no", "detached"];
    readonly 'too-large': readonly [90010, "no", "more than the server takes"];
};
export type ClientErrorKind = keyof typeof OWN;
export type ErrorKind = ServerErrorKind | ClientErrorKind;
export declare class CarillonError extends Error {
    readonly name = "CarillonError";
    readonly kind: ErrorKind;
    readonly code: number;
    readonly retry: Retry;
    readonly after: number | undefined;
    readonly href: string;
    get remedy(): string | undefined;
}
export declare function own(kind: ClientErrorKind, detail?: string, cause?: unknown): CarillonError;
export declare function asError(thrown: unknown, kind: ClientErrorKind): CarillonError;
export declare function guarded(run: () => void): void;
export {};

// dist/kinds.d.ts
export type ServerErrorKind = 'bad-request' | 'malformed-frame' | 'channel-name-invalid' | 'event-name-invalid' | 'member-invalid' | 'already-subscribed' | 'not-subscribed' | 'attribute-invalid' | 'too-many-items' | 'watchlist-too-long' | 'position-invalid' | 'operation-invalid' | 'cursor-invalid' | 'protocol-version-invalid' | 'protocol-unsupported' | 'protocol-missing' | 'unauthorized' | 'signature-invalid' | 'timestamp-stale' | 'sign-in-invalid' | 'hello-missing' | 'credentials-invalid' | 'token-invalid' | 'token-expired' | 'token-revoked' | 'token-key-unknown' | 'ticket-invalid' | 'app-disabled' | 'client-events-disabled' | 'client-event-not-allowed' | 'channel-denied' | 'signed-in-as-another' | 'origin-denied' | 'capability-denied' | 'rule-denied' | 'event-not-allowed' | 'app-unknown' | 'path-not-found' | 'rule-unknown' | 'target-unknown' | 'session-unknown' | 'method-not-allowed' | 'message-too-large' | 'request-too-large' | 'media-type-unsupported' | 'payload-invalid' | 'connection-quota' | 'client-event-rate' | 'message-rate' | 'connections-elsewhere' | 'channel-quota' | 'presence-full' | 'connection-rate' | 'history-rate' | 'subscription-rate' | 'address-rate' | 'byte-rate' | 'quota-used-up' | 'internal-error' | 'unavailable' | 'over-capacity' | 'draining' | 'slow-consumer' | 'overrun' | 'pong-timeout';

// dist/wire.d.ts
export type Retry = 'no' | 'now' | 'later' | 'token';
export interface WirePosition {
    readonly e: number;
    readonly o: number;
}
export interface Problem {
    readonly kind: string;
    readonly code: number;
    readonly msg: string;
    readonly retry: Retry;
    readonly after?: number;
}
export interface Item {
    readonly o: number;
    readonly e?: number;
    readonly n: string;
    readonly d?: unknown;
    readonly id?: string;
    readonly by?: string;
    readonly ts: number;
    readonly enc?: 'b64';
    readonly op?: 'append' | 'update' | 'delete';
    readonly ref?: string;
    readonly del?: boolean;
    readonly v?: WirePosition;
    readonly x?: object;
}
export interface Welcome {
    readonly t: 'welcome';
    readonly i?: number;
    readonly conn: string;
    readonly you?: string;
    readonly session?: string;
    readonly member?: string;
    readonly hb: number;
    readonly limits: Limits;
}
export interface Limits {
    readonly message: number;
    readonly channels: number;
}
export interface Subbed extends WirePosition {
    readonly t: 'subbed';
    readonly i?: number;
    readonly ch: string;
    readonly start: number;
    readonly f?: number;
    readonly se?: number;
    readonly recovered?: boolean;
    readonly why?: GapReason;
}
export type GapReason = 'epoch' | 'expired' | 'too-far' | 'slow';
export interface Ok {
    readonly t: 'ok';
    readonly i: number;
    readonly r?: readonly (PubResult | Problem)[];
    readonly m?: readonly Item[];
    readonly more?: boolean;
    readonly v?: number;
    readonly n?: number;
    readonly e?: number;
    readonly o?: number;
}
export interface PubResult extends WirePosition {
    readonly dup?: boolean;
}
export interface Err extends Problem {
    readonly t: 'err';
    readonly i?: number;
    readonly ch?: string;
    readonly of?: 'enter';
}
export interface Msg extends WirePosition {
    readonly t: 'msg';
    readonly ch: string;
    readonly f: number;
    readonly prev?: WirePosition;
    readonly m: readonly Item[];
}
export interface Pres {
    readonly t: 'pres';
    readonly ch: string;
    readonly n?: number;
    readonly snap?: number;
    readonly more?: true;
    readonly f?: number;
    readonly v?: number;
    readonly set?: {
        readonly [key: string]: {
            readonly id?: string;
            readonly d?: unknown;
        };
    };
    readonly del?: readonly string[];
}
export interface EphItem {
    readonly n: string;
    readonly d?: unknown;
    readonly enc?: 'b64';
    readonly k?: string;
    readonly member: string;
    readonly by?: string;
}
export interface Eph {
    readonly t: 'eph';
    readonly ch: string;
    readonly m: readonly EphItem[];
}
export interface Go {
    readonly t: 'go';
    readonly v: 'now' | 'later' | 'token' | 'fatal';
    readonly after?: number;
    readonly why?: string;
}
export interface Reauth {
    readonly t: 'reauth';
    readonly in: number;
}
export type Reply = Welcome | Subbed | Ok | Err;
export type ServerFrame = Reply | Msg | Pres | Eph | Go | Reauth | {
    readonly t: 'ping';
} | {
    readonly t: 'pong';
};
export interface ClientFrame {
    readonly t: 'hello' | 'auth' | 'sub' | 'unsub' | 'pub' | 'hist' | 'enter' | 'leave' | 'who' | 'eph' | 'ping' | 'pong' | 'bye';
    readonly i?: number;
    readonly [field: string]: unknown;
}

// dist/link.d.ts
import type { ClientFrame, ServerFrame } from './wire.js';
export interface Link {
    send(frames: readonly Encoded[]): void;
    close(): void;
}
export interface LinkListener {
    opened(): void;
    received(frames: readonly ServerFrame[]): void;
    closed(code: number, reason: string): void;
}
export type Encoded = string | Uint8Array<ArrayBuffer>;
export interface Codec {
    readonly protocol: string;
    encode(frame: ClientFrame): Encoded;
    join(frames: readonly Encoded[]): Encoded;
    decode(data: unknown): readonly ServerFrame[];
    pack(data: unknown): {
        readonly d: unknown;
        readonly enc?: 'b64';
    };
    unpack(item: {
        readonly d?: unknown;
        readonly enc?: 'b64';
    }): unknown;
}
export interface WebSocketLike {
    binaryType: string;
    onopen: ((event: never) => void) | null;
    onmessage: ((event: never) => void) | null;
    onclose: ((event: never) => void) | null;
    onerror: ((event: never) => void) | null;
    send(data: Encoded): void;
    close(code?: number, reason?: string): void;
}
export type WebSocketConstructor = new (url: string, protocols: string) => WebSocketLike;
export declare const json: Codec;
export declare function batches(frames: readonly Encoded[], codec: Codec, send: (message: Encoded) => void): void;
export declare function openSocket(Socket: WebSocketConstructor, url: string, codec: Codec, listener: LinkListener): Link;

// dist/tokens.d.ts
import type { Clock } from './clock.js';
import { CarillonError } from './errors.js';
export type TokenRequest = 
{
    readonly reason: 'connect';
    readonly attempt: number;
}
 | {
    readonly reason: 'renew';
    readonly attempt: number;
}
 | {
    readonly reason: 'refused';
    readonly attempt: number;
    readonly error: CarillonError;
};
export type GetToken = (request: TokenRequest) => Promise<string> | string;
export declare class Tokens {
    #private;
    private readonly clock;
    private readonly getToken;
    private readonly failed;
    constructor(clock: Clock, getToken: GetToken, failed: (error: CarillonError, attempt: number) => void);
    get(): Promise<string>;
    ask(reason: 'connect' | 'renew'): Promise<string>;
    refuse(error: CarillonError): void;
}

// dist/emitter.d.ts
export interface Disposable {
    off(): void;
    [Symbol.dispose](): void;
}
export declare const dispose: typeof Symbol.dispose;
export declare function disposable(off: () => void): Disposable;
export declare class Emitter<E extends object> {
    #private;
    on<K extends keyof E>(name: K, listener: (value: E[K]) => void): () => void;
    until<K extends keyof E>(name: K, now: E[K], verdict: (value: E[K]) => boolean | Error | undefined): Promise<void>;
    emit<K extends keyof E>(name: K, value: E[K]): void;
}

// dist/feed.d.ts
import type { Core } from './core.js';
import type { CarillonError } from './errors.js';
import type { Presence } from './presence.js';
import type { Signals } from './signals.js';
import type { ClientFrame, GapReason, Item, Msg, Reply } from './wire.js';
export interface Position {
    readonly epoch: number;
    readonly offset: number;
}
export type ChannelState = {
    readonly state: 'off';
} | {
    readonly state: 'joining';
} | {
    readonly state: 'live';
} | {
    readonly state: 'failed';
    readonly reason: CarillonError;
};
export interface Gap {
    readonly from: Position;
    readonly to: Position;
    readonly reason: GapReason;
}
export interface FeedListener {
    delivered(item: Item, epoch: number): void;
    changed(state: ChannelState): void;
    missed(gap: Gap): void;
}
export declare class Feed {
    #private;
    readonly core: Core;
    readonly name: string;
    private readonly listener;
    state: ChannelState;
    position: Position | undefined;
    start: Position | undefined;
    rewind: number | undefined;
    presence: Presence | undefined;
    signals: Signals | undefined;
    wanted: boolean;
    constructor(core: Core, name: string, listener: FeedListener);
    use(): () => void;
    linger(): void;
    leave(): void;
    ask(): void;
    opening(): ClientFrame[];
    told(reply: Reply): void;
    receive({ e, f, o, prev, m }: Msg): void;
    renewed(): void;
    refused(reason: CarillonError): void;
    ended(reason: CarillonError): void;
    lost(): void;
}

// dist/presence.d.ts
import { type Disposable } from './emitter.js';
import type { CarillonError } from './errors.js';
export interface Member {
    readonly key: string;
    readonly clientId: string | undefined;
    readonly data: unknown;
}
export interface PresenceSnapshot {
    readonly members: readonly Member[];
    readonly count: number;
    readonly synced: boolean;
}
export declare class Presence {
    #private;
    get snapshot(): PresenceSnapshot;
    get entered(): boolean;
    enter(data?: unknown): Promise<void>;
    leave(): Promise<void>;
    get(): Promise<readonly Member[]>;
    subscribe(listener: (snapshot: PresenceSnapshot) => void): Disposable;
    count(listener: (count: number) => void): Disposable;
    onEnd(listener: (error: CarillonError) => void): Disposable;
}

// dist/signals.d.ts
import type { Channel } from './channel.js';
import { type Disposable } from './emitter.js';
import type { Feed } from './feed.js';
import type { EventMap } from './message.js';
import type { EphItem } from './wire.js';
export interface Signal {
    readonly name: string;
    readonly data: unknown;
    readonly key: string | undefined;
    readonly member: string;
    readonly clientId: string | undefined;
}
export declare function signal<M extends EventMap>(channel: Channel<M>, name: string, data: unknown, key?: string): void;
export declare function onSignal<M extends EventMap>(channel: Channel<M>, name: string, listener: (signal: Signal) => void): Disposable;
export declare class Signals {
    #private;
    private readonly feed;
    constructor(feed: Feed);
    send(name: string, data: unknown, key: string | undefined): void;
    on(name: string, listener: (signal: Signal) => void): Disposable;
    received(items: readonly EphItem[]): void;
}

// dist/message.d.ts
import type { Position } from './feed.js';
import type { Codec } from './link.js';
import type { Item } from './wire.js';
export type EventMap = object;
export type EventName<M extends EventMap> = keyof M & string;
export interface Message<N extends string = string, D = unknown> extends Position {
    readonly name: N;
    readonly data: D;
    readonly id: string | undefined;
    readonly clientId: string | undefined;
    readonly timestamp: number;
    readonly action: 'create' | 'append' | 'update' | 'delete';
    readonly ref: string | undefined;
    readonly changed: Position | undefined;
    readonly extras: object | undefined;
}
export type MessageOf<M extends EventMap, K extends EventName<M> = EventName<M>> = {
    [N in K]: Message<N, M[N]>;
}[K];
export declare function messageOf<M extends EventMap>(item: Item, epoch: number, codec: Codec): MessageOf<M>;

// dist/inbox.d.ts
export type Overflow = 'fail' | 'drop-oldest' | 'drop-newest';
export declare class Inbox<T> implements AsyncIterableIterator<T> {
    #private;
    private readonly capacity;
    private readonly overflow;
    private readonly closed;
    constructor(capacity: number, overflow: Overflow, closed: () => void);
    push(item: T): void;
    end(error?: Error): void;
    next(): Promise<IteratorResult<T>>;
    return(): Promise<IteratorResult<T>>;
    [Symbol.asyncIterator](): this;
}

// dist/edits.d.ts
import type { Channel, PublishOptions, PublishResult } from './channel.js';
import type { EventMap } from './message.js';
export interface Update {
    readonly data: unknown;
    readonly name?: string;
}
export declare function append<M extends EventMap>(channel: Channel<M>, id: string, data: string | Uint8Array, options?: PublishOptions): Promise<PublishResult>;
export declare function update<M extends EventMap>(channel: Channel<M>, id: string, { data, name }: Update, options?: PublishOptions): Promise<PublishResult>;
export declare function remove<M extends EventMap>(channel: Channel<M>, id: string, options?: PublishOptions): Promise<PublishResult>;

// dist/fold.d.ts
import type { Message } from './message.js';
export declare function fold<D extends Message>(messages: readonly D[], item: D): readonly D[];

// dist/stream.d.ts
import type { Channel, PublishOptions } from './channel.js';
import type { EventMap, EventName } from './message.js';
export interface TextStream {
    readonly id: Promise<string>;
    append(text: string): void;
    end(): Promise<{
        readonly id: string;
        readonly text: string;
    }>;
}
export declare function stream<M extends EventMap, K extends EventName<M>>(channel: Channel<M>, name: K, options?: PublishOptions): TextStream;

// dist/typing.d.ts
import type { Channel } from './channel.js';
import { type Disposable } from './emitter.js';
import type { EventMap } from './message.js';
export interface Typist {
    readonly member: string;
    readonly clientId: string | undefined;
}
export interface Typing {
    start(): void;
    stop(): void;
    on(listener: (who: readonly Typist[]) => void): Disposable;
}
export declare function typing<M extends EventMap>(channel: Channel<M>): Typing;
