import assert from 'node:assert/strict'
import { test } from 'node:test'
import { type PusherGap, type PusherHistoryPage, resumable, type Resumable } from '@carillon/client/pusher'

interface Said {
  readonly name: string
  readonly data: { readonly channel: string; readonly carillon?: { readonly since?: { readonly e: number; readonly o: number } } }
}

/** As much of pusher-js as is wrapped: what it says, and what its handlers get. */
class FakePusher {
  readonly said: Said[] = []
  readonly heard: string[] = []
  throws = false
  readonly connection = {
    socket_id: '1.1',
    emit: (event: string, message: any): unknown => {
      if (event !== 'message') this.heard.push(event)
      else this.heard.push(`${message.event} ${JSON.stringify(message.data)}${message.user_id ? ` by ${message.user_id}` : ''}`)
      if (this.throws) throw new Error('a handler')
      return this.connection
    },
  }

  send_event(name: string, data: any): boolean {
    this.said.push({ name, data })
    return true
  }

  unsubscribe(_channel: string): void {}

  /** What pusher-js has made of a message. */
  receive(event: string, channel: string, data: unknown): void {
    this.connection.emit('message', { event, channel, data })
  }

  subscribe(channel = 'news', socket = '1.1'): unknown {
    this.connection.socket_id = socket
    this.send_event('pusher:subscribe', { channel, auth: 'key:signature', channel_data: undefined })
    return this.said.at(-1)?.data.carillon
  }
}

const item = (o: number, more: object = {}) => ({ e: 7, o, m: { event: 'n', channel: 'news', data: `${o}` }, ...more })

function wrapped(): { pusher: FakePusher; all: Resumable; gaps: PusherGap[]; live: (o: number, more?: object) => void; resumed: (data: object) => void } {
  const pusher = new FakePusher()
  const gaps: PusherGap[] = []
  const all = resumable(pusher)
  all.onGap((gap) => gaps.push(gap))
  return {
    pusher,
    all,
    gaps,
    live: (o, more) => pusher.receive('carillon:event', 'news', item(o, more)),
    resumed: (data) => pusher.receive('carillon:resumed', 'news', { e: 7, m: [], ...data }),
  }
}

test('it asks for positions beside what pusher-js says, and passes events on as they were', () => {
  const { pusher, live, resumed, all } = wrapped()
  assert.deepEqual(pusher.subscribe(), {})
  assert.deepEqual(pusher.said[0]?.data, { channel: 'news', auth: 'key:signature', channel_data: undefined, carillon: {} })
  resumed({ o: 3 })
  live(4)
  live(5, { m: { event: 'n', channel: 'news', data: 'no JSON', user_id: 'ann' } })
  assert.deepEqual(pusher.heard, ['n 4', 'n "no JSON" by ann'])
  assert.deepEqual(all.position('news'), { epoch: 7, offset: 5 })
  assert.equal(all.position('other'), undefined)
})

test('after a loss it goes on behind the last event, and what was missed comes first', () => {
  const { pusher, live, resumed, gaps } = wrapped()
  pusher.subscribe()
  resumed({ o: 0 })
  live(1)
  assert.deepEqual(pusher.subscribe('news', '1.2'), { since: { e: 7, o: 1 } })
  resumed({ o: 3, recovered: true, m: [item(2), item(3)] })
  live(3)
  live(4)
  assert.deepEqual(pusher.heard, ['n 1', 'n 2', 'n 3', 'n 4'])
  assert.deepEqual(gaps, [])
})

test('what cannot be brought is told', () => {
  const { pusher, live, resumed, gaps } = wrapped()
  pusher.subscribe()
  resumed({ o: 0 })
  live(1)
  pusher.subscribe()
  resumed({ o: 9, recovered: false, why: 'too-far' })
  live(10)
  assert.deepEqual(gaps, [{ channel: 'news', from: { epoch: 7, offset: 1 }, to: { epoch: 7, offset: 9 }, reason: 'too-far' }])
  assert.deepEqual(pusher.heard, ['n 1', 'n 10'])
})

test('a hole is filled while live events wait', () => {
  const { pusher, live, resumed } = wrapped()
  pusher.subscribe()
  resumed({ o: 0 })
  live(3)
  live(4)
  assert.deepEqual(pusher.said.at(-1), { name: 'carillon:missed', data: { channel: 'news', carillon: { since: { e: 7, o: 0 } } } })
  assert.deepEqual(pusher.heard, [])
  resumed({ o: 2, recovered: true, more: true, m: [item(1), item(2)] })
  assert.deepEqual(pusher.said.at(-1)?.data.carillon, { since: { e: 7, o: 2 } })
  resumed({ o: 3, recovered: true, m: [item(3)] })
  assert.deepEqual(pusher.heard, ['n 1', 'n 2', 'n 3', 'n 4'])
})

test('a marker shows a hole at the end, and one that is known already none', () => {
  const { pusher, live, resumed } = wrapped()
  pusher.subscribe()
  resumed({ o: 2 })
  pusher.receive('carillon:event', 'news', { e: 7, f: 2, o: 2 })
  assert.equal(pusher.said.length, 1)
  pusher.receive('carillon:event', 'news', { e: 7, f: 4, o: 4 })
  assert.deepEqual(pusher.said.at(-1)?.name, 'carillon:missed')
  resumed({ o: 4, recovered: true, m: [item(3), item(4)] })
  live(5)
  assert.deepEqual(pusher.heard, ['n 3', 'n 4', 'n 5'])
})

