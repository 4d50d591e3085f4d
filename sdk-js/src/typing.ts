import type { Channel } from './channel.js'
import { type Disposable, disposable } from './emitter.js'
import type { EventMap } from './message.js'
import { onSignal, signal } from './signals.js'

/** Somebody who is typing. */
export interface Typist {
  /** The key of the connection; see `Member`. */
  readonly member: string
  /** Who it is, as its token says. */
  readonly clientId: string | undefined
}

const NAME = 'typing'
/** However often it is called, `start` sends once in this time. */
const AGAIN_MILLIS = 2_000
/** Who has not been heard of for this time types no more. */
const EXPIRY_MILLIS = 4_000

/** Who is typing on a channel. */
export interface Typing {
  /** For every key that is pressed. */
  start(): void
  /** When the text was sent, or given up; without it, it ends after 4 seconds. */
  stop(): void
  /** Calls with all others who are typing, when that changes. Joins the channel. */
  on(listener: (who: readonly Typist[]) => void): Disposable
}

/** Who is typing, by signals with the name `typing`. A function of its own, so that who does not use it does not load it. */
export function typing<M extends EventMap>(channel: Channel<M>): Typing {
  const { clock } = channel.feed.core.settings
  let next = 0
  return {
    start() {
      if (clock.now() < next) return
      next = clock.now() + AGAIN_MILLIS
      signal(channel, NAME, true)
    },
    stop() {
      if (next > 0) signal(channel, NAME, false)
      next = 0
    },
    on(listener) {
      const timers = new Map<string, unknown>()
      const typists = new Map<string, Typist>()
      const drop = (member: string): void => {
        clock.clearTimeout(timers.get(member))
        timers.delete(member)
        if (typists.delete(member)) listener([...typists.values()])
      }
      const { off } = onSignal(channel, NAME, ({ data, member, clientId }) => {
        if (!data) return drop(member)
        clock.clearTimeout(timers.get(member))
        timers.set(
          member,
          clock.setTimeout(() => drop(member), EXPIRY_MILLIS),
        )
        if (typists.has(member)) return
        typists.set(member, { member, clientId })
        listener([...typists.values()])
      })
      return disposable(() => {
        off()
        for (const timer of timers.values()) clock.clearTimeout(timer)
        typists.clear()
      })
    },
  }
}
