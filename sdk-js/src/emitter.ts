import { guarded } from './errors.js'

/** Ends something that was begun; also what `using` calls. */
export interface Disposable {
  /** Ends it; the second time it does nothing. */
  off(): void
  /** The same, at the end of a block with `using`. */
  [Symbol.dispose](): void
}

/** `Symbol.dispose`, or a symbol of our own where the runtime has none yet. */
export const dispose: typeof Symbol.dispose = Symbol.dispose ?? Symbol.for('Symbol.dispose')

export function disposable(off: () => void): Disposable {
  return { off, [dispose]: off }
}

/** Listeners by the name of what they listen to. */
export class Emitter<E extends object> {
  readonly #listeners = new Set<readonly [keyof E, (value: never) => void]>()

  on<K extends keyof E>(name: K, listener: (value: E[K]) => void): () => void {
    // an entry of its own, so that the same listener may be added twice
    const entry = [name, listener] as const
    this.#listeners.add(entry)
    return () => this.#listeners.delete(entry)
  }

  /** Settled as soon as the verdict is true or an error, of what is now or comes. */
  until<K extends keyof E>(name: K, now: E[K], verdict: (value: E[K]) => boolean | Error | undefined): Promise<void> {
    return new Promise((resolve, reject) => {
      const look = (value: E[K]): void => {
        const said = verdict(value)
        if (!said) return
        off()
        if (said === true) resolve()
        else reject(said)
      }
      const off = this.on(name, look)
      look(now)
    })
  }

  emit<K extends keyof E>(name: K, value: E[K]): void {
    for (const [of, listener] of [...this.#listeners]) {
      if (of === name) guarded(() => (listener as (value: E[K]) => void)(value))
    }
  }
}
