import { useState } from 'react'
import { Chat } from './Chat.js'

const rooms = ['lobby', 'team', 'random']

/** The channel of a room is left when another one is shown, and its history comes with it when it is shown again. */
export function App() {
  const [room, setRoom] = useState('lobby')
  return (
    <main>
      <nav aria-label="Rooms">
        <h1>Chat</h1>
        {rooms.map((each) => (
          <button key={each} aria-current={each === room} onClick={() => setRoom(each)}>
            {each}
          </button>
        ))}
      </nav>
      <Chat key={room} room={`chat:${room}`} />
    </main>
  )
}
