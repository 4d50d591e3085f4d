import assert from 'node:assert/strict'
import { test } from 'node:test'
import { Carillon, signal } from '@carillon/client'
import { collect, kindOf, pair } from './setup.js'

test('is idle until something is needed, then connects', async () => {
  const { server, client } = pair()
  assert.equal(client.state.state, 'idle')
  const states = collect<{ state: string }>((listener) => client.on('state', listener))

  client.channel('news').on('*', () => {})
  await server.settle()

  assert.deepEqual(
    states.map(({ state }) => state),
    ['connecting', 'connected'],
  )
})

test('clauses 1.2 and 2.3: hello and all subscriptions go in one message, and later ones do not wait', async () => {
  const { server, client } = pair()
  client.channel('a').on('*', () => {})
  client.channel('b').on('*', () => {})
  // said before the welcome can have arrived
  queueMicrotask(() => queueMicrotask(() => queueMicrotask(() => client.channel('c').on('*', () => {}))))
  await server.settle()

  assert.deepEqual(
    server.heard.map(({ t, ch }) => [t, ch]),
    [['hello', undefined], ['sub', 'a'], ['sub', 'b'], ['sub', 'c']],
  )
})

test('after a clean drop it is back within 200 ms', async () => {
  const { server, client } = pair()
  await connected(client, server)
  server.drop()
  const waiting = client.state
  assert.ok(waiting.state === 'waiting')
  assert.equal(waiting.reason.kind, 'connection-lost')
  assert.equal(waiting.retryAt - server.clock.now(), 100)
  await server.advance(200)
  assert.equal(client.state.state, 'connected')
})

test('waits longer after each failure, with full jitter, for 20 seconds at most', async () => {
  const { server, client } = pair()
  server.clock.setRandom(0.999)
  server.setReachable(false)
  client.connect().catch(() => {})
  const waits: number[] = []
  client.on('state', (now) => {
    if (now.state === 'waiting') waits.push(now.retryAt - server.clock.now())
  })
  await server.advance(120_000)
  assert.deepEqual(waits.slice(0, 9), [200, 599, 1199, 2398, 4795, 9590, 19181, 19980, 19980])
  client.close()
})

test('a server that takes and drops is not hammered', async () => {
  const { server, client } = pair()
  await connected(client, server)
  let connects = 0
  client.on('state', ({ state }) => {
    if (state === 'connected') {
      connects += 1
      queueMicrotask(() => server.drop())
    }
  })
  server.drop()
  await server.advance(60_000)
  assert.ok(connects < 12, `${connects} connections in a minute`)
  client.close()
})

for (const [code, wait] of [[4150, 300], [4250, 100]] as const) {
  test(`clause 7.4: close code ${code} waits up to ${wait * 2} ms`, async () => {
    const { server, client } = pair()
    await connected(client, server)
    server.drop(code)
    assert.ok(client.state.state === 'waiting')
    assert.equal(client.state.retryAt - server.clock.now(), wait)
    await server.advance(wait)
    assert.equal(client.state.state, 'connected')
  })
}

test('clause 7.4: close code 4050 is the end, until somebody connects again', async () => {
  const { server, client } = pair()
  server.refuse(4050)
  assert.equal(await kindOf(client.connect()), 'unavailable')
  assert.equal(client.state.state, 'failed')
  await server.advance(60_000)
  assert.equal(client.state.state, 'failed')
  await client.connect()
  assert.equal(client.state.state, 'connected')
})

test('what is asked of a failed client is refused with the reason', async () => {
  const { server, client } = pair()
  server.refuse(4050)
  const channel = client.channel('news')
  const early = channel.publish('a', 1)
  assert.equal(await kindOf(early), 'unavailable')
  assert.equal(await kindOf(channel.publish('a', 1)), 'unavailable')
  assert.equal(channel.state.state, 'off')
})

test('a device that wakes up retries at once, also when nothing told of the loss', async () => {
  const listeners = new Map<string, () => void>()
  const before = { add: globalThis.addEventListener, remove: globalThis.removeEventListener }
  Object.assign(globalThis, {
    addEventListener: (name: string, run: () => void) => listeners.set(name, run),
    removeEventListener: (name: string) => listeners.delete(name),
  })
  try {
    const { server, client } = pair()
    await connected(client, server)
    server.setReachable(false)
    await server.advance(10_000)
    assert.equal(nameOf(client), 'waiting')
    server.setReachable(true)
    listeners.get('online')?.()
    await server.settle()
    assert.equal(nameOf(client), 'connected')

    server.setMute(true)
    server.clock.sleep(3_600_000)
    listeners.get('online')?.()
    assert.equal(client.state.state, 'waiting')
    client.close()
    assert.equal(listeners.size, 0)
  } finally {
    Object.assign(globalThis, { addEventListener: before.add, removeEventListener: before.remove })
  }
})

