// dist/pusher/index.d.ts
import { type PusherHistoryOptions, type PusherHistoryPage, type PusherHistorySource } from './past.js';
export type { PusherHistoryOptions, PusherHistoryPage, PusherHistorySource, PusherPastEvent } from './past.js';
export interface PusherLike {
    readonly connection: {
        readonly socket_id: string;
        emit(event: string, data?: any, metadata?: any): unknown;
    };
    send_event(name: string, data: any, channel?: string): any;
    unsubscribe(channel: string): void;
}
export interface PusherPosition {
    readonly epoch: number;
    readonly offset: number;
}
export interface PusherGap {
    readonly channel: string;
    readonly from: PusherPosition;
    readonly to: PusherPosition;
    readonly reason: 'epoch' | 'expired' | 'too-far';
}
export interface Resumable {
    onGap(listener: (gap: PusherGap) => void): () => void;
    position(channel: string): PusherPosition | undefined;
    history(channel: string, options?: PusherHistoryOptions): AsyncGenerator<PusherHistoryPage, void, undefined>;
}
export interface ResumableOptions {
    readonly history?: PusherHistorySource;
}
export declare function resumable(pusher: PusherLike, options?: ResumableOptions): Resumable;

// dist/pusher/past.d.ts
import type { PusherPosition } from './index.js';
export interface PusherHistorySource {
    readonly url: string;
    readonly getToken: () => Promise<string> | string;
    readonly fetch?: typeof fetch;
}
export interface PusherHistoryOptions {
    readonly limit?: number;
    readonly before?: PusherPosition;
    readonly signal?: AbortSignal;
}
export interface PusherPastEvent extends PusherPosition {
    readonly event: string;
    readonly data?: unknown;
    readonly id?: string;
    readonly userId?: string;
    readonly timestamp: number;
}
export interface PusherHistoryPage {
    readonly items: readonly PusherPastEvent[];
    readonly more: boolean;
}
export declare function decoded(data: unknown): unknown;
export declare function past(source: PusherHistorySource, channel: string, { limit, before, signal }: PusherHistoryOptions): AsyncGenerator<PusherHistoryPage, void, undefined>;
