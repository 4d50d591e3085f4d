import type { Clock } from '../clock.js'

interface Timer {
  readonly at: number
  readonly run: () => void
}

// taken early, in case a test replaces it; Node's own is much faster
const { setImmediate: soon = globalThis.setTimeout } = globalThis as {
  readonly setImmediate?: (run: () => void) => unknown
}

/** Streams and modules take some turns of the event loop. */
const TURNS = 10

/** Lets everything run that is ready, without that time passes. */
export async function settle(): Promise<void> {
  for (let turn = 0; turn < TURNS; turn++) await new Promise<void>((resolve) => void soon(resolve))
}

/** Time that passes only by `advance`. */
export class TestClock implements Clock {
  readonly #timers = new Map<number, Timer>()
  #now: number
  #last = 0
  #chance = 0.5

  /**
   * A clock that stands still.
   *
   * @param now milliseconds since 1970; the beginning of 2030 if absent
   */
  constructor(now = Date.UTC(2030, 0, 1)) {
    this.#now = now
  }

  now(): number {
    return this.#now
  }

  setTimeout(run: () => void, millis: number): number {
    this.#timers.set(++this.#last, { at: this.#now + Math.max(0, millis), run })
    return this.#last
  }

  clearTimeout(timer: unknown): void {
    this.#timers.delete(timer as number)
  }

  random(): number {
    return this.#chance
  }

  /** What `random` answers from now on, from 0 to below 1; 0.5 at first. */
  setRandom(chance: number): void {
    this.#chance = chance
  }

  /** How many timers wait, to look for leaks. */
  get timers(): number {
    return this.#timers.size
  }

  /** Lets so much time pass, with all that it brings, in its order. */
  async advance(millis: number): Promise<void> {
    const end = this.#now + millis
    await settle()
    for (let next = this.#next(end); next; next = this.#next(end)) {
      const [id, timer] = next
      this.#timers.delete(id)
      this.#now = Math.max(this.#now, timer.at)
      timer.run()
      await settle()
    }
    this.#now = end
    await settle()
  }

  /** The device slept: time has passed, and nothing ran in it. */
  sleep(millis: number): void {
    this.#now += millis
  }

  #next(end: number): [number, Timer] | undefined {
    let first: [number, Timer] | undefined
    for (const entry of this.#timers) {
      if (entry[1].at <= end && (!first || entry[1].at < first[1].at)) first = entry
    }
    return first
  }
}
