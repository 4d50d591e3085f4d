// dist/testing/index.d.ts
export { settle, TestClock } from './clock.js';
export type { TestServerOptions } from './hub.js';
export { TestServer } from './server.js';

// dist/testing/clock.d.ts
import type { Clock } from '../clock.js';
export declare function settle(): Promise<void>;
export declare class TestClock implements Clock {
    #private;
    constructor(now?: number);
    now(): number;
    setTimeout(run: () => void, millis: number): number;
    clearTimeout(timer: unknown): void;
    random(): number;
    setRandom(chance: number): void;
    get timers(): number;
    advance(millis: number): Promise<void>;
    sleep(millis: number): void;
}

// dist/clock.d.ts
export interface Clock {
    now(): number;
    setTimeout(run: () => void, millis: number): unknown;
    clearTimeout(timer: unknown): void;
    random(): number;
}
export declare const systemClock: Clock;

// dist/testing/hub.d.ts
import type { ClientFrame, Item, Problem, ServerFrame } from '../wire.js';
import type { TestClock } from './clock.js';
import { Log } from './log.js';
import { Roster } from './roster.js';
import { type Identity } from './rights.js';
import type { Line, Peer } from './socket.js';
export interface TestServerOptions {
    readonly heartbeat?: number;
    readonly key?: string;
    readonly clientId?: (token: string) => string | undefined;
}
export interface Session {
    readonly id: string;
    credentials: string;
    who: Identity;
    readonly channels: Set<string>;
    readonly secret: string;
    readonly member: string;
    readonly following: Map<string, unknown>;
}
export interface Refusal {
    readonly problem: Problem;
    readonly code: number;
}
export interface Faults {
    refusals: Refusal[];
    throttled: number[];
    lostAcks: number;
    skipped: number;
    skippedPresence: number;
    unreachable: boolean;
    noSockets: boolean;
    mute: boolean;
    readonly refused: Map<string, Refusal>;
    readonly denied: Map<string, Problem>;
}
export declare class Hub implements Peer {
    #private;
    readonly clock: TestClock;
    private readonly options;
    readonly heard: ClientFrame[];
    readonly sessions: Map<Line, Session>;
    readonly logs: Map<string, Log>;
    readonly rosters: Map<string, Roster>;
    readonly faults: Faults;
    readonly waiting: Set<() => void>;
    constructor(clock: TestClock, options: TestServerOptions);
    accepted(line: Line): void;
    left(line: Line): void;
    roster(channel: string): Roster;
    said(line: Line, frames: readonly ClientFrame[]): void;
    passes(): boolean;
    malformed(line: Line): void;
    log(channel: string): Log;
    store(channel: string, item: Omit<Item, 'o'>): void;
    tell(channel: string, frame: ServerFrame): void;
    say(line: Line, frame: ServerFrame): void;
    end(line: Line, code: number, reason?: string): void;
    farewell(line: Line, problem: Problem, i?: number, code?: number): void;
}

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

// dist/testing/log.d.ts
import type { Item, WirePosition } from '../wire.js';
export interface Slice {
    readonly items: readonly Item[];
    readonly more: boolean;
}
export type Verdict = 'ok' | 'epoch' | 'expired' | 'too-far';
export declare class Log {
    #private;
    constructor(epoch: number);
    get head(): WirePosition;
    get items(): readonly Item[];
    get messages(): readonly Item[];
    known(id: unknown): WirePosition | undefined;
    append(item: Omit<Item, 'o'>): Item;
    judge({ e, o }: WirePosition): Verdict;
    after(offset: number): readonly Item[];
    rewound(messages: number): readonly Item[];
    read(limit: number, before?: WirePosition, after?: WirePosition): Slice;
    expire(): void;
    reset(): void;
}

// dist/testing/roster.d.ts
import type { Pres } from '../wire.js';
import type { TestClock } from './clock.js';
interface Present {
    readonly id?: string;
    readonly d: unknown;
}
export declare class Roster {
    #private;
    private readonly channel;
    private readonly clock;
    private readonly tell;
    constructor(channel: string, clock: TestClock, tell: (frame: Pres) => void);
    get size(): number;
    get version(): number;
    enter(key: string, member: Present): void;
    leave(key: string): void;
    lost(key: string): void;
    snapshot(): Pres[];
}
export {};

// dist/testing/rights.d.ts
export type Operation = 'subscribe' | 'publish' | 'history' | 'presence' | 'message-update-own' | 'message-update-any';
export interface Identity {
    readonly clientId?: string;
    may(operation: Operation, channel: string): boolean;
}
export declare const ofKey: Identity;
export declare function ofToken(token: string, clientId: string | undefined): Identity | undefined;

// dist/testing/socket.d.ts
import { type WebSocketConstructor } from '../link.js';
import type { ClientFrame, ServerFrame } from '../wire.js';
export interface Peer {
    accepted(line: Line): void;
    passes(): boolean;
    said(line: Line, frames: readonly ClientFrame[]): void;
    malformed(line: Line): void;
    left(line: Line): void;
}
export interface FarEnd {
    fire(name: 'onopen' | 'onmessage' | 'onclose', event: object): void;
}
export declare class Line {
    #private;
    private readonly far;
    constructor(far: FarEnd);
    get isOpen(): boolean;
    say(frame: ServerFrame): void;
    end(code: number, reason?: string): void;
    cut(): void;
}
export declare function socketsOf(peer: Peer): WebSocketConstructor;

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

// dist/testing/server.d.ts
import '../fallback/index.js';
import type { WebSocketConstructor } from '../link.js';
import type { ClientFrame, Item, ServerFrame, WirePosition } from '../wire.js';
import { TestClock } from './clock.js';
import { type TestServerOptions } from './hub.js';
export declare class TestServer {
    #private;
    readonly clock: TestClock;
    readonly WebSocket: WebSocketConstructor;
    readonly fetch: typeof fetch;
    constructor(options?: TestServerOptions);
    get options(): Pick<TestServer, 'WebSocket' | 'fetch' | 'clock'>;
    get heard(): readonly ClientFrame[];
    get connections(): number;
    advance(millis: number): Promise<void>;
    settle(): Promise<void>;
    publish(channel: string, name: string, data: unknown, id?: string): WirePosition;
    messages(channel: string): readonly Item[];
    subscribers(channel: string): number;
    drop(code?: number): void;
    throttle(after: number, times?: number): void;
    refuse(code: number, times?: number): void;
    setReachable(reachable: boolean): void;
    setPassage(passes: {
        readonly sockets?: boolean;
        readonly streams?: boolean;
        readonly polls?: boolean;
    }): void;
    allowSockets(): void;
    setMute(mute: boolean): void;
    loseAck(): void;
    expireToken(kind?: 'token-expired' | 'token-revoked'): void;
    announceExpiry(millis: number): void;
    deny(channel: string, kind?: 'capability-denied' | 'unavailable' | null, after?: number): void;
    skip(messages: number): void;
    skipPresence(changes: number): void;
    enter(channel: string, key: string, data?: unknown): void;
    leave(channel: string, key: string): void;
    mark(channel: string): void;
    say(channel: string, frame: ServerFrame): void;
    resetEpoch(): void;
    expire(channel: string): void;
}
