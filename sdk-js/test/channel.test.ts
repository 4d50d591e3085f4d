import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Gap, Message } from '@carillon/client'
import { collect, kindOf, pair } from './setup.js'

/** A range that begins behind all that is logged. */
const hole = { t: 'msg', ch: 'news', e: 100, f: 1, o: 2, m: [] } as const

type News = { headline: { text: string }; number: number }

/** A client that is subscribed, and what it got. */
async function subscribed(options: { rewind?: number } = {}, extra = {}) {
  const { server, client } = pair(extra)
  const channel = client.channel<News>('news', options)
  const seen = collect<Message<string, unknown>>((listener) => channel.on('*', listener))
  const gaps = collect<Gap>((listener) => channel.on('gap', listener))
  await server.settle()
  const numbers = () => seen.map(({ data }) => data)
  const publish = (...all: number[]) => all.forEach((each) => server.publish('news', 'number', each))
  return { server, client, channel, seen, gaps, numbers, publish }
}

test('a listener gets the messages of its name, with who, when and where', async () => {
  const { server, client } = pair({ getToken: () => 'ann' }, { clientId: (token) => token })
  const channel = client.channel<News>('news')
  const seen = collect<Message<'headline', { text: string }>>((listener) => channel.on('headline', listener))
  const { id } = await channel.publish('headline', { text: 'hi' })
  await channel.publish('number', 1)
  assert.deepEqual(seen, [
    {
      name: 'headline',
      data: { text: 'hi' },
      id,
      clientId: 'ann',
      timestamp: server.clock.now(),
      epoch: 100,
      offset: 1,
      action: 'create',
      ref: undefined,
      changed: undefined,
      extras: undefined,
    },
  ])
})

test('ready tells when messages flow; the state as well', async () => {
  const { server, client } = pair()
  const channel = client.channel('news')
  const states = collect<{ state: string }>((listener) => channel.on('state', listener))
  const subscription = channel.on('a', () => {})
  assert.equal(channel.state.state, 'joining')
  await subscription.ready
  server.drop()
  await server.advance(200)
  assert.deepEqual(
    states.map(({ state }) => state),
    ['joining', 'live', 'joining', 'live'],
  )
})

test('leaves half a second after its last listener, and not when another came', async () => {
  const { server, channel, client } = await subscribed()
  channel.detach()
  const first = channel.on('number', () => {})
  await server.settle()
  first.off()
  first.off()
  await server.advance(400)
  const second = channel.on('number', () => {})
  await server.advance(1_000)
  assert.equal(server.subscribers('news'), 1)
  assert.equal(server.heard.filter(({ t }) => t === 'sub').length, 2)
  second.off()
  await server.advance(500)
  assert.equal(server.subscribers('news'), 0)
  assert.equal(channel.state.state, 'off')
  assert.equal(client.state.state, 'connected')
})

test('attach holds without listeners, until detach', async () => {
  const { server, client } = pair()
  const channel = client.channel('news')
  await channel.attach()
  await server.advance(5_000)
  assert.equal(server.subscribers('news'), 1)
  channel.detach()
  await server.settle()
  assert.equal(server.subscribers('news'), 0)
})

test('a listener that throws does not stop the others', async () => {
  const { server, client } = pair()
  const channel = client.channel('news')
  const error = new Error('of the application')
  const uncaught: unknown[] = []
  const original = process.listeners('uncaughtException')
  process.removeAllListeners('uncaughtException')
  process.on('uncaughtException', (thrown) => uncaught.push(thrown))
  channel.on('number', () => {
    throw error
  })
  const seen = collect<unknown>((listener) => channel.on('number', listener))
  await server.settle()
  server.publish('news', 'number', 1)
  await server.settle()
  process.removeAllListeners('uncaughtException')
  for (const listener of original) process.on('uncaughtException', listener)
  assert.equal(seen.length, 1)
  assert.deepEqual(uncaught, [error])
})

test('clause 4.3: what was missed in a drop follows, once each and in order', async () => {
  const { server, publish, numbers, gaps } = await subscribed()
  publish(1, 2)
  await server.settle()
  server.drop()
  publish(3, 4)
  await server.advance(200)
  publish(5)
  await server.settle()
  assert.deepEqual(numbers(), [1, 2, 3, 4, 5])
  assert.deepEqual(gaps, [])
})

test('clause 3.4: a hole heals by itself', async () => {
  const { server, publish, numbers, gaps, channel } = await subscribed()
  publish(1)
  server.skip(2)
  publish(2, 3, 4)
  await server.settle()
  publish(5)
  await server.settle()
  assert.deepEqual(numbers(), [1, 2, 3, 4, 5])
  assert.deepEqual(gaps, [])
  assert.deepEqual(channel.position, { epoch: 100, offset: 5 })
})

