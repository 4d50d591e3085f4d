import assert from 'node:assert/strict'
import { test } from 'node:test'
import { pair } from './setup.js'

type News = { number: number }

async function filled(count: number) {
  const { server, client } = pair()
  for (let n = 1; n <= count; n++) server.publish('news', 'number', n)
  return { server, client, channel: client.channel<News>('news') }
}

test('clause 6.1: pages go from the newest to the oldest', async () => {
  const { channel } = await filled(5)
  const pages: number[][] = []
  for await (const { items } of channel.history({ limit: 2 })) pages.push(items.map(({ data }) => data))
  assert.deepEqual(pages, [[5, 4], [3, 2], [1]])
})

test('clause 6.1: or from a position to the newest', async () => {
  const { channel } = await filled(5)
  const pages: number[][] = []
  for await (const { items } of channel.history({ limit: 2, after: { epoch: 100, offset: 1 } })) {
    pages.push(items.map(({ data }) => data))
  }
  assert.deepEqual(pages, [[2, 3], [4, 5]])
})

test('a message is a position to page from', async () => {
  const { channel } = await filled(5)
  const { value } = await channel.history({ limit: 2 }).next()
  const older = await channel.history({ before: value!.items[1]! }).next()
  assert.deepEqual(older.value!.items.map(({ data }) => data), [3, 2, 1])
})

test('untilAttach joins the past and the present without hole or repeat', async () => {
  const { server, channel } = await filled(3)
  const live: number[] = []
  channel.on('number', ({ data }) => live.push(data))
  await server.settle()
  server.publish('news', 'number', 4)
  await server.settle()
  const past: number[] = []
  for await (const { items } of channel.history({ untilAttach: true, limit: 2 })) past.unshift(...items.map(({ data }) => data).reverse())
  assert.deepEqual([...past, ...live], [1, 2, 3, 4])
})

test('untilAttach does not keep the channel joined', async () => {
  const { server, channel } = await filled(3)
  await channel.history({ untilAttach: true }).next()
  await server.advance(1_000)
  assert.equal(server.subscribers('news'), 0)
})

test('a page that a lost connection took is asked for again', async () => {
  const { server, client, channel } = await filled(3)
  await client.connect()
  server.setMute(true)
  const page = channel.history().next()
  await server.settle()
  server.setMute(false)
  server.drop()
  await server.advance(1_000)
  assert.equal((await page).value!.items.length, 3)
})
