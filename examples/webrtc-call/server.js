// The backend of the call: it serves the page and says who may take part. What is said goes from browser to browser.
import { fileURLToPath } from 'node:url'
import { rest, serve, tokens } from '../common/backend.js'

// #region rule
await rest('PUT', '/v1/rules/call:*', {
  subscribe: 'tokens',
  publish: 'tokens',
  presence: 'tokens',
  hot: { seconds: 60, messages: 500 }, // for who loses the network in the middle of it; nobody replays a call
  events: ['signal'],
  messageBytes: 10_240, // a description with many codecs has about 6,000
})
// #endregion rule

await serve({
  folder: fileURLToPath(new URL('.', import.meta.url)),
  routes: { 'GET /token': tokens(() => ({ 'call:demo': ['subscribe', 'publish', 'presence'] })) },
  hint: (base) => `Call: open ${base}?user=ann and, in another window, ${base}?user=bob`,
})
