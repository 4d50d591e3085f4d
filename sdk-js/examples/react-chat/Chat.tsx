import { Carillon } from '@carillon/client'
import { useChannel, useConnection, usePresence, useTyping } from '@carillon/client/react'

const { server, user } = Object.fromEntries(new URLSearchParams(location.search))
const getToken = async () => (await fetch(`/token?user=${user}`)).text()
export const client = new Carillon(server ?? 'http://localhost:8080', { getToken })

export function Chat({ room }: { room: string }) {
  const { state } = useConnection()
  const { members } = usePresence(room, {})
  const { typing, onKeyDown, stop } = useTyping(room)
  const chat = useChannel<{ message: string }>(room, { rewind: 20 })

  const send = (event: React.FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    chat.publish('message', String(new FormData(event.currentTarget).get('text')))
    event.currentTarget.reset() // at once, so that nothing typed next is lost
    stop()
  }
  return (
    <main>
      <header>
        <h1>{room}</h1>
        <span className="people">{[...new Set(members.map((m) => m.clientId))].sort().join(', ')}</span>
        <output className={state}>{state}</output>
      </header>
      <section>
        <ol>
          {chat.hasOlder && <button onClick={() => chat.loadOlder()}>Earlier messages</button>}
          {chat.messages.map((m) => (
            <li key={m.id} className={m.clientId === user ? 'mine' : ''}>
              <b>{m.clientId}</b> {m.data}
            </li>
          ))}
          {chat.pending.map((m) => (
            <li key={m.id} className={m.error ? 'mine failed' : 'mine waiting'}>
              {m.data}
            </li>
          ))}
        </ol>
      </section>
      <p>{typing.length > 0 && `${typing.map((t) => t.clientId).join(', ')} is typing…`}</p>
      <form onSubmit={send}>
        <input name="text" onKeyDown={onKeyDown} placeholder="Message" required />
        <button>Send</button>
      </form>
    </main>
  )
}
