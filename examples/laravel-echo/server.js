// What Laravel does for Echo, in Node: it lets users into private and presence channels, and broadcasts events, with Pusher's own library.
import { readFile } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import Pusher from 'pusher'
import { rest, serve, url } from '../common/backend.js'

const { CARILLON_APP: appId, CARILLON_KEY: key, CARILLON_SECRET: secret } = process.env

// #region backend
const { hostname, port, protocol } = new URL(url)
const useTLS = protocol === 'https:'
const pusher = new Pusher({ appId, key, secret, host: hostname, port: port || (useTLS ? '443' : '80'), useTLS })
// #endregion backend

// #region rule
await rest('PUT', '/v1/rules/presence-room.*', { clientEvents: true }) // whispers
// #endregion rule

/** Whom a request comes from; Laravel takes it from the session. */
const userOf = (request) => /^Bearer ([\w-]{1,40})$/.exec(request.headers.authorization ?? '')?.[1]

// #region auth
/** What `routes/channels.php` says in Laravel. */
function mayJoin(user, channel) {
  return channel === `private-users.${user}` || channel.startsWith('presence-room.')
}

function authorize(body, user) {
  const form = new URLSearchParams(body)
  const channel = form.get('channel_name') ?? ''
  if (!user || !mayJoin(user, channel)) return { status: 403, json: { message: 'not yours' } }
  const member = channel.startsWith('presence-') ? { user_id: user, user_info: { id: user, name: user } } : undefined
  return { json: pusher.authorizeChannel(form.get('socket_id'), channel, member) }
}
// #endregion auth

// #region broadcast
let orders = 0

/** `broadcast(new OrderShipped($order))->toOthers()`, and a private event for the customer. */
async function ship(body, user, socket) {
  if (!user) return { status: 401, json: {} }
  const customer = new URLSearchParams(body).get('customer') ?? ''
  if (!/^[\w-]{1,40}$/.test(customer)) return { status: 400, json: { message: 'customer (expected: a name)' } }
  const order = { number: (orders += 1), by: user }
  await pusher.trigger('orders', 'App\\Events\\OrderShipped', order, socket ? { socket_id: socket } : {})
  await pusher.trigger(`private-users.${customer}`, 'App\\Events\\ParcelOnItsWay', order)
  return { json: order }
}
// #endregion broadcast

const library = (path) => readFile(new URL(`../node_modules/${path}`, import.meta.url), 'utf8')

await serve({
  folder: fileURLToPath(new URL('.', import.meta.url)),
  made: {
    '/pusher.js': await library('pusher-js/dist/web/pusher.min.js'),
    '/echo.js': await library('laravel-echo/dist/echo.js'),
  },
  routes: {
    'POST /broadcasting/auth': (_, body, request) => authorize(body, userOf(request)),
    'POST /orders': (_, body, request) => ship(body, userOf(request), request.headers['x-socket-id']),
  },
  hint: (base) => `Echo: open ${base}?user=ann and, in another window, ${base}?user=bob`,
})
