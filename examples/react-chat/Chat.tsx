import { Carillon } from '@carillon/client'
import { useChannel, useConnection, usePresence, useTyping } from '@carillon/client/react'

// #region client
const user = new URLSearchParams(location.search).get('user') ?? 'ann'
const getToken = async () => (await fetch(`/token?user=${user}`)).text()
const server = document.querySelector<HTMLMetaElement>('meta[name=carillon]')!.content
export const client = new Carillon(server, { getToken })
// #endregion client

// #region room
export function Chat({ room }: { room: string }) {
  const { state } = useConnection()
  const { members } = usePresence(room, {})
  const { typing, onKeyDown, stop } = useTyping(room)
  const chat = useChannel<{ message: string }>(room, { rewind: 20 })
  const people = [...new Set(members.map((m) => m.clientId))].sort()
  const send = (event: React.FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    chat.publish('message', String(new FormData(event.currentTarget).get('text')))
    event.currentTarget.reset()
    stop()
  }
  // #endregion room
  return (
    <>
      <header>
        <span className="people">{people.join(', ')}</span>
        <output className={`state ${state}`}>{state}</output>
      </header>
      {/* #region list */}
      <section tabIndex={0} aria-label="Messages">
        <ol>
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
        {chat.hasOlder && <button onClick={() => chat.loadOlder()}>Earlier messages</button>}
      </section>
      {/* #endregion list */}
      <p>{typing.length > 0 && `${typing.map((t) => t.clientId).join(', ')} is typing…`}</p>
      <form onSubmit={send}>
        <input name="text" aria-label="Message" onKeyDown={onKeyDown} required />
        <button className="main">Send</button>
      </form>
    </>
  )
}