test('clause 3.5: a lost tail heals with the next marker', async () => {
  const { server, publish, numbers } = await subscribed()
  server.skip(1)
  publish(1)
  await server.settle()
  assert.deepEqual(numbers(), [])
  server.mark('news')
  await server.settle()
  assert.deepEqual(numbers(), [1])
  server.mark('news')
  await server.settle()
  assert.deepEqual(numbers(), [1])
})

test('a server that repeats the same hole is asked again with pauses', async () => {
  const { server, channel } = await subscribed()
  const before = server.heard.length
  // whatever it is asked, it answers with a hole
  channel.on('state', ({ state }) => {
    if (state === 'live') queueMicrotask(() => server.say('news', hole))
  })
  server.say('news', hole)
  await server.advance(10_000)
  const asked = server.heard.slice(before).filter(({ t }) => t === 'sub').length
  assert.ok(asked >= 4 && asked <= 15, `${asked} times`)
})

test('clause 4.3: a lost log is told as a gap, with from, to and reason, and then goes on', async () => {
  const { server, publish, numbers, gaps } = await subscribed()
  publish(1, 2)
  await server.settle()
  server.resetEpoch()
  publish(3)
  await server.settle()
  publish(4)
  await server.settle()
  assert.deepEqual(gaps, [{ from: { epoch: 100, offset: 2 }, to: { epoch: 101, offset: 1 }, reason: 'epoch' }])
  assert.deepEqual(numbers(), [1, 2, 4])
})

test('clause 3.8: what gave way to newer messages is told as a gap, and it goes on behind it', async () => {
  const { server, publish, numbers, gaps, channel } = await subscribed()
  publish(1)
  await server.settle()
  const slow = { t: 'subbed', ch: 'news', e: 100, f: 1, o: 3, start: 3, recovered: false, why: 'slow' } as const
  server.skip(2)
  publish(2, 3)
  server.say('news', slow)
  publish(4)
  await server.settle()
  assert.deepEqual(numbers(), [1, 4])
  assert.deepEqual(gaps, [{ from: { epoch: 100, offset: 1 }, to: { epoch: 100, offset: 3 }, reason: 'slow' }])
  assert.deepEqual(channel.position, { epoch: 100, offset: 4 })
})

test('clause 3.8: a channel that was left stays so', async () => {
  const { server, channel } = await subscribed()
  channel.detach()
  server.say('news', { t: 'subbed', ch: 'news', e: 100, f: 1, o: 3, start: 3, recovered: false, why: 'slow' })
  await server.settle()
  assert.equal(channel.state.state, 'off')
})

test('clause 4.3: messages that are not kept any more are told as a gap', async () => {
  const { server, publish, numbers, gaps } = await subscribed()
  publish(1)
  await server.settle()
  server.drop()
  publish(2, 3)
  server.expire('news')
  await server.advance(200)
  publish(4)
  await server.settle()
  assert.deepEqual(gaps, [{ from: { epoch: 100, offset: 1 }, to: { epoch: 100, offset: 3 }, reason: 'expired' }])
  assert.deepEqual(numbers(), [1, 4])
})

test('rewind brings the newest so many first, and only on the first join', async () => {
  const { server, client } = pair()
  for (const each of [1, 2, 3, 4]) server.publish('news', 'number', each)
  const seen = collect<Message>((listener) => client.channel('news', { rewind: 2 }).on('number', listener))
  await server.settle()
  server.drop()
  await server.advance(200)
  assert.deepEqual(seen.map(({ data }) => data), [3, 4])
})

test('goes on from a saved position, or says that it cannot', async () => {
  const { server, client } = pair()
  for (const each of [1, 2, 3]) server.publish('news', 'number', each)
  const seen = collect<Message>((listener) => client.channel('news', { since: { epoch: 100, offset: 1 } }).on('number', listener))
  const other = client.channel('news2', { since: { epoch: 7, offset: 1 } })
  const gaps = collect<Gap>((listener) => other.on('gap', listener))
  await other.attach()
  assert.deepEqual(seen.map(({ data }) => data), [2, 3])
  assert.equal(gaps[0]?.reason, 'epoch')
})

test('the position in a listener is that of its message, so that saving it loses and repeats nothing', async () => {
  const { server, publish, channel } = await subscribed()
  const positions: unknown[] = []
  channel.on('number', ({ epoch, offset }) => positions.push([channel.position, { epoch, offset }]))
  publish(1, 2)
  await server.settle()
  assert.equal(positions.length, 2)
  for (const [saved, own] of positions as [unknown, unknown][]) assert.deepEqual(saved, own)
})

