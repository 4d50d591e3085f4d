import { useCallback, useSyncExternalStore } from 'react'
import type { ConnectionState } from '../connection.js'
import type { CarillonError } from '../errors.js'
import { useCarillon } from './context.js'

/** A connection's state, to be taken apart without looking at which one it is. */
export type ConnectionStatus = ConnectionState & {
  /** While it connects or waits: attempts that failed in a row. */
  readonly attempt?: number
  /** While it waits: when it tries again, in milliseconds since 1970. */
  readonly retryAt?: number
  /** Why it waits or has failed. */
  readonly reason?: CarillonError
}

const IDLE: ConnectionState = { state: 'idle' }

/** What the connection does; on a server it is idle. */
export function useConnection(): ConnectionStatus {
  const client = useCarillon()
  const subscribe = useCallback((changed: () => void) => client.on('state', changed).off, [client])
  return useSyncExternalStore(
    subscribe,
    () => client.state,
    () => IDLE,
  )
}
