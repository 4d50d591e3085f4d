import type { ServerErrorKind } from './kinds.js'
import type { Problem, Retry } from './wire.js'

/** What only a client can see: the number, whether a retry may help, what is wrong, what to do. */
const OWN = {
  aborted: [90001, 'no', 'The caller gave up', 'What was sent may have happened; the same id makes a retry safe'],
  timeout: [90002, 'later', 'No answer in time', 'Retry with the same id; a message is not taken twice'],
  closed: [90003, 'no', 'The client is closed', 'Call connect() first'],
  'connection-lost': [90004, 'now', 'The connection was lost', 'It comes back by itself'],
  'queue-full': [90005, 'later', 'Too many publishes wait for an answer', 'Publish less, or raise queueLimit'],
  'token-unavailable': [90006, 'later', 'getToken failed', 'See cause'],
  'buffer-full': [90007, 'no', 'Messages came faster than they were read', "Read faster, or choose overflow: 'drop-oldest'"],
  unsupported: [90008, 'no', 'This runtime or server lacks something', 'Give the WebSocket option'],
  detached: [90009, 'no', 'The channel was detached', 'Attach it again'],
  'too-large': [90010, 'no', 'The message is larger than the server takes', 'Send less, or a link to it'],
} as const satisfies Record<string, readonly [number, Retry, string, string]>

const OWN_PAGE = 'https://www.npmjs.com/package/@carillon/client#'

/** Errors that the client itself finds. */
export type ClientErrorKind = keyof typeof OWN

export type ErrorKind = ServerErrorKind | ClientErrorKind

/** Every error of the client: `kind` is the contract, `message` is for people. Immutable. */
export class CarillonError extends Error {
  override readonly name = 'CarillonError'
  /** Discriminates; a server that is newer than this package may send kinds that are not listed. */
  readonly kind: ErrorKind
  /** The number of the kind. */
  readonly code: number
  /** Whether the same attempt may succeed: not without a change, at once, later, with a new token. */
  readonly retry: Retry
  /** What to do about it. */
  readonly remedy?: string
  /** The page about the kind. */
  readonly href: string

  /** @internal */
  constructor(problem: Problem, href: string, remedy?: string, cause?: unknown) {
    super(problem.msg, cause === undefined ? undefined : { cause })
    this.kind = problem.kind as ErrorKind
    this.code = problem.code
    this.retry = problem.retry
    this.href = href + problem.kind
    if (remedy) this.remedy = remedy
  }
}

export function own(kind: ClientErrorKind, detail?: string, cause?: unknown): CarillonError {
  const [code, retry, sentence, remedy] = OWN[kind]
  const msg = detail ? `${sentence}: ${detail}` : sentence
  return new CarillonError({ kind, code, retry, msg }, OWN_PAGE, remedy, cause)
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
