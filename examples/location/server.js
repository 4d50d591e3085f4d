// The backend of the map: it stands for eight buses, each of which would be a device with a token of its own.
import { fileURLToPath } from 'node:url'
import { Carillon, signal } from '@carillon/client'
import WebSocket from 'ws' // Node 20 has no WebSocket of its own
import { rest, serve, tokenFor, tokens, url } from '../common/backend.js'

const BUSES = 8
const PERIOD_MILLIS = 200

// #region rule
const place = { type: 'number', minimum: 0, maximum: 1_000 }
await rest('PUT', '/v1/rules/fleet:*', {
  subscribe: 'tokens',
  publish: 'tokens',
  presence: 'tokens',
  events: ['position'],
  schema: { type: 'object', properties: { x: place, y: place }, required: ['x', 'y'], additionalProperties: false },
})
// #endregion rule

const rt = new Carillon(url, { WebSocket, getToken: () => tokenFor('buses', { 'fleet:city': ['publish'] }) })
await rt.connect()

/** Each bus has a round of its own along the streets. */
function placeOf(bus, seconds) {
  const [left, top, side] = [100 + (bus % 4) * 200, 100 + Math.floor(bus / 4) * 400, 200]
  const way = ((seconds * 60 + bus * 90) % (4 * side)) / side
  const along = (way % 1) * side
  return [
    { x: left + along, y: top },
    { x: left + side, y: top + along },
    { x: left + side - along, y: top + side },
    { x: left, y: top + side - along },
  ][Math.floor(way)]
}

// #region send
const fleet = rt.channel('fleet:city')
const timer = setInterval(() => {
  for (let bus = 0; bus < BUSES; bus += 1) signal(fleet, 'position', placeOf(bus, Date.now() / 1_000), `bus-${bus + 1}`)
}, PERIOD_MILLIS)
// #endregion send

await serve({
  folder: fileURLToPath(new URL('.', import.meta.url)),
  routes: { 'GET /token': tokens(() => ({ 'fleet:city': ['subscribe', 'publish', 'presence'] })) },
  hint: (base) => `Map: open ${base}?user=ann and, in another window, ${base}?user=bob`,
  closed: () => {
    clearInterval(timer)
    rt.close()
  },
})
