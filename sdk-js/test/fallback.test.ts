import assert from 'node:assert/strict'
import { test } from 'node:test'
import { msgpack } from '@carillon/client/msgpack'
import { collect, type Extra, kindOf, pair } from './setup.js'

// loaded from the disk the first time, which takes longer than a turn of the test's clock
await import(new URL('../../dist/fallback/index.js', import.meta.url).href)

type News = { number: number; bytes: Uint8Array }

/** A client whose network lets no WebSocket through. */
async function behind(passes: { streams?: boolean; polls?: boolean } = {}, extra: Extra = {}) {
  const { server, client } = pair(extra)
  server.setPassage({ sockets: false, ...passes })
  const channel = client.channel<News>('news')
  const seen = collect<{ data: unknown }>((listener) => channel.on('*', listener))
  const gaps = collect((listener) => channel.on('gap', listener))
  await server.advance(8_000)
  return { server, client, channel, gaps, numbers: () => seen.map(({ data }) => data) }
}

test('clauses 13.6 and 13.8: where WebSockets do not pass, a stream and requests beside it do all', async () => {
  const { server, client, channel, numbers } = await behind()
  assert.equal(client.state.state, 'connected')
  assert.equal(channel.state.state, 'live')
  server.publish('news', 'number', 1)
  const { offset } = await channel.publish('number', 2)
  assert.equal(offset, 2)
  const { value } = await channel.history().next()
  assert.equal(value?.items.length, 2)
  await server.settle()
  assert.deepEqual(numbers(), [1, 2])
  client.close()
})

test('a stream that breaks goes on where it was', async () => {
  const { server, client, numbers, gaps } = await behind()
  server.publish('news', 'number', 1)
  await server.settle()
  server.drop()
  server.publish('news', 'number', 2)
  await server.advance(1_000)
  assert.deepEqual(numbers(), [1, 2])
  assert.deepEqual(gaps, [])
  client.close()
})

test('when WebSockets pass again the client goes back to them, without hole or repeat', async () => {
  const { server, client, numbers, gaps } = await behind()
  server.publish('news', 'number', 1)
  await server.settle()
  const states = collect<{ state: string }>((listener) => client.on('state', listener))
  server.setPassage({ sockets: true, streams: false, polls: false })
  server.publish('news', 'number', 2)
  await server.advance(30_000)
  assert.equal(client.state.state, 'connected')
  assert.equal(states.at(-1)?.state, 'connected')
  server.publish('news', 'number', 3)
  await server.settle()
  assert.deepEqual(numbers(), [1, 2, 3])
  assert.deepEqual(gaps, [])
  client.close()
})

test('a working stream is left for a WebSocket as soon as one opens', async () => {
  const { server, client, numbers } = await behind()
  const before = server.connections
  server.allowSockets()
  const states = collect<{ state: string }>((listener) => client.on('state', listener))
  await server.advance(60_000)
  assert.deepEqual(states.map(({ state }) => state), ['waiting', 'connecting', 'connected'])
  server.publish('news', 'number', 1)
  await server.settle()
  assert.deepEqual(numbers(), [1])
  assert.equal(server.connections, before)
  client.close()
})

test('clause 13.7: where streams do not pass either, polls bring messages', async () => {
  const { server, client, channel, numbers, gaps } = await behind({ streams: false })
  await server.advance(10_000)
  assert.equal(channel.state.state, 'live')
  for (const each of [1, 2]) server.publish('news', 'number', each)
  await server.settle()
  server.publish('news', 'number', 3)
  await server.advance(60_000)
  const other = client.channel<News>('more', { rewind: 1 })
  server.publish('more', 'number', 7)
  const more = collect<{ data: unknown }>((listener) => other.on('number', listener))
  await server.settle()
  server.publish('news', 'number', 4)
  server.publish('more', 'number', 8)
  await server.advance(1_000)
  assert.deepEqual(numbers(), [1, 2, 3, 4])
  assert.deepEqual(more.map(({ data }) => data), [7, 8])
  assert.deepEqual(gaps, [])
  assert.equal(await kindOf(channel.publish('number', 5)), 'unsupported')
  client.close()
})

test('polls tell of a lost log as well', async () => {
  const { server, client, gaps } = await behind({ streams: false })
  await server.advance(10_000)
  server.publish('news', 'number', 1)
  await server.settle()
  server.resetEpoch()
  server.publish('news', 'number', 2)
  await server.advance(30_000)
  assert.equal((gaps[0] as { reason: string }).reason, 'epoch')
  client.close()
})

test('bytes stay bytes with MessagePack, whatever carries them', async () => {
  const { server, client, channel, numbers } = await behind({}, { codec: msgpack })
  await channel.publish('bytes', new Uint8Array([0, 255]))
  await server.settle()
  assert.deepEqual(numbers(), [new Uint8Array([0, 255])])
  client.close()
})

test('clauses 13.1 and 13.2: a refusal over HTTP counts as one', async () => {
  const { server, client } = pair({ getToken: () => 'e30.e30.e30' })
  server.setPassage({ sockets: false })
  const connected = kindOf(client.connect())
  await server.advance(8_000)
  assert.equal(await connected, 'token-invalid')
  assert.equal(client.state.state, 'failed')
})

test('without the fallback a client waits for WebSockets', async () => {
  const { server, client } = pair({ fallback: false })
  server.setPassage({ sockets: false })
  client.connect().catch(() => {})
  await server.advance(60_000)
  assert.equal(server.connections, 0)
  client.close()
})

test('nothing is left of a closed fallback', async () => {
  const { server, client } = await behind()
  client.close()
  await server.settle()
  assert.equal(server.connections, 0)
  assert.equal(server.clock.timers, 0)
})
