import type { Pres } from '../wire.js'
import type { TestClock } from './clock.js'

interface Present {
  readonly id?: string
  readonly d: unknown
}

/** Members of a page: 9.6. */
const PAGE = 100
const GRACE_MILLIS = 15_000

/** Who is present on one channel: section 9 of the protocol. Every change is told at once. */
export class Roster {
  #version = 0
  readonly #members = new Map<string, Present>()
  readonly #graces = new Map<string, number>()

  constructor(
    private readonly channel: string,
    private readonly clock: TestClock,
    private readonly tell: (frame: Pres) => void,
  ) {}

  get size(): number {
    return this.#members.size
  }

  get version(): number {
    return this.#version
  }

  enter(key: string, member: Present): void {
    this.clock.clearTimeout(this.#graces.get(key))
    const before = this.#members.get(key)
    if (before && before.id === member.id && JSON.stringify(before.d) === JSON.stringify(member.d)) return
    this.#members.set(key, member)
    this.#change({ set: { [key]: member } })
  }

  leave(key: string): void {
    this.clock.clearTimeout(this.#graces.get(key))
    if (this.#members.delete(key)) this.#change({ del: [key] })
  }

  /** 10.3. */
  lost(key: string): void {
    if (this.#members.has(key)) this.#graces.set(key, this.clock.setTimeout(() => this.leave(key), GRACE_MILLIS))
  }

  /** The pages of 9.6. */
  snapshot(): Pres[] {
    const all = [...this.#members]
    const pages: Pres[] = []
    do {
      const set = Object.fromEntries(all.splice(0, PAGE))
      const more = all.length > 0 ? { more: true as const } : undefined
      pages.push({ t: 'pres', ch: this.channel, snap: pages.length + 1, v: this.#version, set, ...more })
    } while (all.length > 0)
    return pages
  }

  #change(change: Pick<Pres, 'set' | 'del'>): void {
    const f = this.#version
    this.#version += 1
    this.tell({ t: 'pres', ch: this.channel, f, v: this.#version, ...change })
  }
}
