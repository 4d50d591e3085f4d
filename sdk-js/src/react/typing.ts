import { useEffect, useMemo, useState } from 'react'
import { type Typing, type Typist, typing } from '../typing.js'
import { useCarillon } from './context.js'

/** What `useTyping` gives. */
export interface TypingView {
  /** All others who are typing. */
  readonly typing: readonly Typist[]
  /** For the key events of a text field. */
  readonly onKeyDown: () => void
  /** When the text was sent. */
  readonly stop: () => void
}

const NOBODY: readonly Typist[] = []

/** Who is typing on a channel, and a way to say that one is. */
export function useTyping(channel: string): TypingView {
  const client = useCarillon()
  const own: Typing = useMemo(() => typing(client.channel(channel)), [client, channel])
  const [who, setWho] = useState(NOBODY)
  useEffect(() => {
    const { off } = own.on(setWho)
    return () => {
      off()
      setWho(NOBODY)
    }
  }, [own])
  return { typing: who, onKeyDown: own.start, stop: own.stop }
}
