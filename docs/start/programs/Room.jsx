// #region room
import { Carillon } from '@carillon/client'
import { CarillonProvider, useChannel, usePresence } from '@carillon/client/react'
import { useState } from 'react'

const rt = new Carillon('http://localhost:8080', { getToken: async () => (await fetch('/realtime-token')).text() })

function Room() {
  const { messages, publish, status } = useChannel('chat:lobby', { rewind: 20 })
  const { count } = usePresence('chat:lobby', { status: 'here' })
  const [text, setText] = useState('')
  const send = (event) => {
    event.preventDefault()
    publish('message', { text })
    setText('')
  }
  return (
    <>
      <p>{status}, {count ?? 0} here</p>
      {messages.map((m) => <p key={`${m.epoch}@${m.offset}`}>{m.clientId}: {m.data.text}</p>)}
      <form onSubmit={send}><input value={text} onChange={(event) => setText(event.target.value)} /></form>
    </>
  )
}

export const App = () => <CarillonProvider client={rt}><Room /></CarillonProvider>
// #endregion room
