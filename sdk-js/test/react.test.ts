import assert from 'node:assert/strict'
import { test } from 'node:test'
import { act, createElement, type FunctionComponent, StrictMode } from 'react'
import { renderToString } from 'react-dom/server'
import { create, type ReactTestRenderer } from 'react-test-renderer'
import {
  CarillonProvider,
  type ChannelView,
  type PresenceView,
  type TypingView,
  useChannel,
  useConnection,
  useMessage,
  usePresence,
  useTyping,
} from '@carillon/client/react'
import { pair } from './setup.js'

type News = { number: number }

Object.assign(globalThis, { IS_REACT_ACT_ENVIRONMENT: true })
const complaints: unknown[] = []
console.error = (...all: unknown[]) => {
  if (!String(all[0]).includes('react-test-renderer is deprecated')) complaints.push(all)
}

/** Renders a component below a provider, twice as strict. */
function stage(component: FunctionComponent) {
  const { server, client } = pair()
  const inside = () => createElement(StrictMode, null, createElement(CarillonProvider, { client }, createElement(component)))
  let root: ReactTestRenderer | undefined
  const settle = () => act(() => server.settle())
  return {
    server,
    client,
    settle,
    advance: (millis: number) => act(() => server.advance(millis)),
    async show() {
      await act(() => {
        root = create(inside())
      })
      await settle()
    },
    hide: () => act(() => root?.unmount()),
  }
}

test('useConnection shows what the connection does', async () => {
  const seen: string[] = []
  const { show, hide, client, advance, settle, server } = stage(() => {
    const { state, retryAt } = useConnection()
    seen.push(retryAt === undefined ? state : `${state} until ${retryAt - server.clock.now()}`)
    return null
  })
  await show()
  await act(() => client.connect())
  await act(() => server.drop())
  await advance(200)
  await settle()
  assert.deepEqual([...new Set(seen)], ['idle', 'connected', 'waiting until 100'])
  await hide()
})

test('useChannel shows messages as they come, and leaves half a second after the last user', async () => {
  let view: ChannelView<News> | undefined
  const { show, hide, server, settle, advance } = stage(() => {
    view = useChannel<News>('news', { rewind: 2 })
    return null
  })
  for (const each of [1, 2, 3]) server.publish('news', 'number', each)
  await show()
  assert.equal(view?.status, 'live')
  assert.equal(server.heard.filter(({ t }) => t === 'sub').length, 1, 'strict mode did not make it join twice')
  server.publish('news', 'number', 4)
  await settle()
  assert.deepEqual(view?.messages.map(({ data }) => data), [2, 3, 4])
  await act(async () => {
    await view?.publish('number', 5)
  })
  assert.deepEqual(view?.messages.map(({ data }) => data), [2, 3, 4, 5])

  await hide()
  await advance(400)
  assert.equal(server.subscribers('news'), 1)
  await advance(200)
  assert.equal(server.subscribers('news'), 0)
})

test('what comes while nobody looks is there when somebody looks again before the channel is left', async () => {
  let view: ChannelView<News> | undefined
  const { show, hide, server, settle, advance } = stage(() => {
    view = useChannel<News>('news', { rewind: 2 })
    return null
  })
  server.publish('news', 'number', 1)
  await show()
  await hide()
  server.publish('news', 'number', 2)
  await advance(400)
  await show()
  server.publish('news', 'number', 3)
  await settle()
  assert.deepEqual(view?.messages.map(({ data }) => data), [1, 2, 3])

  await hide()
  await advance(1_000)
  assert.equal(server.subscribers('news'), 0)
  server.publish('news', 'number', 4)
  await show()
  assert.deepEqual(view?.messages.map(({ data }) => data), [3, 4])
  await hide()
})

test('useChannel rewinds, also when another hook asks for the channel before', async () => {
  let view: ChannelView<News> | undefined
  const { show, hide, server } = stage(() => {
    usePresence('news')
    view = useChannel<News>('news', { rewind: 2 })
    return null
  })
  for (const each of [1, 2, 3]) server.publish('news', 'number', each)
  await show()
  assert.deepEqual(view?.messages.map(({ data }) => data), [2, 3])
  await hide()
})

