import assert from 'node:assert/strict'
import { test } from 'node:test'
import { append, Carillon, fold, type Message, remove, stream, update } from '@carillon/client'
import { collect, kindOf, pair } from './setup.js'

type Chat = { answer: string; note: { text: string } }

async function setup() {
  const { server, client } = pair()
  const channel = client.channel<Chat>('room')
  let folded: readonly Message[] = []
  channel.on('*', (message) => (folded = fold(folded, message as Message)))
  await server.settle()
  return { server, client, channel, messages: () => folded, data: () => folded.map(({ data }) => data) }
}

test('a message is changed, and taken back', async () => {
  const { channel, messages } = await setup()
  const { id } = await channel.publish('note', { text: 'a' }, { extras: { color: 'red' } })
  assert.deepEqual(messages()[0]?.extras, { color: 'red' })
  await update(channel, id, { data: { text: 'b' } }, { extras: { color: 'blue' } })
  assert.deepEqual([messages()[0]?.data, messages()[0]?.extras], [{ text: 'b' }, { color: 'blue' }])
  assert.equal(messages()[0]?.name, 'note')
  await remove(channel, id)
  assert.deepEqual([messages()[0]?.action, messages()[0]?.data, messages()[0]?.extras], ['delete', undefined, undefined])
  assert.equal(messages().length, 1)
})

test('text is appended to text, and folding twice changes nothing', async () => {
  const { channel, messages } = await setup()
  const operations = collect<Message>((listener) => channel.on('*', (message) => listener(message as Message)))
  const { id } = await channel.publish('answer', 'Hello')
  await append(channel, id, ', ')
  await append(channel, id, 'world')
  assert.equal(messages()[0]?.data, 'Hello, world')
  assert.deepEqual(operations.map(({ action }) => action), ['create', 'append', 'append'])
  const again = operations.slice(1).reduce(fold, messages())
  assert.equal(again, messages())
})

test('an operation on an unknown message is refused', async () => {
  const { channel } = await setup()
  assert.equal(await kindOf(append(channel, 'nothing', 'x')), 'target-unknown')
})

test('a stream is one message; what is added while an answer is awaited goes at once', async () => {
  const { server, channel, data } = await setup()
  const text = stream(channel, 'answer')
  for (const word of ['one ', 'two ', 'three ']) text.append(word)
  await server.settle()
  text.append('four')
  const { id, text: all } = await text.end()
  assert.equal(all, 'one two three four')
  assert.deepEqual(data(), ['one two three four'])
  assert.equal(id, await text.id)
  assert.equal(server.messages('room').filter(({ op }) => op === 'append').length, 2)
})

test('a stream survives a drop and a lost answer without hole or repeat', async () => {
  const { server, channel, data } = await setup()
  const text = stream(channel, 'answer')
  text.append('one ')
  await server.settle()
  server.loseAck()
  text.append('two ')
  await server.advance(1_000)
  server.drop()
  text.append('three')
  const ended = text.end()
  await server.advance(1_000)
  await ended
  assert.deepEqual(data(), ['one two three'])
})

test('an append that was not answered in time is made good by all of the text', async () => {
  const { server, channel, data } = await setup()
  const text = stream(channel, 'answer')
  text.append('one ')
  await server.settle()
  server.setMute(true)
  text.append('two')
  await server.advance(121_000)
  server.setMute(false)
  await server.advance(60_000)
  await text.end()
  assert.deepEqual(data(), ['one two'])
  assert.equal(server.messages('room').at(-1)?.op, 'update')
})

test('clause 5.4: a stream waits as long as it is refused for, and a little longer, and goes on', async () => {
  const { server, channel, data } = await setup()
  const pubs = () => server.heard.filter(({ t }) => t === 'pub').length
  server.throttle(700)
  const text = stream(channel, 'answer')
  text.append('one ')
  await server.advance(749)
  assert.equal(pubs(), 1)
  await server.advance(1)
  assert.deepEqual(data(), ['one '])
  server.throttle(300, 2)
  text.append('two ')
  await server.advance(349)
  text.append('three')
  assert.equal(pubs(), 4)
  await server.advance(1)
  assert.equal(pubs(), 5)
  // the jitter doubles
  await server.advance(399)
  assert.equal(pubs(), 5)
  await server.advance(1)
  assert.deepEqual(await text.end().then((end) => end.text), 'one two three')
  assert.deepEqual(data(), ['one two three'])
})

test('a stream that would wait beyond its time says at once why it was refused', async () => {
  const { server, channel } = await setup()
  server.throttle(5_000)
  const text = stream(channel, 'answer', { timeout: 5_000 })
  text.append('x')
  assert.equal(await kindOf(text.end()), 'message-rate')
  server.throttle(50_000, 9)
  const other = stream(channel, 'answer')
  const ended = kindOf(other.end())
  await server.advance(120_000)
  assert.equal(await ended, 'message-rate')
})

test('a stream that is refused says so at its end', async () => {
  const { server, channel } = await setup()
  server.deny('room')
  const text = stream(channel, 'answer')
  text.append('x')
  assert.equal(await kindOf(text.end()), 'capability-denied')
})

test('clauses 12.6 and 12.7: who comes later has messages whole, and live operations join without a repeat', async () => {
  const { server, channel } = await setup()
  const { id } = await channel.publish('answer', 'Hel')
  await append(channel, id, 'lo')
  await channel.publish('note', { text: 'a' })
  const other = new Carillon('https://rt.example.com', { ...server.options, getToken: () => 'other' })
  const late = other.channel<Chat>('room', { rewind: 2 })
  let list: readonly Message[] = []
  late.on('*', (message) => (list = fold(list, message as Message)))
  await server.settle()
  assert.deepEqual(list.map(({ data }) => data), ['Hello', { text: 'a' }])
  assert.equal(list[0]?.changed?.offset, 2)
  await append(channel, id, '!')
  await server.settle()
  assert.deepEqual(list.map(({ data }) => data), ['Hello!', { text: 'a' }])
  other.close()
})

test('clause 12.3: text does not go to what is no text', async () => {
  const { channel } = await setup()
  const { id } = await channel.publish('note', { text: 'a' })
  assert.equal(await kindOf(append(channel, id, 'b')), 'operation-invalid')
})
