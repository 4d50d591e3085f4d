import type { Item, WirePosition } from '../wire.js'
import { whole } from './whole.js'

/** What a subscriber or a reader gets of a log. */
export interface Slice {
  readonly items: readonly Item[]
  readonly more: boolean
}

export type Verdict = 'ok' | 'epoch' | 'expired' | 'too-far'

/** As the server's: more than these are not caught up with. */
const CATCH_UP_MAX = 1_000

/** One channel's log in memory: section 3 of the protocol. */
export class Log {
  #epoch: number
  #items: Item[] = []
  #dropped = 0
  readonly #ids = new Map<string, WirePosition>()

  constructor(epoch: number) {
    this.#epoch = epoch
  }

  get head(): WirePosition {
    return { e: this.#epoch, o: this.#dropped + this.#items.length }
  }

  /** All that is kept, operations too, the oldest first. */
  get items(): readonly Item[] {
    return this.#items
  }

  /** 12.6: each message once, as it is now, the oldest first. */
  get messages(): readonly Item[] {
    return whole(this.#items, this.#epoch)
  }

  known(id: unknown): WirePosition | undefined {
    return typeof id === 'string' ? this.#ids.get(id) : undefined
  }

  append(item: Omit<Item, 'o'>): Item {
    const stored = { o: this.head.o + 1, ...item }
    this.#items.push(stored)
    if (item.id !== undefined) this.#ids.set(item.id, this.head)
    return stored
  }

  /** 4.3: whether what followed the position can be given. */
  judge({ e, o }: WirePosition): Verdict {
    if (e !== this.#epoch || o > this.head.o) return 'epoch'
    if (this.head.o - o > CATCH_UP_MAX) return 'too-far'
    return o < this.#dropped ? 'expired' : 'ok'
  }

  after(offset: number): readonly Item[] {
    return this.#items.filter(({ o }) => o > offset)
  }

  /** 12.6: the newest so many messages, as they are now. */
  rewound(messages: number): readonly Item[] {
    return messages > 0 ? this.messages.slice(-messages) : []
  }

  /** 6.1 and 12.6: of this epoch alone. */
  read(limit: number, before?: WirePosition, after?: WirePosition): Slice {
    const kept = this.messages.filter(({ o }) => (!before || o < before.o) && (!after || o > after.o))
    if (!after) kept.reverse()
    return { items: kept.slice(0, limit), more: kept.length > limit }
  }

  /** Forgets the messages, as their time is over. */
  expire(): void {
    this.#dropped = this.head.o
    this.#items = []
  }

  /** A new life, as after a loss: 3.1. */
  reset(): void {
    this.#epoch += 1
    this.#dropped = 0
    this.#items = []
    this.#ids.clear()
  }
}
