import assert from 'node:assert/strict'
import { test } from 'node:test'
import { msgpack } from '@carillon/client/msgpack'
import { collect, type Extra, kindOf, pair } from './setup.js'

// loaded from the disk the first time, which takes longer than a turn of the test's clock
await import(new URL('../../dist/fallback/index.js', import.meta.url).href)

type News = { number: number; bytes: Uint8Array }

type Network = (path: string, pass: () => Promise<Response>, signal: AbortSignal) => Promise<Response>

/** A client whose network lets no WebSocket through, and decides about each request. */
function through(network: Network) {
  const both: ReturnType<typeof pair> = pair({
    fetch: (url, init) =>
      network(new URL(String(url)).pathname, () => both.server.fetch(url, init), init?.signal ?? new AbortController().signal),
  })
  both.server.setPassage({ sockets: false })
  return both
}

const broken = (): Promise<Response> => Promise.reject(new TypeError('Failed to fetch'))

/** Nothing comes back, until the client gives up. */
const silent = (signal: AbortSignal): Promise<Response> =>
  new Promise((_, reject) => signal.addEventListener('abort', () => reject(signal.reason)))

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

const headOnly = async (): Promise<Response> =>
  new Response(new ReadableStream({ pull: (controller) => controller.error(new TypeError('network error')) }), {
    headers: { 'content-type': 'text/event-stream' },
  })

for (const [what, answer] of [
  ['cannot be asked for', broken],
  ['breaks behind its head', headOnly],
  ['is the page of a proxy', async () => new Response('<p>Please sign in', { headers: { 'content-type': 'text/html' } })],
] as const) {
  test(`a stream that ${what} gives way to polls at once`, async () => {
    const { server, client } = through((path, pass) => (path === '/v1/sse' ? answer() : pass()))
    const seen = collect<{ data: unknown }>((listener) => client.channel<News>('news').on('number', listener))
    // two attempts with WebSockets, and no wait for a stream
    await server.advance(1_000)
    assert.equal(client.state.state, 'connected')
    assert.equal(client.channel('news').state.state, 'live')
    for (const each of [1, 2, 3]) server.publish('news', 'number', each)
    await server.advance(30_000)
    assert.deepEqual(seen.map(({ data }) => data), [1, 2, 3])
    client.close()
  })
}

test('a network that lets nothing through never looks like a connection, and what is published waits for one', async () => {
  let open = false
  const { server, client } = through((_, pass) => (open ? pass() : broken()))
  const states = collect<{ state: string }>((listener) => client.on('state', listener))
  const published = client.channel<News>('news').publish('number', 1)
  await server.advance(60_000)
  assert.ok(!states.some(({ state }) => state === 'connected'))
  open = true
  await server.advance(25_000)
  assert.equal((await published).offset, 1)
  client.close()
})

test('a client without channels finds out by itself whether polls pass', async () => {
  const { server, client } = through((path, pass) => (path === '/v1/sse' ? broken() : pass()))
  const connected = client.connect()
  await server.advance(1_000)
  await connected
  const channel = client.channel<News>('news')
  const seen = collect<{ data: unknown }>((listener) => channel.on('number', listener))
  await server.settle()
  server.publish('news', 'number', 1)
  await server.settle()
  assert.deepEqual(seen.map(({ data }) => data), [1])
  client.close()
})

test('clause 13.7: a channel that goes on at its position is live again within a second', async () => {
  const { server, client } = through((path, pass) => (path === '/v1/sse' ? broken() : pass()))
  const channel = client.channel<News>('news', { since: { epoch: 100, offset: 0 } })
  const seen = collect<{ data: unknown }>((listener) => channel.on('number', listener))
  await server.advance(2_000)
  assert.equal(channel.state.state, 'live')
  server.publish('news', 'number', 1)
  await server.settle()
  assert.deepEqual(seen.map(({ data }) => data), [1])
  client.close()
})

test('a poll that is never answered is given up, and nothing is lost', async () => {
  let deaf = false
  const { server, client } = through((path, pass, signal) => (path === '/v1/sse' ? broken() : deaf ? silent(signal) : pass()))
  const seen = collect<{ data: unknown }>((listener) => client.channel<News>('news').on('number', listener))
  await server.advance(1_000)
  deaf = true
  await server.advance(25_000)
  server.publish('news', 'number', 1)
  const states = collect<{ state: string }>((listener) => client.on('state', listener))
  await server.advance(70_000)
  assert.ok(states.some(({ state }) => state === 'waiting'))
  deaf = false
  await server.advance(40_000)
  assert.deepEqual(seen.map(({ data }) => data), [1])
  client.close()
})

test('a request beside a stream that is never answered ends the stream, and is sent again', async () => {
  let deaf = false
  const { server, client } = through((path, pass, signal) => (deaf && path === '/v1/up' ? silent(signal) : pass()))
  const channel = client.channel<News>('news')
  channel.on('number', () => {})
  await server.advance(2_000)
  deaf = true
  const published = channel.publish('number', 1)
  await server.advance(9_000)
  deaf = false
  await server.advance(5_000)
  assert.equal((await published).offset, 1)
  client.close()
})

test('clause 13.6: who hears comments in a quiet stream does not ask whether the server is there', async () => {
  let asked = 0
  const { server, client } = through(async (path, pass, signal) => {
    if (path === '/v1/up') asked++
    const response = await pass()
    return path === '/v1/sse' ? withComments(response, signal) : response
  })
  const withComments = ({ body, headers }: Response, signal: AbortSignal): Response => {
    const comments = new TransformStream<Uint8Array, Uint8Array>({
      start(controller) {
        const comment = (): void => {
          controller.enqueue(new TextEncoder().encode(': ping\n\n'))
          if (!signal.aborted) server.clock.setTimeout(comment, 25_000)
        }
        comment()
      },
    })
    return new Response(body?.pipeThrough(comments), { headers })
  }
  client.channel<News>('news').on('number', () => {})
  await server.advance(2_000)
  assert.equal(client.state.state, 'connected')
  asked = 0
  await server.advance(300_000)
  assert.equal(client.state.state, 'connected')
  assert.equal(asked, 0)
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
