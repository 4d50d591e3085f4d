/** Hooks for React 18 and later. */
export { useChannel } from './channel.js'
export type { ChannelView } from './channel.js'
export { useConnection } from './connection.js'
export type { ConnectionStatus } from './connection.js'
export { CarillonProvider, useCarillon } from './context.js'
export type { CarillonProviderProps } from './context.js'
export { useMessage } from './message.js'
