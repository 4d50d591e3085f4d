import type { Clock } from './clock.js'
import { asError, CarillonError, own } from './errors.js'

/** Why a token is asked for. */
export type TokenRequest =
  /** A connection is about to be made and no token is known to live long enough. */
  | {
      readonly reason: 'connect'
      /** Times it was asked for in a row, from 1. */
      readonly attempt: number
    }
  /** The connection's token is about to end. */
  | {
      readonly reason: 'renew'
      /** As above. */
      readonly attempt: number
    }
  /** The server did not take the last token: it ended, was revoked, or its key was. */
  | {
      readonly reason: 'refused'
      /** As above. */
      readonly attempt: number
      /** What the server said of it. */
      readonly error: CarillonError
    }

/** Answers with a client token, within 15 seconds; called again whenever one is needed, never twice at once. What it throws is told by `client.on('auth', …)`, and it is asked again after a back-off. */
export type GetToken = (request: TokenRequest) => Promise<string> | string

/** How long an answer may take. */
const ANSWER_MILLIS_MAX = 15_000

/** The part of a token's life in which it is used for new connections. */
const USABLE_LIFE = 0.8

/** A clock of this device may be behind by this part of a token's life. */
const SKEW = 0.2

/** Owns the client's token. No one else keeps it, so that a stale one cannot come back. */
export class Tokens {
  #token: string | undefined
  #refusal: CarillonError | undefined
  #asking: Promise<string> | undefined
  #attempt = 0

  constructor(
    private readonly clock: Clock,
    private readonly getToken: GetToken,
    private readonly failed: (error: CarillonError, attempt: number) => void,
  ) {}

  /** The token for a new connection: the known one only while it provably lives. */
  async get(): Promise<string> {
    const token = this.#token
    return token && isFresh(token, this.clock.now()) ? token : this.ask('connect')
  }

  /** A new token; askers at the same time share the answer. */
  ask(reason: 'connect' | 'renew'): Promise<string> {
    return (this.#asking ??= this.#ask(reason).finally(() => (this.#asking = undefined)))
  }

  /** The server did not take it. */
  refuse(error: CarillonError): void {
    this.#token = undefined
    this.#refusal = error
  }

  async #ask(reason: 'connect' | 'renew'): Promise<string> {
    const attempt = ++this.#attempt
    const error = this.#refusal
    let timer: unknown
    try {
      const late = new Promise<never>((_, reject) => {
        timer = this.clock.setTimeout(() => reject(own('token-unavailable', 'no answer')), ANSWER_MILLIS_MAX)
      })
      const asked = this.getToken(error ? { reason: 'refused', attempt, error } : { reason, attempt })
      const token = await Promise.race([asked, late])
      this.#attempt = 0
      this.#refusal = undefined
      return (this.#token = token)
    } catch (thrown) {
      const failure = asError(thrown, 'token-unavailable')
      this.failed(failure, attempt)
      throw failure
    } finally {
      this.clock.clearTimeout(timer)
    }
  }
}

/** Whether a JWT is in the first four fifths of its life; of other tokens nothing is known. */
function isFresh(token: string, now: number): boolean {
  try {
    const claims = token.split('.')[1] as string
    const text = atob(claims.replace(/-/g, '+').replace(/_/g, '/'))
    const { iat, exp } = JSON.parse(text) as { iat: number; exp: number }
    const lived = (now / 1000 - iat) / (exp - iat)
    return lived > -SKEW && lived < USABLE_LIFE
  } catch {
    return false
  }
}
