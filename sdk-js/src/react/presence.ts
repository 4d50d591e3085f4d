import { useCallback, useEffect, useRef, useSyncExternalStore } from 'react'
import type { Member, Presence, PresenceSnapshot } from '../presence.js'
import { useCarillon } from './context.js'

const NOBODY: PresenceSnapshot = { members: [], count: 0, synced: false }

/** What `usePresence` gives. */
export interface PresenceView extends PresenceSnapshot {
  /** This client, once it is seen as a member. */
  readonly me: Member | undefined
  /** Changes one's data; only for who has entered. */
  readonly update: (data: unknown) => Promise<void>
}

const LINGER_MILLIS = 500

/** How many components have entered a channel; the last one leaves. */
const entered = new WeakMap<Presence, number>()

/**
 * Who is present on a channel, and oneself with this data while the component is shown.
 *
 * @param data what others see; without it, one only looks
 */
export function usePresence(channel: string, data?: unknown): PresenceView {
  const client = useCarillon()
  const { presence, feed } = client.channel(channel)
  const { clock } = feed.core.settings
  const subscribe = useCallback((changed: () => void) => presence.subscribe(changed).off, [presence])
  const snapshot = useSyncExternalStore(
    subscribe,
    () => presence.snapshot,
    () => NOBODY,
  )
  const newest = useRef(data)
  const enters = data !== undefined
  useEffect(() => {
    newest.current = data
  })
  useEffect(() => {
    if (!enters) return
    const users = (entered.get(presence) ?? 0) + 1
    entered.set(presence, users)
    if (users === 1 && !presence.entered) presence.enter(newest.current).catch(() => {})
    return () => {
      entered.set(presence, (entered.get(presence) ?? 0) - 1)
      // who is shown again soon, as in strict mode or on another page, was never away
      clock.setTimeout(() => {
        if (!entered.get(presence) && presence.entered) presence.leave().catch(() => {})
      }, LINGER_MILLIS)
    }
  }, [presence, clock, enters])
  const state = client.state
  const key = state.state === 'connected' ? state.member : undefined
  return {
    ...snapshot,
    me: snapshot.members.find((member) => member.key === key),
    update: useCallback((changed: unknown) => presence.enter(changed), [presence]),
  }
}
