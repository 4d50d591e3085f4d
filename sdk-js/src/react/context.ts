import { createContext, createElement, type ReactElement, type ReactNode, useContext } from 'react'
import type { Carillon } from '../client.js'

const Context = createContext<Carillon | undefined>(undefined)

/** What the provider takes. */
export interface CarillonProviderProps {
  /** Made outside of rendering; the provider neither connects nor closes it. */
  readonly client: Carillon
  /** Who may use the hooks. */
  readonly children?: ReactNode
}

/** Gives the hooks below it their client. */
export function CarillonProvider({ client, children }: CarillonProviderProps): ReactElement {
  return createElement(Context.Provider, { value: client }, children)
}

/** The client of the nearest provider. */
export function useCarillon(): Carillon {
  const client = useContext(Context)
  if (!client) throw new Error('no client (expected: a CarillonProvider)')
  return client
}
