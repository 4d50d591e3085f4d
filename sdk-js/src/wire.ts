// The frames of docs/protocol/carillon-v1.md; the comments name the clauses.

/** Whether the same attempt may succeed: not without a change, at once, after a back-off, or with a new token. */
export type Retry = 'no' | 'now' | 'later' | 'token'

/** 3.1: where something stands in a channel's log. */
export interface WirePosition {
  readonly e: number
  readonly o: number
}

/** 8.1. */
export interface Problem {
  readonly kind: string
  readonly code: number
  readonly msg: string
  readonly retry: Retry
  readonly after?: number
}

/** 3.6. */
export interface Item {
  readonly o: number
  /** Where it differs from the frame's. */
  readonly e?: number
  readonly n: string
  readonly d?: unknown
  readonly id?: string
  readonly by?: string
  readonly ts: number
  readonly enc?: 'b64'
  /** It is an operation on another message. */
  readonly op?: 'append' | 'update' | 'delete'
  readonly ref?: string
  /** It was deleted, or changed up to this position. */
  readonly del?: boolean
  readonly v?: WirePosition
  /** What stands beside the data. */
  readonly x?: object
}

/** 2.2. */
export interface Welcome {
  readonly t: 'welcome'
  readonly i?: number
  readonly conn: string
  readonly you?: string
  /** 10.1. */
  readonly session?: string
  readonly member?: string
  readonly hb: number
  readonly limits: Limits
}

/** What the server allows: bytes of one message's data, channels of one connection. */
export interface Limits {
  /** Bytes of one message's data. */
  readonly message: number
  /** Subscriptions of one connection at once. */
  readonly channels: number
}

/** 4.2; without `i` 3.8. */
export interface Subbed extends WirePosition {
  readonly t: 'subbed'
  readonly i?: number
  readonly ch: string
  readonly start: number
  /** 3.8: what gave way begins behind it. */
  readonly f?: number
  /** The epoch of `start`, where it is an earlier one. */
  readonly se?: number
  readonly recovered?: boolean
  readonly why?: GapReason
}

/**
 * Why messages cannot be brought: the log began anew, they are older than what it keeps, they are more than are brought at once, or the
 * client reads too slowly for a channel whose rule lets messages give way.
 */
export type GapReason = 'epoch' | 'expired' | 'too-far' | 'slow'

/** 5.2, 6.2. */
export interface Ok {
  readonly t: 'ok'
  readonly i: number
  readonly r?: readonly (PubResult | Problem)[]
  readonly m?: readonly Item[]
  readonly more?: boolean
  readonly v?: number
  readonly n?: number
  readonly e?: number
  readonly o?: number
}

export interface PubResult extends WirePosition {
  readonly dup?: boolean
}

/** 8.1. */
export interface Err extends Problem {
  readonly t: 'err'
  readonly i?: number
  readonly ch?: string
  /** 9.3 and 9.4: it is about the membership, not the subscription. */
  readonly of?: 'enter'
}

/** 3.3. */
export interface Msg extends WirePosition {
  readonly t: 'msg'
  readonly ch: string
  readonly f: number
  /** 3.7. */
  readonly prev?: WirePosition
  readonly m: readonly Item[]
}

/** 9.6, 9.8 and 9.10. */
export interface Pres {
  readonly t: 'pres'
  readonly ch: string
  readonly n?: number
  readonly snap?: number
  readonly more?: true
  readonly f?: number
  readonly v?: number
  readonly set?: { readonly [key: string]: { readonly id?: string; readonly d?: unknown } }
  readonly del?: readonly string[]
}

/** 11.2. */
export interface EphItem {
  readonly n: string
  readonly d?: unknown
  readonly enc?: 'b64'
  readonly k?: string
  readonly member: string
  readonly by?: string
}

export interface Eph {
  readonly t: 'eph'
  readonly ch: string
  readonly m: readonly EphItem[]
}

/** 7.3. */
export interface Go {
  readonly t: 'go'
  readonly v: 'now' | 'later' | 'token' | 'fatal'
  readonly after?: number
  readonly why?: string
}

/** 2.7. */
export interface Reauth {
  readonly t: 'reauth'
  readonly in: number
}

export type Reply = Welcome | Subbed | Ok | Err

export type ServerFrame = Reply | Msg | Pres | Eph | Go | Reauth | { readonly t: 'ping' } | { readonly t: 'pong' }

/** What the client says; each frame is built at one place, so its fields are not listed here. */
export interface ClientFrame {
  readonly t: 'hello' | 'auth' | 'sub' | 'unsub' | 'pub' | 'hist' | 'enter' | 'leave' | 'who' | 'eph' | 'ping' | 'pong' | 'bye'
  readonly i?: number
  readonly [field: string]: unknown
}
