import assert from 'node:assert/strict'
import { test } from 'node:test'
import { pair } from './setup.js'

// Alone in its file: the module was read only once, and on a busy machine after the time of other tests had passed.
test('a client that needs HTTP for the first time has read its module before time goes on', async () => {
  const { server, client } = pair()
  server.setReachable(false)
  client.connect().catch(() => {})
  const attempts: number[] = []
  client.on('state', ({ state }) => state === 'connecting' && attempts.push(server.clock.now()))
  const since = server.clock.now()
  await server.advance(2_000)
  assert.deepEqual(
    attempts.map((at) => at - since),
    [100, 400, 1_000],
  )
  client.close()
})
