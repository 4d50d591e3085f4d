// dist/msgpack/index.d.ts
import { type Codec } from '../link.js';
export declare const msgpack: Codec;

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
