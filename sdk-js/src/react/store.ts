/** Something immutable that changes as a whole, and those who look at it. Works while somebody does. */
export class Store<S> {
  readonly #listeners = new Set<() => void>()
  #stop: (() => void) | undefined

  constructor(
    private snapshot: S,
    private readonly start: () => () => void,
  ) {}

  readonly get = (): S => this.snapshot

  readonly subscribe = (changed: () => void): (() => void) => {
    // one of their own for each, so that the same function may come twice
    const listener = (): void => changed()
    this.#listeners.add(listener)
    this.#stop ??= this.start()
    return () => {
      this.#listeners.delete(listener)
      if (this.#listeners.size > 0) return
      this.#stop?.()
      this.#stop = undefined
    }
  }

  set(change: Partial<S>): void {
    this.snapshot = { ...this.snapshot, ...change }
    for (const listener of this.#listeners) listener()
  }
}
