import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { test } from 'node:test'
import { Carillon } from '@carillon/client'
import { settle, TestClock } from '@carillon/client/testing'

interface Position {
  readonly e: number
  readonly o: number
}

interface Case {
  readonly name: string
  readonly pos: Position
  readonly push: Position & { readonly f: number; readonly prev?: Position; readonly m: readonly number[] }
  readonly verdict: 'deliver' | 'drop' | 'hole'
  readonly items?: readonly number[]
  readonly after: Position
}

const file = new URL('../../../docs/protocol/vectors/positions.json', import.meta.url)
const { cases } = JSON.parse(readFileSync(file, 'utf8')) as { readonly cases: readonly Case[] }

/** A server that welcomes, and takes every position. */
class Scripted {
  static last: Scripted
  binaryType = ''
  onopen: (() => void) | null = null
  onmessage: ((event: { data: string }) => void) | null = null
  onclose = null
  onerror = null
  readonly subs: { readonly since?: Position }[] = []

  constructor() {
    Scripted.last = this
    queueMicrotask(() => this.onopen?.())
  }

  send(data: string): void {
    for (const frame of [JSON.parse(data)].flat()) {
      if (frame.t === 'hello') this.say({ t: 'welcome', i: frame.i, conn: '1', hb: 25_000, limits: {} })
      if (frame.t === 'sub') {
        this.subs.push(frame)
        this.say({ t: 'subbed', i: frame.i, ch: frame.ch, ...frame.since, start: frame.since.o, recovered: true })
      }
    }
  }

  say(frame: object): void {
    queueMicrotask(() => this.onmessage?.({ data: JSON.stringify(frame) }))
  }

  close(): void {}
}

for (const { name, pos, push, verdict, items = [], after } of cases) {
  test(`clauses 3.4, 3.5 and 3.7: ${name}`, async () => {
    const clock = new TestClock()
    const client = new Carillon('https://rt.example.com', { key: 'k', WebSocket: Scripted as never, clock })
    const channel = client.channel('room', { since: { epoch: pos.e, offset: pos.o } })
    const seen: number[] = []
    channel.on('*', ({ offset }) => seen.push(offset))
    await settle()

    const socket = Scripted.last
    socket.say({ t: 'msg', ch: 'room', ...push, m: push.m.map((o) => ({ o, n: 'n', d: o, ts: 0 })) })
    await settle()

    assert.deepEqual(seen, items)
    assert.deepEqual(channel.position, { epoch: after.e, offset: after.o })
    assert.deepEqual(socket.subs.slice(1).map(({ since }) => since), verdict === 'hole' ? [after] : [])
  })
}
