import assert from 'node:assert/strict'
import { test } from 'node:test'
import { collect, kindOf, pair } from './setup.js'

type News = { number: number; bytes: Uint8Array; any: unknown }

test('clause 5.2: a publish is told its place, and gets an id of its own', async () => {
  const { server, client } = pair()
  const channel = client.channel<News>('news')
  const first = await channel.publish('number', 1)
  const second = await channel.publish('number', 2)
  assert.deepEqual([first.epoch, first.offset, first.duplicate], [100, 1, false])
  assert.equal(second.offset, 2)
  assert.notEqual(first.id, second.id)
  assert.equal(server.messages('news')[0]?.id, first.id)
})

test('clause 5.2: a message with a known id is told its old place', async () => {
  const { client } = pair()
  const channel = client.channel<News>('news')
  const first = await channel.publish('number', 1, { id: 'order-7' })
  const again = await channel.publish('number', 1, { id: 'order-7' })
  assert.deepEqual(again, { ...first, duplicate: true })
})

test('a connection that dies between the log and the answer leaves one message', async () => {
  const { server, client } = pair()
  const channel = client.channel<News>('news')
  server.loseAck()
  const result = channel.publish('number', 1)
  await server.advance(1_000)
  assert.equal((await result).duplicate, true)
  assert.equal(server.messages('news').length, 1)
})

test('what is published offline is sent later, in order, as it was then', async () => {
  const { server, client } = pair()
  const channel = client.channel<News>('news')
  server.setReachable(false)
  const mutable = { n: 1 }
  const all = [channel.publish('any', mutable)]
  mutable.n = 2
  all.push(channel.publish('any', mutable))
  await server.advance(5_000)
  server.setReachable(true)
  await server.advance(20_000)
  await Promise.all(all)
  assert.deepEqual(server.messages('news').map(({ d }) => d), [{ n: 1 }, { n: 2 }])
})

test('a publish settles within its timeout, connected or not, and is not sent afterwards', async () => {
  const { server, client } = pair()
  const channel = client.channel<News>('news')
  server.setReachable(false)
  const kind = kindOf(channel.publish('number', 1, { timeout: 5_000 }))
  const standard = kindOf(channel.publish('number', 2))
  await server.advance(5_000)
  assert.equal(await kind, 'timeout')
  server.setReachable(true)
  await server.advance(20_000)
  assert.equal(await standard, 'nothing')
  assert.deepEqual(server.messages('news').map(({ d }) => d), [2])
})

test('two minutes are the standard timeout', async () => {
  const { server, client } = pair()
  server.setReachable(false)
  const result = client.channel('news').publish('a', 1)
  let settled = false
  result.catch(() => (settled = true))
  await server.advance(119_999)
  assert.equal(settled, false)
  await server.advance(1)
  assert.equal(settled, true)
  client.close()
})

test('a signal ends the wait', async () => {
  const { server, client } = pair()
  server.setReachable(false)
  const channel = client.channel<News>('news')
  const abort = new AbortController()
  const kind = kindOf(channel.publish('number', 1, { signal: abort.signal }))
  abort.abort()
  assert.equal(await kind, 'aborted')
  assert.equal(await kindOf(channel.publish('number', 1, { signal: abort.signal })), 'aborted')
  server.setReachable(true)
  await server.advance(20_000)
  assert.equal(server.messages('news').length, 0)
})

test('a thousand may wait; more are refused', async () => {
  const { server, client } = pair()
  server.setReachable(false)
  const channel = client.channel<News>('news')
  const waiting = Array.from({ length: 1_000 }, (_, n) => channel.publish('number', n))
  assert.equal(await kindOf(channel.publish('number', 1_000)), 'queue-full')
  server.setReachable(true)
  await server.advance(20_000)
  await Promise.all(waiting)
  assert.deepEqual(server.messages('news').map(({ d }) => d), [...Array(1_000).keys()])
})

test('a refused publish is told why', async () => {
  const { server, client } = pair()
  server.deny('news')
  assert.equal(await kindOf(client.channel('news').publish('a', 1)), 'capability-denied')
})

test('clause 5.4: a publish that is refused for a while is not sent again by itself, but says after which time it may be', async () => {
  const { server, client } = pair()
  const channel = client.channel<News>('news')
  server.throttle(700)
  const [first, second] = await Promise.allSettled([channel.publish('number', 1), channel.publish('number', 2)])
  assert.equal(second.status, 'fulfilled')
  const { kind, retry, after } = (first as PromiseRejectedResult).reason
  assert.deepEqual([kind, retry, after], ['message-rate', 'later', 700])
  await server.advance(10_000)
  assert.deepEqual(server.messages('news').map(({ d }) => d), [2])
  server.deny('other')
  assert.equal(await client.channel('other').publish('a', 1).catch((error: { after?: number }) => error.after), undefined)
})

test('data that cannot be written is refused where it is given', async () => {
  const { client } = pair()
  const circular: { self?: unknown } = {}
  circular.self = circular
  await assert.rejects(client.channel('news').publish('a', circular), TypeError)
})

test('clause 3.6: bytes arrive as bytes', async () => {
  const { client } = pair()
  const channel = client.channel<News>('news')
  const seen = collect<{ data: Uint8Array }>((listener) => channel.on('bytes', listener))
  await channel.publish('bytes', new Uint8Array([0, 127, 128, 255]))
  assert.deepEqual(seen[0]?.data, new Uint8Array([0, 127, 128, 255]))
})

test('a message over the size limit does not take the connection with it for ever', async () => {
  const { server, client } = pair()
  const channel = client.channel<News>('news')
  await channel.attach()
  const small = channel.publish('number', 1)
  const large = kindOf(channel.publish('any', 'x'.repeat(100_000)))
  server.setMute(true)
  server.drop(1009)
  server.setMute(false)
  await server.advance(1_000)
  assert.equal(await large, 'too-large')
  assert.equal((await small).offset, 1)
})
