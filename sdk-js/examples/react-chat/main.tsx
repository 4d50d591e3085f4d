import { StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import { CarillonProvider } from '@carillon/client/react'
import { Chat, client } from './Chat.js'

createRoot(document.getElementById('root')!).render(
  <StrictMode>
    <CarillonProvider client={client}>
      <Chat room="lobby" />
    </CarillonProvider>
  </StrictMode>,
)
