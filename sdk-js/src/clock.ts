/** Where the client takes time and chance from; tests give a clock that they move by hand. */
export interface Clock {
  /** Milliseconds since 1970. */
  now(): number
  setTimeout(run: () => void, millis: number): unknown
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