test('what is published without a connection is pending, in order, until it is a message', async () => {
  let view: ChannelView<News> | undefined
  const { show, hide, server, settle, advance } = stage(() => {
    view = useChannel<News>('news')
    return null
  })
  await show()
  const shown = () => [view?.messages.map(({ data }) => data), view?.pending.map(({ data }) => data)]
  await act(() => server.drop())
  await act(() => {
    for (const each of [1, 2]) void view?.publish('number', each)
  })
  assert.deepEqual(shown(), [[], [1, 2]])
  await advance(200)
  await settle()
  assert.deepEqual(shown(), [[1, 2], []])
  server.loseAck()
  await act(() => void view?.publish('number', 3))
  await advance(5_000)
  await settle()
  assert.deepEqual(shown(), [[1, 2, 3], []])
  await hide()
})

test('what was given up says why, and is published again by its id', async () => {
  let view: ChannelView<News> | undefined
  const { show, hide, server, settle, advance } = stage(() => {
    view = useChannel<News>('news')
    return null
  })
  await show()
  await act(() => server.drop())
  await act(() => void view?.publish('number', 1, { timeout: 0 }))
  await advance(1)
  const [{ id, error } = { id: undefined, error: undefined }] = view?.pending ?? []
  assert.equal(error?.kind, 'timeout')
  await act(() => void view?.publish('number', 1, { id: id ?? '' }))
  assert.deepEqual(view?.pending.map((each) => [each.id, each.error]), [[id, undefined]])
  await advance(200)
  await settle()
  assert.deepEqual([view?.messages.map((each) => each.id), view?.pending], [[id], []])
  await hide()
})

test('after a gap nothing is pending that was taken', async () => {
  let view: ChannelView<News> | undefined
  const { show, hide, server, settle, advance } = stage(() => {
    view = useChannel<News>('news')
    return null
  })
  await show()
  server.skip(1)
  await act(() => void view?.publish('number', 1))
  await settle()
  await act(() => server.drop())
  server.resetEpoch()
  await advance(200)
  await settle()
  assert.deepEqual([view?.messages, view?.pending], [[], []])
  await hide()
})

test('a change of route does not leave the channel, and keeps what was shown', async () => {
  let view: ChannelView<News> | undefined
  const { show, hide, server, settle, advance } = stage(() => {
    view = useChannel<News>('news')
    return null
  })
  await show()
  server.publish('news', 'number', 1)
  await settle()
  await hide()
  await advance(300)
  await show()
  assert.deepEqual(view?.messages.map(({ data }) => data), [1])
  assert.equal(server.heard.filter(({ t }) => t === 'sub').length, 1)
  await hide()
  await advance(1_000)
  await show()
  assert.deepEqual(view?.messages, [])
  await hide()
})

test('loadOlder brings the past page by page, without hole or repeat', async () => {
  let view: ChannelView<News> | undefined
  const { show, hide, server, settle } = stage(() => {
    view = useChannel<News>('news')
    return null
  })
  for (const each of [1, 2, 3, 4, 5]) server.publish('news', 'number', each)
  await show()
  server.publish('news', 'number', 6)
  await settle()
  assert.equal(view?.hasOlder, true)
  await act(async () => {
    await Promise.all([view?.loadOlder(2), view?.loadOlder(2)])
  })
  assert.deepEqual(view?.messages.map(({ data }) => data), [4, 5, 6])
  await act(async () => view?.loadOlder(3))
  assert.deepEqual(view?.messages.map(({ data }) => data), [1, 2, 3, 4, 5, 6])
  assert.equal(view?.hasOlder, false)
  await hide()
})

