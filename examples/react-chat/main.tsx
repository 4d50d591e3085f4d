import { StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import { CarillonProvider } from '@carillon/client/react'
import { App } from './App.js'
import { client } from './Chat.js'

createRoot(document.getElementById('root')!).render(
  <StrictMode>
    <CarillonProvider client={client}>
      <App />
    </CarillonProvider>
  </StrictMode>,
)
