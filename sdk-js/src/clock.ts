/** Where the client takes time and chance from; tests give a clock that they move by hand. */
export interface Clock {
  /** Milliseconds since 1970. */
  now(): number
  /** Runs it once, so many milliseconds from now; what it gives back is for `clearTimeout`. */
  setTimeout(run: () => void, millis: number): unknown
  /** Calls a timer off; one that ran or is none is ignored. */
  clearTimeout(timer: unknown): void
  /** From 0 to below 1. */
  random(): number
}

export const systemClock: Clock = {
  now: () => Date.now(),
  setTimeout: (run, millis) => setTimeout(run, millis),
  clearTimeout: (timer) => clearTimeout(timer as number),
  random: () => Math.random(),
}