test('after a gap the messages begin anew', async () => {
  let view: ChannelView<News> | undefined
  const { show, hide, server, settle, advance } = stage(() => {
    view = useChannel<News>('news')
    return null
  })
  await show()
  server.publish('news', 'number', 1)
  await settle()
  await act(() => server.drop())
  server.resetEpoch()
  server.publish('news', 'number', 2)
  await advance(200)
  assert.deepEqual(view?.messages, [])
  await act(async () => view?.loadOlder())
  assert.deepEqual(view?.messages.map(({ data }) => data), [2])
  await hide()
})

test('a refused channel is a state, not an exception', async () => {
  let view: ChannelView<News> | undefined
  const { show, hide, server } = stage(() => {
    view = useChannel<News>('news')
    return null
  })
  server.deny('news')
  await show()
  assert.equal(view?.status, 'failed')
  assert.equal(view?.error?.kind, 'capability-denied')
  await hide()
})

test('useMessage calls the newest handler, once for each message', async () => {
  const seen: [number, number][] = []
  let renders = 0
  const { show, hide, server, settle } = stage(() => {
    const now = ++renders
    useConnection()
    useMessage<News, 'number'>('news', 'number', ({ data }) => seen.push([now, data]))
    return null
  })
  await show()
  server.publish('news', 'number', 1)
  await settle()
  assert.equal(seen.length, 1)
  assert.ok((seen[0]?.[0] ?? 0) >= renders - 1)
  assert.equal(seen[0]?.[1], 1)
  await hide()
})

test('usePresence enters while it is shown, and shows who is there', async () => {
  let view: PresenceView | undefined
  const { show, hide, server, settle, advance } = stage(() => {
    view = usePresence('news', { status: 'here' })
    return null
  })
  server.enter('news', 'bob')
  await show()
  await settle()
  assert.equal(view?.count, 2)
  assert.deepEqual(view?.me?.data, { status: 'here' })
  assert.equal(server.heard.filter(({ t }) => t === 'leave').length, 0, 'strict mode did not make it leave')
  await act(async () => view?.update({ status: 'away' }))
  await settle()
  assert.deepEqual(view?.me?.data, { status: 'away' })
  const before = view
  server.publish('news', 'n', 1)
  await settle()
  assert.equal(view, before, 'nothing else renders it')
  await hide()
  await advance(400)
  assert.equal(server.heard.some(({ t }) => t === 'leave'), false)
  await advance(1_000)
  assert.deepEqual(server.heard.slice(-2).map(({ t }) => t), ['leave', 'unsub'])
})

test('usePresence without data only looks', async () => {
  let view: PresenceView | undefined
  const { show, hide, server } = stage(() => {
    view = usePresence('news')
    return null
  })
  server.enter('news', 'bob')
  await show()
  assert.deepEqual([view?.count, view?.me], [1, undefined])
  await hide()
})

test('useTyping shows who is typing', async () => {
  let view: TypingView | undefined
  const { show, hide, server, settle, advance } = stage(() => {
    view = useTyping('news')
    return null
  })
  await show()
  server.say('news', { t: 'eph', ch: 'news', m: [{ n: 'typing', d: true, member: 'm', by: 'bob' }] })
  await settle()
  assert.deepEqual(view?.typing, [{ member: 'm', clientId: 'bob' }])
  await act(() => view?.onKeyDown())
  await settle()
  assert.equal(server.heard.at(-1)?.t, 'eph')
  await advance(4_000)
  assert.deepEqual(view?.typing, [])
  await hide()
})

test('a page that a server renders shows nothing yet, and connects to nothing', async () => {
  const { server, client } = pair()
  const Page = () => {
    const { state } = useConnection()
    const { messages, status } = useChannel('news')
    return createElement('p', null, `${state} ${status} ${messages.length}`)
  }
  assert.equal(renderToString(createElement(CarillonProvider, { client }, createElement(Page))), '<p>idle off 0</p>')
  await server.settle()
  assert.equal(server.heard.length, 0)
})

test('a hook without a provider says what is missing', () => {
  const Page = () => {
    useConnection()
    return null
  }
  assert.throws(() => renderToString(createElement(Page)), /expected: a CarillonProvider/)
})

test('React complained about nothing', () => {
  assert.deepEqual(complaints, [])
})