test('a listener that detaches gets nothing more', async () => {
  const { server, publish, channel, numbers } = await subscribed()
  server.drop()
  publish(1, 2, 3)
  channel.on('number', ({ data }) => data === 2 && channel.detach())
  await server.advance(200)
  assert.deepEqual(numbers(), [1, 2])
  assert.equal(server.subscribers('news'), 0)
})

test('clause 4.6: a refused channel fails alone, and can be asked for again', async () => {
  const { server, client } = pair()
  server.deny('secret')
  const channel = client.channel('secret')
  assert.equal(await kindOf(channel.attach()), 'capability-denied')
  assert.ok(channel.state.state === 'failed')
  assert.equal(channel.state.reason.href, 'https://rt.example.com/docs/errors.md#capability-denied')
  assert.equal(client.state.state, 'connected')
  server.deny('secret', null)
  await channel.attach()
  assert.equal(channel.state.state, 'live')
})

test('lost rights end one channel, and the next connection asks again without a gap', async () => {
  const { server, publish, channel, numbers, gaps } = await subscribed()
  publish(1)
  await server.settle()
  server.deny('news')
  await server.settle()
  assert.equal(channel.state.state, 'failed')
  publish(2)
  server.deny('news', null)
  server.drop()
  await server.advance(200)
  assert.equal(channel.state.state, 'live')
  assert.deepEqual(numbers(), [1, 2])
  assert.deepEqual(gaps, [])
})

test('a channel that cannot be served now is asked for again', async () => {
  const { server, client } = pair()
  server.deny('news', 'unavailable')
  const channel = client.channel('news')
  const attached = channel.attach()
  await server.advance(3_000)
  assert.equal(channel.state.state, 'joining')
  server.deny('news', null)
  await server.advance(1_000)
  await attached
})

test('clause 8.1: a channel that is refused for a while is asked for again when that is over, and a little later', async () => {
  const { server, client } = pair()
  server.deny('news', 'unavailable', 8_000)
  const attached = client.channel('news').attach()
  await server.settle()
  const asked = () => server.heard.filter(({ t }) => t === 'sub').length
  await server.advance(9_999)
  assert.equal(asked(), 1)
  await server.advance(1)
  assert.equal(asked(), 2)
  server.deny('news', null)
  server.clock.setRandom(0)
  await server.advance(12_000)
  await attached
})

test('messages() is iterated in order, ends with its signal, and leaves the channel', async () => {
  const { server, client } = pair()
  const channel = client.channel<News>('news')
  const abort = new AbortController()
  const iterator = channel.messages('number', { signal: abort.signal })
  await server.settle()
  for (const each of [1, 2, 3]) server.publish('news', 'number', each)
  await server.settle()
  const seen: number[] = []
  for await (const { data } of iterator) {
    seen.push(data)
    if (data === 3) abort.abort()
  }
  assert.deepEqual(seen, [1, 2, 3])
  await server.advance(1_000)
  assert.equal(server.subscribers('news'), 0)
})

test('messages() is bounded: it fails, or leaves out what it was told to', async () => {
  const { server, client } = pair()
  const channel = client.channel<News>('news')
  const failing = channel.messages('number', { buffer: 2 })
  const newest = channel.messages('number', { buffer: 2, overflow: 'drop-oldest' })
  const oldest = channel.messages('number', { buffer: 2, overflow: 'drop-newest' })
  await server.settle()
  for (const each of [1, 2, 3]) server.publish('news', 'number', each)
  await server.settle()
  assert.equal((await failing.next()).value.data, 1)
  await failing.next()
  assert.equal(await kindOf(failing.next()), 'buffer-full')
  assert.equal((await failing.next()).done, true)
  assert.equal((await newest.next()).value.data, 2)
  assert.equal((await oldest.next()).value.data, 1)
})

test('messages() reaches names that on() has for itself', async () => {
  const { server, client } = pair()
  const channel = client.channel('news')
  const iterator = channel.messages('gap')
  await server.settle()
  server.publish('news', 'gap', 1)
  assert.equal((await iterator.next()).value.data, 1)
})

test('messages() fails with a channel that does', async () => {
  const { server, client } = pair()
  server.deny('news')
  assert.equal(await kindOf(client.channel('news').messages('a').next()), 'capability-denied')
})

test('release forgets a channel', async () => {
  const { server, client, channel } = await subscribed()
  client.release('news')
  await server.settle()
  assert.equal(server.subscribers('news'), 0)
  assert.notEqual(client.channel('news'), channel)
})
