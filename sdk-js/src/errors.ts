import type { ServerErrorKind } from './kinds.js'
import type { Problem, Retry } from './wire.js'

/** What only a client can see: the number, whether a retry may help, what is wrong. The README says what to do. */
const OWN = {
  aborted: [90001, 'no', 'given up'],
  timeout: [90002, 'later', 'no answer in time'],
  closed: [90003, 'no', 'closed (expected: connect() first)'],
  'connection-lost': [90004, 'now', 'connection lost'],
  'queue-full': [90005, 'later', 'too many (expected: up to queueLimit)'],
  'token-unavailable': [90006, 'later', 'no token'],
  'buffer-full': [90007, 'no', 'read too slowly'],
  unsupported: [90008, 'no', 'no WebSocket (expected: the option WebSocket)'],
  detached: [90009, 'no', 'detached'],
  'too-large': [90010, 'no', 'more than the server takes'],
} as const satisfies Record<string, readonly [number, Retry, string]>

const OWN_PAGE = 'https://www.npmjs.com/package/@carillon/client#'

/** Errors that the client itself finds. */
export type ClientErrorKind = keyof typeof OWN

/** Every kind of error that this version knows: those of the server's catalogue, `docs/errors.md`, and those of the client. */
export type ErrorKind = ServerErrorKind | ClientErrorKind

/** Every error of the client: `kind` is the contract, `message` is for people. Immutable. */
export class CarillonError extends Error {
  /** For logs. */
  override readonly name = 'CarillonError'
  /** Discriminates; a server that is newer than this package may send kinds that are not listed. */
  declare readonly kind: ErrorKind
  /** The number of the kind: 40000 and more from the server, 90001 and more from the client. */
  declare readonly code: number
  /** Whether the same attempt may succeed: not without a change, at once, later, with a new token. */
  declare readonly retry: Retry
  /** Milliseconds after which the same attempt may succeed, where the server said so. */
  declare readonly after: number | undefined
  /** The page about the kind, with what to do: `/docs/errors.md` of the server for its kinds, this package's README for the client's. */
  declare readonly href: string

  /** @internal */
  constructor({ kind, code, retry, msg, after }: Problem, page: string, cause?: unknown) {
    super(msg, cause === undefined ? cause : { cause })
    Object.assign(this, { kind, code, retry, after, href: page + kind })
  }

  /** What to do about it, which also ends the message; absent where only the page knows. */
  get remedy(): string | undefined {
    return /\(expected: (.*)\)$/.exec(this.message)?.[1]
  }
}

export function own(kind: ClientErrorKind, detail = '', cause?: unknown): CarillonError {
  const [code, retry, msg] = OWN[kind]
  return new CarillonError({ kind, code, retry, msg: detail ? `${detail}: ${msg}` : msg }, OWN_PAGE, cause)
}

/** What was thrown, as one of ours. */
export function asError(thrown: unknown, kind: ClientErrorKind): CarillonError {
  return thrown instanceof CarillonError ? thrown : own(kind, String(thrown), thrown)
}

/** A listener that throws must not stop the others; its error surfaces as an uncaught one. */
export function guarded(run: () => void): void {
  try {
    run()
  } catch (error) {
    queueMicrotask(() => {
      throw error
    })
  }
}
