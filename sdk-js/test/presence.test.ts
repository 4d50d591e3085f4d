import assert from 'node:assert/strict'
import { test } from 'node:test'
import { Carillon, onSignal, type PresenceSnapshot, signal, typing, type Typist } from '@carillon/client'
import { collect, pair } from './setup.js'

/** A second client of the same server. */
function another(server: ReturnType<typeof pair>['server'], name = 'bob') {
  return new Carillon('https://rt.example.com', { ...server.options, getToken: () => name })
}

function setup() {
  const { server, client } = pair({ getToken: () => 'ann' }, { clientId: (token) => token })
  const { presence } = client.channel('room')
  const seen = collect<PresenceSnapshot>((listener) => presence.subscribe(listener))
  return { server, client, presence, seen, keys: () => presence.snapshot.members.map(({ clientId }) => clientId) }
}

test('clause 9.6: a subscriber is given who is there, then every change', async () => {
  const { server, client, presence, seen, keys } = setup()
  await server.settle()
  assert.deepEqual(seen.map(({ count, synced }) => [count, synced]), [[0, true]])
  const bob = another(server)
  await bob.channel('room').presence.enter({ status: 'here' })
  await presence.enter()
  await server.settle()
  assert.deepEqual(keys(), ['bob', 'ann'])
  assert.deepEqual(presence.snapshot.members[0]?.data, { status: 'here' })
  await bob.channel('room').presence.enter({ status: 'away' })
  await server.settle()
  assert.deepEqual(presence.snapshot.members[0]?.data, { status: 'away' })
  await bob.channel('room').presence.leave()
  await server.settle()
  assert.deepEqual(keys(), ['ann'])
  const me = client.state.state === 'connected' ? client.state.member : undefined
  assert.equal(presence.snapshot.members[0]?.key, me)
})

test('a snapshot is never changed; each change has one of its own', async () => {
  const { server, seen } = setup()
  await server.settle()
  server.enter('room', 'bob')
  await server.settle()
  assert.deepEqual(seen[0]?.members, [])
  assert.notEqual(seen[0], seen[1])
})

test('clause 9.6: a snapshot of several pages', async () => {
  const { server, presence } = setup()
  for (let n = 0; n < 250; n++) server.enter('room', `user-${n}`)
  await server.settle()
  assert.equal(presence.snapshot.members.length, 250)
})

test('clause 9.9: a hole is found, and who is there asked for again', async () => {
  const { server, keys } = setup()
  await server.settle()
  server.enter('room', 'a')
  server.skipPresence(1)
  server.enter('room', 'b')
  server.enter('room', 'c')
  await server.settle()
  assert.deepEqual(keys(), ['a', 'b', 'c'])
})

test('clause 10.2: a short drop is not seen by others, and one is still there', async () => {
  const { server, client, presence, seen } = setup()
  await presence.enter('x')
  const bob = another(server)
  const others = collect<PresenceSnapshot>((listener) => bob.channel('room').presence.subscribe(listener))
  await server.settle()
  const before = others.length
  server.drop()
  assert.equal(seen.at(-1)?.synced, false)
  assert.equal(seen.at(-1)?.count, 1)
  await server.advance(20_000)
  assert.equal(client.state.state, 'connected')
  assert.deepEqual(others.slice(before).map(({ count }) => count), [1, 1])
  assert.equal(others.at(-1)?.synced, true)
})

test('clause 10.3: who stays away is gone after the grace', async () => {
  const { server, client, presence, seen } = setup()
  server.enter('room', 'bob')
  await presence.enter()
  server.setReachable(false)
  await server.advance(16_000)
  server.setReachable(true)
  await server.advance(20_000)
  // it has entered again by itself
  assert.deepEqual(seen.at(-1)?.members.map(({ clientId }) => clientId), ['bob', 'ann'])
  client.close()
})

test('clause 10.4: close leaves at once', async () => {
  const { server, seen } = setup()
  const bob = another(server)
  await bob.channel('room').presence.enter()
  bob.close()
  await server.settle()
  assert.deepEqual(seen.at(-1)?.members, [])
})

test('clause 9.2: entering needs no subscription', async () => {
  const { server } = setup()
  const bob = another(server)
  await bob.channel('quiet').presence.enter()
  assert.equal(server.subscribers('quiet'), 0)
  assert.deepEqual((await bob.channel('quiet').presence.get()).map(({ clientId }) => clientId), ['bob'])
})

test('a listener that goes does not take the membership with it; leaving does leave the channel', async () => {
  const { server } = setup()
  const bob = another(server)
  const room = bob.channel('room')
  await room.presence.enter()
  const { off } = room.on('*', () => {})
  await server.settle()
  off()
  await server.advance(5_000)
  assert.equal(room.presence.entered, true)
  assert.equal(server.subscribers('room'), 2)
  await room.presence.leave()
  await server.advance(500)
  assert.equal(server.subscribers('room'), 1)
})

