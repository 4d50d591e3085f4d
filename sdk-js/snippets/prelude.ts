// What snippets of the documentation take for granted. The test of snippets compiles it with each of them, and runs
// it before those that are marked `run`.
import type { ReactNode } from 'react'
import { Carillon, type Channel } from '@carillon/client'
import type { PusherLike } from '@carillon/client/pusher'
import { TestServer } from '@carillon/client/testing'

/** What the application has of its own; it may be called with anything and answers with anything. */
type Own = (...of: any[]) => any

declare global {
  interface Chat {
    message: { text: string }
    'message.edited': { id: string; text: string }
  }
  interface Operation {
    at: number
    insert: string
  }
  var pusher: PusherLike & { subscribe(channel: string): { bind(event: string, handler: Own): unknown } }
  var readAgain: Own
  var server: TestServer
  var rt: Carillon
  var room: Channel<Chat>
  var url: string
  var key: string
  var secret: string
  var masterKey: Uint8Array
  var getToken: () => Promise<string>
  var api: { realtimeToken(): Promise<string> }
  var leaving: AbortController
  var request: Request
  var socketId: string
  var channel: string
  var id: string
  var x: number
  var y: number
  /** The user of a request, as your own session has it; throws when there is none. */
  var signedIn: (request: unknown) => Promise<string>
  var model: AsyncIterable<string>
  var save: (name: string, value: unknown) => Promise<void>
  var load: <T>(name: string) => Promise<T | undefined>
  var render: Own, show: Own, prepend: Own, reload: Own, setMembers: Own, setCount: Own, setTyping: Own, move: Own, toast: Own
  var list: readonly any[]
  var children: ReactNode
}

const store = new Map<string, unknown>()
const own: Own = () => undefined

/** Everything anew, for one snippet. */
export function prepare(): { server: TestServer; rt: Carillon } {
  const server = new TestServer()
  const rt = new Carillon('https://rt.example.com', { getToken: () => 'allows everything', ...server.options })
  const words = async function* () {
    yield* ['to ', 'be ', 'or ', 'not']
  }
  Object.assign(globalThis, {
    server,
    rt,
    room: rt.channel<Chat>('chat:42'),
    leaving: new AbortController(),
    model: words(),
    save: async (name: string, value: unknown) => void store.set(name, value),
    load: async (name: string) => store.get(name),
    ...Object.fromEntries(['render', 'show', 'prepend', 'reload', 'setMembers', 'setCount', 'setTyping', 'move', 'toast'].map((name) => [name, own])),
    list: [],
    x: 1,
    y: 2,
  })
  store.clear()
  return { server, rt }
}