test('gives up ten seconds after a missing sign of life, and not while there are some', async () => {
  const { server, client } = pair({}, { heartbeat: 20_000 })
  await connected(client, server)
  await server.advance(600_000)
  assert.equal(client.state.state, 'connected')
  const pings = server.heard.filter(({ t }) => t === 'ping').length
  assert.equal(pings, 24)

  server.setMute(true)
  const states = collect<{ state: string }>((listener) => client.on('state', listener))
  await server.advance(31_000)
  assert.equal(states[0]?.state, 'waiting')
  client.close()
})

test('clause 7.2: a request that nothing follows has the client ask, and give up ten seconds later', async () => {
  const { server, client } = pair({}, { heartbeat: 120_000 })
  await connected(client, server)
  await server.advance(30_000)
  server.setMute(true)
  const published = client.channel('news').publish('a', 1)
  const pings = () => server.heard.filter(({ t }) => t === 'ping').length
  await server.advance(4_999)
  assert.equal(pings(), 0)
  await server.advance(1)
  assert.equal(pings(), 1)
  assert.equal(nameOf(client), 'connected')
  await server.advance(5_000)
  assert.equal(nameOf(client), 'waiting')
  server.setMute(false)
  await server.advance(200)
  assert.ok(await published)
  client.close()
})

test('clause 7.2: what needs no answer is not asked after', async () => {
  const { server, client } = pair({}, { heartbeat: 120_000 })
  await connected(client, server)
  const channel = client.channel('news')
  channel.on('*', () => {})
  await server.settle()
  server.setMute(true)
  signal(channel, 'cursor', 1)
  await server.advance(100_000)
  assert.equal(nameOf(client), 'connected')
  assert.equal(server.heard.filter(({ t }) => t === 'ping').length, 0)
  client.close()
})

test('a connection that is not answered ends after 15 seconds', async () => {
  const { server, client } = pair()
  server.setMute(true)
  client.connect().catch(() => {})
  await server.advance(14_999)
  assert.equal(nameOf(client), 'connecting')
  await server.advance(2)
  assert.ok(client.state.state === 'waiting')
  assert.equal(client.state.reason.kind, 'timeout')
  client.close()
})

test('close says bye, leaves no timer and refuses what is pending', async () => {
  const { server, client } = pair()
  await connected(client, server)
  server.setMute(true)
  const pending = client.channel('news').publish('a', 1)
  client.channel('other').on('*', () => {})
  await server.settle()
  client.close()
  assert.equal(await kindOf(pending), 'closed')
  await server.settle()
  assert.equal(server.heard.at(-1)?.t, 'bye')
  assert.equal(server.connections, 0)
  assert.equal(server.clock.timers, 0)
})

test('a client that was closed and connected again has its channels back', async () => {
  const { server, client } = pair()
  const channel = client.channel('news')
  const seen = collect<{ data: unknown }>((listener) => channel.on('*', listener))
  await server.settle()
  server.publish('news', 'a', 1)
  await server.settle()
  client.close()
  assert.equal(channel.state.state, 'failed')
  server.publish('news', 'a', 2)
  await client.connect()
  await server.settle()
  assert.deepEqual(seen.map(({ data }) => data), [1, 2])
})

test('an address that is none is refused at once', () => {
  assert.throws(() => new Carillon('rt.example.com', { key: 'key-1' }), TypeError)
})

test('a way to the server that cannot be opened now is tried again', async () => {
  const { server } = pair()
  let attempts = 0
  class Failing extends server.WebSocket {
    constructor(url: string, protocols: string) {
      if (++attempts === 1) throw new Error('no')
      super(url, protocols)
    }
  }
  const client = new Carillon('https://rt.example.com', { ...server.options, WebSocket: Failing, key: 'key-1' })
  const connected = client.connect()
  await server.advance(1_000)
  await connected
})

test('using ends what it names', async () => {
  const { server } = pair()
  {
    using client = new Carillon('https://rt.example.com', { ...server.options, key: 'key-1' })
    using _ = client.channel('news').on('a', () => {})
    await client.connect()
    assert.equal(server.connections, 1)
  }
  await server.settle()
  assert.equal(server.connections, 0)
})

test('a runtime without WebSocket is told so', async () => {
  const original = globalThis.WebSocket
  Object.assign(globalThis, { WebSocket: undefined })
  try {
    const client = new Carillon('https://rt.example.com', { key: 'key-1' })
    assert.equal(await kindOf(client.connect()), 'unsupported')
  } finally {
    Object.assign(globalThis, { WebSocket: original })
  }
})

/** Without that the compiler takes it for the last word. */
function nameOf(client: Carillon): string {
  return client.state.state
}

async function connected(client: Carillon, server: { settle(): Promise<void> }): Promise<void> {
  await client.connect()
  await server.settle()
}
