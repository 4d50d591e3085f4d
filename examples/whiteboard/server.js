// The backend of the whiteboard: it follows the board like any client, and gives who opens it the drawing and its position.
import { fileURLToPath } from 'node:url'
import { Carillon } from '@carillon/client'
import WebSocket from 'ws' // Node 20 has no WebSocket of its own
import { rest, serve, tokenFor, tokens, url } from '../common/backend.js'
import { apply } from './web/drawing.js'

// #region rule
const coordinate = { type: 'integer', minimum: -2_000, maximum: 4_000 }
await rest('PUT', '/v1/rules/board:*', {
  subscribe: 'tokens',
  publish: 'tokens',
  presence: 'tokens',
  historyDays: 30, // how far back the drawing can be made anew
  events: ['stroke', 'clear', 'cursor'],
  schema: {
    type: 'object',
    properties: {
      color: { type: 'string', pattern: '^#[0-9a-f]{6}$' },
      width: { type: 'integer', minimum: 1, maximum: 40 },
      points: { type: 'array', minItems: 1, maxItems: 500, items: { type: 'array', items: coordinate, minItems: 2, maxItems: 2 } },
      x: coordinate,
      y: coordinate,
    },
    additionalProperties: false,
  },
})
// #endregion rule

// #region replay
/** Replays the log up to where live events begin; what is before the last `clear` has no effect, and need not be read. */
async function replay(board) {
  const pages = []
  for await (const { items } of board.history({ untilAttach: true, limit: 1_000 })) {
    pages.unshift([...items].reverse())
    if (items.some(({ name }) => name === 'clear')) break
  }
  return pages.flat().reduce(apply, [])
}
// #endregion replay

// #region follow
const rt = new Carillon(url, {
  WebSocket,
  getToken: () => tokenFor('backend', { 'board:*': ['subscribe', 'history'] }),
})
const board = rt.channel('board:demo')
const live = []
board.on('*', (event) => live.push(event))
board.on('gap', () => process.exit(1)) // whoever starts it again has it replay the log
const snapshot = { strokes: await replay(board) }

/** The drawing, and the position up to which it is: both change in the same turn. */
function drawing() {
  snapshot.strokes = live.splice(0).reduce(apply, snapshot.strokes)
  return { strokes: snapshot.strokes, position: board.position }
}
// #endregion follow

await serve({
  folder: fileURLToPath(new URL('.', import.meta.url)),
  routes: {
    'GET /drawing': () => ({ json: drawing() }),
    'GET /token': tokens(() => ({ 'board:*': ['subscribe', 'publish', 'presence'] })),
  },
  hint: (base) => `Whiteboard: open ${base}?user=ann and, in another window, ${base}?user=bob`,
  closed: () => rt.close(),
})
