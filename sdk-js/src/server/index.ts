/** For backends: let clients in, and trust what Carillon sends. Runs wherever Web Crypto does. */
export { sharedSecret, signChannel, signPresenceChannel, signUser } from './signing.js'
export type { ChannelAuth, Credentials, PresenceChannelAuth, UserAuth } from './signing.js'
export { verifyWebhook } from './webhook.js'