test('a later epoch is asked about, and an earlier one is a repeat', () => {
  const { pusher, live, resumed } = wrapped()
  pusher.subscribe()
  resumed({ o: 2 })
  live(9, { e: 6 })
  live(1, { e: 8 })
  assert.deepEqual(pusher.said.at(-1)?.data.carillon, { since: { e: 7, o: 2 } })
  resumed({ e: 8, o: 1, recovered: true, m: [item(3), item(1, { e: 8 })] })
  assert.deepEqual(pusher.heard, ['n 3', 'n 1'])
})

test('what waits is bounded, and what did not fit is asked for', () => {
  const { pusher, live, resumed } = wrapped()
  pusher.subscribe()
  resumed({ o: 0 })
  for (let o = 2; o <= 1_005; o += 1) live(o)
  resumed({ o: 1, recovered: true, m: [item(1)] })
  assert.deepEqual(pusher.said.at(-1)?.data.carillon, { since: { e: 7, o: 1 } })
  resumed({ o: 1_005, recovered: true, m: Array.from({ length: 1_004 }, (_, i) => item(i + 2)) })
  assert.deepEqual(pusher.heard, Array.from({ length: 1_005 }, (_, i) => `n ${i + 1}`))
})

test('one does not get what one sent, also on an earlier connection', () => {
  const { pusher, live, resumed } = wrapped()
  pusher.subscribe('news', '1.1')
  resumed({ o: 0 })
  live(1, { not: '1.1' })
  pusher.subscribe('news', '1.2')
  resumed({ o: 3, recovered: true, m: [item(2, { not: '1.1' }), item(3, { not: '9.9' })] })
  live(4, { not: '1.2' })
  live(5)
  assert.deepEqual(pusher.heard, ['n 3', 'n 5'])
  assert.equal(pusher.said.length, 2)
})

test('who unsubscribed begins anew', () => {
  const { pusher, live, resumed } = wrapped()
  pusher.subscribe()
  resumed({ o: 0 })
  live(1)
  pusher.unsubscribe('news')
  assert.deepEqual(pusher.subscribe(), {})
})

test('everything else passes, as from a server that knows nothing of this', () => {
  const { pusher } = wrapped()
  pusher.subscribe()
  pusher.receive('n', 'news', 1)
  pusher.receive('carillon:message.append', 'news', 2)
  pusher.connection.emit('connected', undefined)
  pusher.send_event('client-n', 3)
  assert.deepEqual(pusher.heard, ['n 1', 'carillon:message.append 2', 'connected'])
  assert.deepEqual(pusher.said.at(-1), { name: 'client-n', data: 3 })
})

test('a handler that throws takes nothing away from what follows', (t) => {
  const { pusher, resumed, live } = wrapped()
  const later: (() => void)[] = []
  t.mock.method(globalThis, 'queueMicrotask', (run: () => void) => later.push(run))
  pusher.subscribe()
  resumed({ o: 0 })
  pusher.throws = true
  live(1)
  pusher.throws = false
  live(2)
  assert.deepEqual(pusher.heard, ['n 1', 'n 2'])
  assert.equal(later.length, 1)
  assert.throws(later[0] ?? (() => {}), /a handler/)
})

test('history begins where the channel does, and reads page by page', async () => {
  const pusher = new FakePusher()
  const asked: string[] = []
  const pages = [
    { messages: [{ name: 'n', data: '{"a":2}', epoch: 7, offset: 2, timestamp: 20, user: 'ann' }], next: '7:2' },
    { messages: [{ name: 'n', data: 1, epoch: 7, offset: 1, timestamp: 10 }] },
  ]
  const fetched = async (url: string | URL | Request, init?: RequestInit): Promise<Response> => {
    asked.push(`${String(url)} ${new Headers(init?.headers).get('Authorization')}`)
    return Response.json(pages.shift() ?? { detail: 'no' }, { status: pages.length > 0 || asked.length === 2 ? 200 : 403 })
  }
  const all = resumable(pusher, { history: { url: 'https://rt.example.com/', getToken: () => 'token', fetch: fetched } })
  pusher.subscribe('presence-a')
  pusher.receive('carillon:resumed', 'presence-a', { e: 7, o: 2, m: [] })
  const read: PusherHistoryPage[] = []
  for await (const page of all.history('presence-a', { limit: 1 })) read.push(page)
  assert.deepEqual(asked, [
    'https://rt.example.com/v1/channels/presence-a/messages?limit=1&from=7:3 Bearer token',
    'https://rt.example.com/v1/channels/presence-a/messages?limit=1&from=7:2 Bearer token',
  ])
  assert.deepEqual(read.map(({ items, more }) => [items[0]?.data, items[0]?.userId, more]), [[{ a: 2 }, 'ann', true], [1, undefined, false]])
  await assert.rejects(all.history('other').next(), /the history of other: 403 no/)
  assert.throws(() => resumable(new FakePusher()).history('a'), /expected: the option history/)
})
