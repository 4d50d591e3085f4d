import { useEffect, useRef } from 'react'
import type { EventMap, EventName, MessageOf } from '../message.js'
import { useCarillon } from './context.js'

/** Calls for each message of this name; always the newest handler, which need not be the same one. */
export function useMessage<M extends EventMap = Record<string, unknown>, K extends EventName<M> = EventName<M>>(
  channel: string,
  name: K,
  handler: (message: MessageOf<M, K>) => void,
): void {
  const client = useCarillon()
  const newest = useRef(handler)
  useEffect(() => {
    newest.current = handler
  })
  useEffect(() => {
    const listener = (message: MessageOf<M>): void => newest.current(message as MessageOf<M, K>)
    return client.channel<M>(channel).on(name as '*', listener).off
  }, [client, channel, name])
}
