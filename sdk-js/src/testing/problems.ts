import type { ServerErrorKind } from '../kinds.js'
import type { Problem, Retry } from '../wire.js'

/** A problem as the server would tell it; its words say where it comes from. */
export function problemOf(kind: ServerErrorKind, code: number, retry: Retry = 'no', msg: string = kind): Problem {
  return { kind, code, retry, msg: `${msg} (test server)` }
}