test('ending a subscription twice does not end another one', async () => {
  const { server } = setup()
  const bob = another(server)
  const { presence } = bob.channel('room')
  const first = presence.count(() => {})
  const counts = collect<number>((listener) => presence.count(listener))
  first.off()
  first.off()
  await server.settle()
  server.drop()
  await server.advance(1_000)
  server.enter('room', 'x')
  await server.settle()
  assert.equal(counts.at(-1), 1)
})

test('clause 9.10: a count is enough for many', async () => {
  const { server } = setup()
  const bob = another(server)
  const counts = collect<number>((listener) => bob.channel('room').presence.count(listener))
  await server.settle()
  server.enter('room', 'x')
  server.enter('room', 'y')
  await server.settle()
  assert.deepEqual(counts, [0, 1, 2])
})

test('presence that is followed later is asked for on the live channel, without a gap', async () => {
  const { server, client } = pair()
  const channel = client.channel('room')
  const seen = collect<{ data: unknown }>((listener) => channel.on('*', listener))
  await server.settle()
  server.enter('room', 'bob')
  server.publish('room', 'n', 1)
  const presence = collect<PresenceSnapshot>((listener) => channel.presence.subscribe(listener))
  server.publish('room', 'n', 2)
  await server.settle()
  assert.equal(presence.at(-1)?.count, 1)
  assert.deepEqual(seen.map(({ data }) => data), [1, 2])
})

test('clause 9.4: a refusal to enter is told, and the channel goes on', async () => {
  const { server, client, presence } = setup()
  await server.settle()
  const ended = collect<{ kind: string }>((listener) => presence.onEnd(listener))
  await presence.enter()
  server.say('room', { t: 'err', ch: 'room', of: 'enter', kind: 'capability-denied', code: 40320, msg: 'no', retry: 'no' })
  await server.settle()
  assert.deepEqual(ended.map(({ kind }) => kind), ['capability-denied'])
  assert.equal(presence.entered, false)
  assert.equal(client.channel('room').state.state, 'live')
})

test('clause 11.2: signals reach the others, and are not acknowledged', async () => {
  const { server, client } = setup()
  const bob = another(server)
  const heard = collect<{ data: unknown; clientId: string | undefined }>((listener) => onSignal(bob.channel('room'), 'cursor', listener))
  const own = collect((listener) => onSignal(client.channel('room'), 'cursor', listener))
  await server.settle()
  signal(client.channel('room'), 'cursor', { x: 1 })
  await server.settle()
  assert.deepEqual(heard.map(({ data, clientId }) => [data, clientId]), [[{ x: 1 }, 'ann']])
  assert.deepEqual(own, [])
})

test('of fast signals the first and the newest are sent', async () => {
  const { server, client } = setup()
  const bob = another(server)
  const heard = collect<{ data: unknown; key: string | undefined }>((listener) => onSignal(bob.channel('room'), 'cursor', listener))
  await server.settle()
  for (let x = 0; x < 10; x++) signal(client.channel('room'), 'cursor', x)
  signal(client.channel('room'), 'cursor', 'other', 'second pointer')
  await server.advance(100)
  assert.deepEqual(heard.map(({ data }) => data), [0, 9, 'other'])
  assert.equal(heard[2]?.key, 'second pointer')
})

test('a signal without a connection is told to nobody, also not later', async () => {
  const { server, client } = setup()
  const bob = another(server)
  const heard = collect((listener) => onSignal(bob.channel('room'), 'cursor', listener))
  await server.settle()
  server.drop()
  signal(client.channel('room'), 'cursor', 1)
  await server.advance(5_000)
  assert.deepEqual(heard, [])
})

test('typing is sent once in two seconds, and ends by itself after four', async () => {
  const { server, client } = setup()
  const bob = another(server)
  const seen = collect<readonly Typist[]>((listener) => typing(bob.channel('room')).on(listener))
  await server.settle()
  const mine = typing(client.channel('room'))
  for (let n = 0; n < 30; n++) {
    mine.start()
    await server.advance(100)
  }
  assert.equal(server.heard.filter(({ t }) => t === 'eph').length, 2)
  assert.deepEqual(seen.map((who) => who.map(({ clientId }) => clientId)), [['ann']])
  await server.advance(4_000)
  assert.deepEqual(seen.at(-1), [])
  mine.start()
  await server.advance(100)
  mine.stop()
  await server.advance(100)
  assert.equal(seen.length, 4)
  assert.deepEqual(seen.at(-1), [])
})
