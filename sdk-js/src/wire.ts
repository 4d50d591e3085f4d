// The frames of docs/protocol/carillon-v1.md; the comments name the clauses.

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
}

/** 2.2. */
export interface Welcome {
  readonly t: 'welcome'
  readonly i?: number
  readonly conn: string
  readonly you?: string
  readonly hb: number
  readonly limits: Limits
}

/** What the server allows: bytes of one message's data, channels of one connection. */
export interface Limits {
  readonly message: number
  readonly channels: number
}

/** 4.2. */
export interface Subbed extends WirePosition {
  readonly t: 'subbed'
  readonly i: number
  readonly ch: string
  readonly start: number
  /** The epoch of `start`, where it is an earlier one. */
  readonly se?: number
  readonly recovered?: boolean
  readonly why?: GapReason
}

export type GapReason = 'epoch' | 'expired' | 'too-far'

/** 5.2, 6.2. */
export interface Ok {
  readonly t: 'ok'
  readonly i: number
  readonly r?: readonly (PubResult | Problem)[]
  readonly m?: readonly Item[]
  readonly more?: boolean
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

export type ServerFrame = Reply | Msg | Go | Reauth | { readonly t: 'ping' } | { readonly t: 'pong' }

/** What the client says; each frame is built at one place, so its fields are not listed here. */
export interface ClientFrame {
  readonly t: 'hello' | 'auth' | 'sub' | 'unsub' | 'pub' | 'hist' | 'ping' | 'pong' | 'bye'
  readonly i?: number
  readonly [field: string]: unknown
}
