import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { TokenRequest } from '@carillon/client'
import { collect, jwt, kindOf, pair } from './setup.js'

const HOUR = 3_600

/** A client with a backend that issues tokens of an hour. */
function backed(answer?: (count: number) => string | Promise<string>) {
  const asked: TokenRequest[] = []
  const { server, client } = pair({
    getToken: (request) => {
      asked.push(request as TokenRequest)
      const now = Math.floor(server.clock.now() / 1_000)
      return answer ? answer(asked.length) : jwt(now, now + HOUR, `user-${asked.length}`)
    },
  })
  return { server, client, asked, reasons: () => asked.map(({ reason }) => reason) }
}

test('a token is used again while it provably lives', async () => {
  const { server, client, reasons } = backed()
  await client.connect()
  server.drop()
  await server.advance(1_000)
  assert.equal(client.state.state, 'connected')
  assert.deepEqual(reasons(), ['connect'])
})

test('past four fifths of its life a new one is asked for on the next connect', async () => {
  const { server, client, reasons } = backed()
  await client.connect()
  server.clock.sleep(0.81 * HOUR * 1_000)
  server.drop()
  await server.advance(1_000)
  assert.deepEqual(reasons(), ['connect', 'connect'])
})

test('a token of which nothing is known is asked for on every connect', async () => {
  const { server, client, reasons } = backed((count) => `opaque-${count}`)
  await client.connect()
  server.drop()
  await server.advance(1_000)
  assert.deepEqual(reasons(), ['connect', 'connect'])
})

test('clause 2.7: a token that is about to end is renewed on the live connection', async () => {
  const { server, client, reasons } = backed()
  await client.connect()
  server.announceExpiry(60_000)
  await server.settle()
  assert.deepEqual(reasons(), ['connect', 'renew'])
  assert.equal(server.heard.at(-1)?.t, 'auth')
  assert.equal(client.state.state, 'connected')
})

test('askers at the same time share one answer', async () => {
  let release = (_: string): void => {}
  const { server, client, reasons } = backed((count) =>
    count === 1 ? 'first' : new Promise((resolve) => (release = resolve)),
  )
  await client.connect()
  server.announceExpiry(60_000)
  server.announceExpiry(60_000)
  await server.settle()
  server.drop()
  await server.advance(1_000)
  assert.deepEqual(reasons(), ['connect', 'renew'])
  release('second')
  await server.settle()
  assert.equal(client.state.state, 'connected')
  assert.deepEqual(server.heard.filter(({ t }) => t === 'hello' || t === 'auth').map(({ t, token }) => [t, token]), [
    ['hello', 'first'],
    ['hello', 'second'],
  ])
})

test('clause 7.4: a token that ended is replaced at once, and the channel goes on without a gap', async () => {
  const { server, client, asked } = backed()
  const channel = client.channel('news')
  const seen = collect<{ data: unknown }>((listener) => channel.on('*', listener))
  const gaps = collect((listener) => channel.on('gap', listener))
  await server.settle()
  server.expireToken('token-revoked')
  server.publish('news', 'a', 1)
  await server.advance(200)
  const last = asked.at(-1)
  assert.ok(last?.reason === 'refused')
  assert.equal(last.error.kind, 'token-revoked')
  assert.deepEqual(seen.map(({ data }) => data), [1])
  assert.deepEqual(gaps, [])
})

test('a backend that keeps giving the refused token is asked with growing pauses', async () => {
  const { server, client, asked } = backed(() => 'always the same')
  await client.connect()
  server.expireToken()
  await server.advance(60_000)
  assert.equal(client.state.state, 'waiting')
  assert.ok(asked.length < 15, `${asked.length} times`)
  client.close()
})

test('a failing backend is visible, and asked again', async () => {
  const { server, client } = backed((count) => {
    if (count < 3) throw new Error(`down ${count}`)
    return 'token'
  })
  const failures = collect<{ attempt: number; error: { kind: string; cause?: unknown } }>((listener) => client.on('auth', listener))
  const connected = client.connect()
  await server.advance(10_000)
  await connected
  assert.deepEqual(failures.map(({ attempt, error }) => [attempt, error.kind, String(error.cause)]), [
    [1, 'token-unavailable', 'Error: down 1'],
    [2, 'token-unavailable', 'Error: down 2'],
  ])
})

test('a renewal that fails is tried again while the connection lives', async () => {
  const { server, client, reasons } = backed((count) => {
    if (count === 2) throw new Error('down')
    return `token-${count}`
  })
  await client.connect()
  server.announceExpiry(60_000)
  await server.advance(2_000)
  assert.deepEqual(reasons(), ['connect', 'renew', 'renew'])
  assert.equal(server.heard.at(-1)?.['token'], 'token-3')
})

test('a backend that never answers is given up after 15 seconds, and asked again', async () => {
  const { server, client, asked } = backed((count) => (count === 1 ? new Promise(() => {}) : 'token'))
  const connected = client.connect()
  await server.advance(20_000)
  await connected
  assert.equal(asked.length, 2)
})

test('a token that is refused for good ends the attempts', async () => {
  const { server, client } = backed()
  server.refuse(4010)
  assert.equal(await kindOf(client.connect()), 'unavailable')
  assert.equal(client.state.state, 'failed')
})
