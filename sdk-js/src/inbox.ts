import { own } from './errors.js'

/** What happens when messages come faster than they are read. */
export type Overflow = 'fail' | 'drop-oldest' | 'drop-newest'

/** A bounded queue that one reader iterates over. */
export class Inbox<T> implements AsyncIterableIterator<T> {
  readonly #items: T[] = []
  readonly #readers: { resolve(result: IteratorResult<T>): void; reject(error: unknown): void }[] = []
  #ended = false
  #error: Error | undefined

  constructor(
    private readonly capacity: number,
    private readonly overflow: Overflow,
    private readonly closed: () => void,
  ) {}

  push(item: T): void {
    if (this.#ended) return
    const reader = this.#readers.shift()
    if (reader) return reader.resolve({ value: item, done: false })
    if (this.#items.length >= this.capacity) {
      if (this.overflow === 'fail') return this.end(own('buffer-full', `${this.capacity} messages`))
      if (this.overflow === 'drop-newest') return
      this.#items.shift()
    }
    this.#items.push(item)
  }

  /** What is queued is still read; then the iteration ends, or fails. */
  end(error?: Error): void {
    if (this.#ended) return
    this.#ended = true
    this.#error = error
    this.closed()
    for (const reader of this.#readers.splice(0)) {
      if (error) reader.reject(error)
      else reader.resolve({ value: undefined, done: true })
    }
  }

  next(): Promise<IteratorResult<T>> {
    const item = this.#items.shift()
    if (item !== undefined) return Promise.resolve({ value: item, done: false })
    const error = this.#error
    this.#error = undefined
    if (error) return Promise.reject(error)
    if (this.#ended) return Promise.resolve({ value: undefined, done: true })
    return new Promise((resolve, reject) => this.#readers.push({ resolve, reject }))
  }

  return(): Promise<IteratorResult<T>> {
    this.#items.length = 0
    this.end()
    return Promise.resolve({ value: undefined, done: true })
  }

  [Symbol.asyncIterator](): this {
    return this
  }
}
